import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, Request } from '../api/request';
import type { WorkspaceInfo } from '../api/types';

/** The workspace that this server is attached to. */
export class WorkspaceModel {
  info: WorkspaceInfo | null = null;
  error: AzmlError | null = null;

  constructor(private request: Request) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  async refresh(): Promise<void> {
    try {
      this.info = await this.request<WorkspaceInfo>('workspace');
      this.error = null;
    } catch (reason) {
      this.error = AzmlError.of(reason);
    }
    this._changed.emit();
  }

  private _changed = new Signal<this, void>(this);
}
