import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError } from '../api/request';
import type { Environment } from '../api/types';
import { Poll } from '../ui/poll';

const PAUSE = 700;
/** Characters of its log that the page keeps: the end. */
const MOST = 200_000;

/** As the server tells it. */
export interface IBuildLog {
  text: string;
  offset: number;
  is_running: boolean;
  error: { code: string; message: string; hint: string } | null;
  environment: Environment | null;
}

/** A build that goes on at the server: its log is read while somebody looks, from where it was left. */
export class Build {
  text = '';
  isRunning = true;
  error: AzmlError | null = null;

  constructor(private ask: (offset: number) => Promise<IBuildLog>) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get ended(): ISignal<this, void> {
    return this._ended;
  }

  set isVisible(isVisible: boolean) {
    this.poll.isOn = isVisible && this.isRunning;
  }

  dispose(): void {
    this.poll.isOn = false;
    Signal.clearData(this);
  }

  /** Fails while the server is away for a moment: the build may go on. */
  private async read(): Promise<number> {
    const log = await this.ask(this.offset);
    this.text = (this.text + log.text).slice(-MOST);
    this.offset = log.offset;
    if (this.isRunning && !log.is_running) {
      this.isRunning = false;
      this.poll.isOn = false;
      this.error = log.error && new AzmlError(log.error.code, log.error.message, log.error.hint);
      this._ended.emit();
    }
    this._changed.emit();
    return PAUSE;
  }

  private offset = 0;
  private poll = new Poll(() => this.read());
  private _changed = new Signal<this, void>(this);
  private _ended = new Signal<this, void>(this);
}
