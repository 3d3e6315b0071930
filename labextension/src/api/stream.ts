import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import { DisposableDelegate, IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';
import { backoff } from './backoff';
import { AzmlError } from './request';
import type { EventBatch, Job } from './types';

export type Event = EventBatch['events'][number];

/** What follows a job. It keeps its own cursor, so that it can leave and come back. */
export interface IFollower {
  readonly name: string;
  cursor: string;
  onEvents(events: Event[]): void;
  onError(error: AzmlError): void;
}

export type JobsListener = (jobs: Job[]) => void;

/** What became of a notebook that the server wanted saved; `absent` when this page does not have it open. */
export type SaveResult = 'saved' | 'clean' | 'absent' | 'failed';

export type Saver = (path: string) => Promise<SaveResult>;

type Message =
  | { op: 'events'; job: string; cursor: string; since?: string; events: Event[] }
  | { op: 'jobs'; jobs: Job[] }
  | { op: 'save'; id: number; path: string }
  | { op: 'error'; job: string | null; error: { code: string; message: string; hint: string } };

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

  /** Whether the connection broke and is being sought again. */
  get isBroken(): boolean {
    return this.failures > 0;
  }

  get connectionChanged(): ISignal<this, void> {
    return this._connectionChanged;
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
      const told: Message | Message[] = JSON.parse(message.data as string);
      for (const each of Array.isArray(told) ? told : [told]) {
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
    this.failures = 0;
    this._connectionChanged.emit();
  }

  private onMessage(message: Message): void {
    if (message.op === 'jobs') {
      this.listener?.(message.jobs);
      return;
    }
    if (message.op === 'save') {
      void this.save(message.id, message.path);
      return;
    }
    const follower = message.job === null ? undefined : this.followers.get(message.job);
    if (message.op === 'error') {
      follower?.onError(new AzmlError(message.error.code, message.error.message, message.error.hint));
    } else if (follower && (message.since ?? follower.cursor) === follower.cursor) {
      follower.cursor = message.cursor;
      follower.onEvents(message.events);
    }
  }

  private async save(id: number, path: string): Promise<void> {
    const result = this.saver ? await this.saver(path) : 'absent';
    this.send({ op: 'saved', id, result });
  }

  private onClose(): void {
    this.socket = null;
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
    return this.listener !== null || this.saver !== null || this.followers.size > 0;
  }

  private followers = new Map<string, IFollower>();
  private listener: JobsListener | null = null;
  private saver: Saver | null = null;
  private socket: WebSocket | null = null;
  private timer = 0;
  private failures = 0;
  private _isDisposed = false;
  private _connectionChanged = new Signal<this, void>(this);
}
