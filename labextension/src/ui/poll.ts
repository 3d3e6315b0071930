/** Milliseconds; a look that failed is not repeated at once. */
const AFTER_ERROR = 5_000;

/**
 * Looks again and again while somebody sees it: `look` says in how many milliseconds the next one is due. A page in the
 * background looks at nothing, and at once when it is back.
 */
export class Poll {
  constructor(private look: () => Promise<number>) {}

  get isOn(): boolean {
    return this._isOn;
  }

  set isOn(isOn: boolean) {
    if (isOn === this._isOn) {
      return;
    }
    this._isOn = isOn;
    if (isOn) {
      document.addEventListener('visibilitychange', this.onVisibility);
      this.now();
    } else {
      document.removeEventListener('visibilitychange', this.onVisibility);
      window.clearTimeout(this.timer);
    }
  }

  /** Looks at once, if somebody sees it. */
  now(): void {
    window.clearTimeout(this.timer);
    if (this._isOn && document.visibilityState !== 'hidden') {
      void this.turn();
    }
  }

  private async turn(): Promise<void> {
    const mine = ++this.turns;
    const pause = await this.look().catch(() => AFTER_ERROR);
    // Who asked for another look meanwhile began a chain of its own.
    if (mine === this.turns && this._isOn) {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.now(), pause);
    }
  }

  private onVisibility = (): void => this.now();
  private _isOn = false;
  private turns = 0;
  private timer = 0;
}
