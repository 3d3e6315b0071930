import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, Request } from '../api/request';
import type { Stream } from '../api/stream';
import type { Account, WorkspaceInfo } from '../api/types';

/** As the server tells it. The code is good for nothing but this one sign-in, and for minutes. */
export interface ISignIn {
  state: 'none' | 'starting' | 'waiting' | 'done' | 'failed';
  user_code: string;
  verification_uri: string;
  expires: string | null;
  account: Account | null;
  error: { code: string; message: string; hint: string } | null;
}

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
  /** Who has signed in to Azure from here or by `azml login`. */
  account: Account | null = null;
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

  /** And who is signed in. Throws. */
  async readKnown(): Promise<void> {
    const [known, account] = await Promise.all([
      this.request<{ items: WorkspaceInfo[] }>('workspaces'),
      this.request<ISignIn>('sign-in').then(
        state => state.account,
        () => null // then nobody knows
      )
    ]);
    this.known = known.items;
    this.account = account;
    this._changed.emit();
  }

  /** Those of all subscriptions that the sign-in sees; it takes seconds. Throws. */
  async readAzure(): Promise<readonly WorkspaceInfo[]> {
    const { items } = await this.request<{ items: WorkspaceInfo[] }>('workspaces', {
      query: { azure: '1' },
      patience: 180
    });
    return items.filter(each => each.kind === 'azure');
  }

  /** Throws. */
  async signOut(): Promise<void> {
    await this.request('sign-out', { method: 'POST' });
    this.account = null;
    await this.refresh();
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

/** What attaches it: Azure's own have a subscription and a resource group for a place. */
export function referenceTo({ kind, location, name }: WorkspaceInfo): IReference {
  if (kind !== 'azure') {
    return { reference: location };
  }
  const [subscription_id, resource_group] = location.split('/');
  return { subscription_id, resource_group, workspace_name: name };
}
