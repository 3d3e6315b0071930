import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, Request } from '../api/request';
import type { Stream } from '../api/stream';
import type { WorkspaceInfo } from '../api/types';

/** One of: a name or a folder, a path of Jupyter's own files, all three of Azure's names. */
export interface IReference {
  reference?: string;
  path?: string;
  subscription_id?: string;
  resource_group?: string;
  workspace_name?: string;
}

/** The workspace that this server is attached to, and those that it could be. */
export class WorkspaceModel {
  info: WorkspaceInfo | null = null;
  known: readonly WorkspaceInfo[] = [];
  error: AzmlError | null = null;
  isAttaching = false;

  constructor(
    private request: Request,
    stream: Pick<Stream, 'workspaceChanged' | 'connectionChanged' | 'isConnected'>
  ) {
    stream.workspaceChanged.connect((_, info) => this.become(info));
    // Another page may have attached another one while this page was cut off.
    stream.connectionChanged.connect(() => {
      if (stream.isConnected && this.info) {
        void this.refresh();
      }
    });
  }

  get isOffline(): boolean {
    return this.error?.isOffline ?? false;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Another workspace is in force. */
  get attached(): ISignal<this, WorkspaceInfo> {
    return this._attached;
  }

  async refresh(): Promise<void> {
    try {
      const info = await this.request<WorkspaceInfo>('workspace');
      this.error = null;
      this.become(info);
    } catch (reason) {
      this.error = AzmlError.of(reason);
      this._changed.emit();
    }
  }

  /** Throws. */
  async readKnown(): Promise<void> {
    this.known = (await this.request<{ items: WorkspaceInfo[] }>('workspaces')).items;
    this._changed.emit();
  }

  /** Throws what the server says; the workspace in force stays. */
  async attach(asked: IReference): Promise<WorkspaceInfo> {
    this.isAttaching = true;
    this._changed.emit();
    try {
      const info = await this.request<WorkspaceInfo>('workspace', { method: 'POST', body: asked });
      this.become(info);
      return info;
    } finally {
      this.isAttaching = false;
      this._changed.emit();
    }
  }

  /** Makes a local one and attaches it. Throws. */
  async create(name: string, description: string): Promise<WorkspaceInfo> {
    await this.request('workspaces', { method: 'POST', body: { name, description } });
    return this.attach({ reference: name });
  }

  private become(info: WorkspaceInfo): void {
    const isOther = this.info !== null && !isSame(this.info, info);
    this.info = info;
    this._changed.emit();
    if (isOther) {
      this._attached.emit(info);
    }
  }

  private _changed = new Signal<this, void>(this);
  private _attached = new Signal<this, WorkspaceInfo>(this);
}

export const isSame = (a: WorkspaceInfo, b: WorkspaceInfo): boolean =>
  a.kind === b.kind && a.location === b.location && a.name === b.name;
