import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError } from '../api/errors';
import type { Request } from '../api/request';
import { LogTail } from '../jobs/log';
import { Poll } from '../ui/poll';
import { endpointPath } from './names';

const PAUSE = 1_500;

/** What the model servers of one deployment have printed, read on while somebody looks. */
export class DeploymentLog {
  log = new LogTail();
  error: AzmlError | null = null;
  isFollowing = true;
  isRead = false;

  constructor(
    private request: Request,
    readonly endpoint: string,
    readonly deployment: string
  ) {
    this.poll = new Poll(() => this.read());
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  setVisible(isVisible: boolean): void {
    this._isVisible = isVisible;
    this.settle();
  }

  follow(isFollowing: boolean): void {
    this.isFollowing = isFollowing;
    this.settle();
    this._changed.emit();
  }

  dispose(): void {
    this.poll.isOn = false;
    Signal.clearData(this);
  }

  private settle(): void {
    this.poll.isOn = this._isVisible && (this.isFollowing || !this.isRead);
  }

  private async read(): Promise<number> {
    try {
      const said = await this.request<{ text: string; offset: number }>(
        endpointPath(this.endpoint, 'deployments', this.deployment, 'logs'),
        { query: { offset: this.offset } }
      );
      if (this.offset !== null && said.offset < this.offset) {
        // Another file began: what follows stands in it.
        this.log = new LogTail();
      }
      this.offset = said.offset;
      this.isRead = true;
      this.error = null;
      if (said.text) {
        this.log.add('stdout', said.text);
      }
    } catch (reason) {
      this.error = AzmlError.of(reason);
    }
    this._changed.emit();
    return PAUSE;
  }

  private poll: Poll;
  private offset: number | null = null;
  private _isVisible = false;
  private _changed = new Signal<this, void>(this);
}
