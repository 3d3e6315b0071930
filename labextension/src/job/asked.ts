import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError } from '../api/request';

/** One answer of the server, read when somebody first looks. */
export class Asked<T> {
  value: T | null = null;
  error: AzmlError | null = null;
  isLoading = false;

  constructor(private ask: () => Promise<T>) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  open(): void {
    if (this.value === null && !this.isLoading) {
      void this.load();
    }
  }

  /** Reads it anew; what was known stays until the answer is there. */
  async load(): Promise<void> {
    const mine = ++this.turn;
    this.isLoading = true;
    this.error = null;
    this._changed.emit();
    try {
      const value = await this.ask();
      if (mine !== this.turn) {
        return; // asked again meanwhile
      }
      this.value = value;
    } catch (reason) {
      if (mine !== this.turn) {
        return;
      }
      this.error = AzmlError.of(reason);
    }
    this.isLoading = false;
    this._changed.emit();
  }

  private turn = 0;
  private _changed = new Signal<this, void>(this);
}
