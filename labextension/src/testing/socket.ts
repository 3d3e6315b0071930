import { ServerConnection } from '@jupyterlab/services';
import type { Event } from '../api/stream';

/** The server's half of the WebSocket: keeps every event, and sends from the cursor that it is asked for. */
export class FakeServer {
  readonly sockets: FakeSocket[] = [];
  readonly events: Event[] = [];
  isUp = true;

  get settings(): ServerConnection.ISettings {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const server = this;
    const Socket = class extends FakeSocket {
      constructor() {
        super(server);
      }
    };
    return { ...ServerConnection.makeSettings({ wsUrl: 'ws://x/' }), WebSocket: Socket as never };
  }

  get socket(): FakeSocket {
    return this.sockets[this.sockets.length - 1];
  }

  /** What the page said on the open socket. */
  said(op: string): Record<string, unknown>[] {
    return this.socket.heard.filter(message => message.op === op);
  }

  log(job: string, text: string): void {
    this.events.push({ event: 'LogLines', job, at: '2026-01-01T00:00:00Z', cell: 1, stream: 'stdout', text });
    this.socket.push();
  }
}

export class FakeSocket {
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly heard: Record<string, unknown>[] = [];

  constructor(private server: FakeServer) {
    server.sockets.push(this);
    queueMicrotask(() => (server.isUp ? this.open() : this.drop()));
  }

  send(text: string): void {
    const message = JSON.parse(text);
    this.heard.push(message);
    if (message.op === 'subscribe') {
      Object.entries<string>(message.jobs).forEach(([name, cursor]) =>
        this.cursors.set(name, Number(cursor))
      );
      this.push();
    } else if (message.op === 'unsubscribe') {
      message.jobs.forEach((name: string) => this.cursors.delete(name));
    }
  }

  push(): void {
    for (const [job, cursor] of this.cursors) {
      const events = this.server.events.slice(cursor).filter(event => event.job === job);
      this.cursors.set(job, this.server.events.length);
      if (events.length) {
        this.tell({ op: 'events', job, cursor: String(this.server.events.length), events });
      }
    }
  }

  tell(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  drop(): void {
    this.readyState = 3;
    this.cursors.clear();
    this.onclose?.();
  }

  close(): void {
    this.readyState = 3;
  }

  private open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  private cursors = new Map<string, number>();
}
