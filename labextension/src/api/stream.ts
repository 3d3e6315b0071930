import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import { DisposableDelegate, IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';
import { backoff } from './backoff';
import { AzmlError } from './request';
import type { Alert, EventBatch, Job, WorkspaceInfo } from './types';

export type Event = EventBatch['events'][number];

/** What follows a job. It keeps its own cursor, so that it can leave and come back. */
export interface IFollower {
  readonly name: string;
  cursor: string;
  onEvents(events: Event[]): void;
  onError(error: AzmlError): void;
}

/** Jobs that are new or changed, and the names of those that left the list. */
export type JobsListener = (jobs: Job[], gone: string[]) => void;

/** All alerts that fire. */
export type AlertsListener = (alerts: Alert[]) => void;

/** What became of a notebook that the server wanted saved; `absent` when this page does not have it open. */
export type SaveResult = 'saved' | 'clean' | 'absent' | 'failed';

export type Saver = (path: string) => Promise<SaveResult>;

type Message =
  | { op: 'events'; job: string; cursor: string; since?: string; events: Event[] }
  | { op: 'jobs'; jobs: Job[]; gone?: string[] }
  | { op: 'alerts'; alerts: Alert[] }
  | { op: 'save'; id: number; path: string }
  | { op: 'workspace'; workspace: WorkspaceInfo }
  | { op: 'error'; job: string | null; error: { code: string; message: string; hint: string } };

/** Milliseconds: a socket that held so long was well, though nothing was said on it. */
const WELL = 10_000;

/**
 * The page's one WebSocket. It opens when the first thing is asked of it and resumes every subscription from its
 * cursor after a break, so a follower sees each event exactly once.
 */
export class Stream implements IDisposable {
  constructor(
    private settings: ServerConnection.ISettings,
    private language: string
  ) {
    window.addEventListener('online', this.hurry);
  }

  get isConnected(): boolean {
    return this.socket?.readyState === 1;
  }

  /** Whether the connection is being sought in vain: one that is found again at once is not worth a word. */
  get isBroken(): boolean {
    return !this.isConnected && this.failures > 1;
  }

  get connectionChanged(): ISignal<this, void> {
    return this._connectionChanged;
  }

  /** The server was attached to another workspace, by this page or another one. */
  get workspaceChanged(): ISignal<this, WorkspaceInfo> {
    return this._workspaceChanged;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  follow(follower: IFollower): IDisposable {
    this.followers.set(follower.name, follower);
    this.send({ op: 'subscribe', jobs: { [follower.name]: follower.cursor } });
    return new DisposableDelegate(() => {
      // Somebody else may have taken the place since.
      if (this.followers.get(follower.name) === follower) {
        this.followers.delete(follower.name);
        this.send({ op: 'unsubscribe', jobs: [follower.name] });
      }
    });
  }

  list(listener: JobsListener): IDisposable {
    this.listener = listener;
    this.send({ op: 'list', on: true });
    return new DisposableDelegate(() => {
      if (this.listener === listener) {
        this.listener = null;
        this.send({ op: 'list', on: false });
      }
    });
  }

  /** Is told of the alerts that fire, at once and whenever that changes. */
  alerts(listener: AlertsListener): IDisposable {
    this.alertsListener = listener;
    this.send({ op: 'alerts', on: true });
    return new DisposableDelegate(() => {
      if (this.alertsListener === listener) {
        this.alertsListener = null;
        this.send({ op: 'alerts', on: false });
      }
    });
  }

  /** Keeps the connection, so that the server can ask this page to save a notebook. */
  answerSaves(saver: Saver): IDisposable {
    this.saver = saver;
    this.connect();
    return new DisposableDelegate(() => {
      if (this.saver === saver) {
        this.saver = null;
      }
    });
  }

  dispose(): void {
    this._isDisposed = true;
    window.removeEventListener('online', this.hurry);
    window.clearTimeout(this.timer);
    this.socket?.close();
    this.socket = null;
    Signal.clearData(this);
  }

  private send(message: object): void {
    if (this.isConnected) {
      this.socket!.send(JSON.stringify(message));
    } else {
      this.connect();
    }
  }

  private connect(): void {
    if (!this.socket && this.timer === 0 && this.isWanted) {
      this.open();
    }
  }

  private open(): void {
    this.timer = 0;
    const { settings } = this;
    const token =
      settings.appendToken && settings.token ? `?token=${encodeURIComponent(settings.token)}` : '';
    const socket = new settings.WebSocket(URLExt.join(settings.wsUrl, 'azml/api/ws') + token);
    this.socket = socket;
    // A socket that was given up may still deliver: what it says is no longer ours.
    const ours = () => this.socket === socket && !this._isDisposed;
    socket.onopen = () => ours() && this.onOpen(socket);
    socket.onmessage = message => {
      const told = messagesIn(message.data);
      if (told === null && ours()) {
        // What it held is told again, from the cursors, by the next socket.
        socket.close();
        this.onClose();
      }
      for (const each of told ?? []) {
        if (ours()) {
          this.onMessage(each);
        }
      }
    };
    socket.onclose = () => ours() && this.onClose();
  }

  private onOpen(socket: WebSocket): void {
    const cursors = Object.fromEntries([...this.followers.values()].map(one => [one.name, one.cursor]));
    socket.send(JSON.stringify({ op: 'subscribe', jobs: cursors, language: this.language }));
    if (this.listener) {
      socket.send(JSON.stringify({ op: 'list', on: true }));
    }
    if (this.alertsListener) {
      socket.send(JSON.stringify({ op: 'alerts', on: true }));
    }
    this.openedAt = Date.now();
    this._connectionChanged.emit();
  }

  private onMessage(message: Message): void {
    this.failures = 0;
    if (message.op === 'jobs') {
      this.listener?.(message.jobs, message.gone ?? []);
      return;
    }
    if (message.op === 'alerts') {
      this.alertsListener?.(message.alerts);
      return;
    }
    if (message.op === 'save') {
      void this.save(message.id, message.path);
      return;
    }
    if (message.op === 'workspace') {
      this._workspaceChanged.emit(message.workspace);
      return;
    }
    const follower = message.job === null ? undefined : this.followers.get(message.job);
    if (message.op === 'error') {
      follower?.onError(new AzmlError(message.error.code, message.error.message, message.error.hint));
    } else if (follower && (message.since ?? follower.cursor) === follower.cursor) {
      follower.cursor = message.cursor;
      try {
        follower.onEvents(message.events);
      } catch (reason) {
        follower.onError(AzmlError.of(reason));
      }
    }
  }

  private async save(id: number, path: string): Promise<void> {
    const result = this.saver ? await this.saver(path) : 'absent';
    this.send({ op: 'saved', id, result });
  }

  private onClose(): void {
    this.socket = null;
    if (Date.now() - this.openedAt > WELL) {
      this.failures = 0;
    }
    this.openedAt = Infinity;
    this.failures += 1;
    if (this.isWanted) {
      this.timer = window.setTimeout(() => this.open(), backoff(this.failures));
    }
    this._connectionChanged.emit();
  }

  private hurry = (): void => {
    if (this.timer) {
      window.clearTimeout(this.timer);
      this.open();
    }
  };

  private get isWanted(): boolean {
    return (
      this.listener !== null || this.alertsListener !== null || this.saver !== null || this.followers.size > 0
    );
  }

  private followers = new Map<string, IFollower>();
  private listener: JobsListener | null = null;
  private alertsListener: AlertsListener | null = null;
  private saver: Saver | null = null;
  private socket: WebSocket | null = null;
  private timer = 0;
  /** Since something was last heard: a proxy that lets us in and throws us out at once is left alone for longer. */
  private failures = 0;
  private openedAt = Infinity;
  private _isDisposed = false;
  private _workspaceChanged = new Signal<this, WorkspaceInfo>(this);
  private _connectionChanged = new Signal<this, void>(this);
}

/** Null for what is no JSON: it was cut. What is not from our server is left out. */
function messagesIn(data: unknown): Message[] | null {
  try {
    const told: unknown = JSON.parse(data as string);
    return (Array.isArray(told) ? told : [told]).filter(each => typeof each?.op === 'string') as Message[];
  } catch {
    return null;
  }
}
