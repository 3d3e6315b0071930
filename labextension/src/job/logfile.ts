import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, jobPath, Request } from '../api/request';
import type { LogPart } from '../api/types';
import type { FollowedJob } from '../jobs/followed';
import { plain } from '../jobs/log';
import { isTerminal } from '../ui/status';

/** Milliseconds between two looks while the job prints. */
const PAUSE = 500;
/** Other programs write into the job's logs too, and no event tells of that. */
const UNPROMPTED = 3_000;
const MOST_LINES = 200_000;

export interface IFound {
  line: number;
  start: number;
  end: number;
}

/** A log file of a job, from its end backwards as far as somebody reads, and on as it grows. */
export class LogFile {
  lines: readonly string[] = [];
  error: AzmlError | null = null;
  isLoading = false;
  /** Counts what was put before the first line, so that a view can stay where it is. */
  before = 0;

  constructor(
    readonly followed: FollowedJob,
    private request: Request,
    readonly path = STD_LOG
  ) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get hasEarlier(): boolean {
    return this.start > 0;
  }

  get size(): number {
    return this._size;
  }

  get isLive(): boolean {
    return !isTerminal(this.followed.job.status);
  }

  /** Whether somebody looks. */
  set isSeen(isSeen: boolean) {
    if (isSeen === this._isSeen) {
      return;
    }
    this._isSeen = isSeen;
    if (isSeen) {
      this.followed.changed.connect(this.onFollowed, this);
      void this.readOn();
    } else {
      this.followed.changed.disconnect(this.onFollowed, this);
      window.clearTimeout(this.timer);
      this.timer = 0;
    }
  }

  async readEarlier(): Promise<void> {
    if (this.isLoading || this.start === 0 || this.lines.length > MOST_LINES) {
      return;
    }
    await this.ask({ end: this.start }, part => {
      const earlier = linesOf(part.text);
      this.start = part.start;
      this.lines = [...earlier, ...this.lines];
      this.before += earlier.length;
    });
  }

  /** What came since; the end of the file at first. */
  async readOn(): Promise<void> {
    window.clearTimeout(this.timer);
    this.timer = 0;
    if (this.isLoading) {
      this.isStale = true;
      return;
    }
    this.isStale = false;
    const wasLive = this.isLive;
    let hasMore = false;
    const isFirst = this.end === null;
    await this.ask(isFirst ? {} : { start: this.end! }, part => {
      if (isFirst) {
        this.start = part.start;
      }
      // A job that is tried again begins its log anew.
      if (!isFirst && part.size < this.end!) {
        this.lines = [];
        this.start = 0;
        this.end = 0;
        this.open = '';
        hasMore = true;
        return;
      }
      this.take(part.text);
      this.end = part.end;
      hasMore = part.text !== '' && part.end < part.size;
    });
    if (hasMore && this._isSeen) {
      void this.readOn();
    } else if (this._isSeen && wasLive) {
      this.plan();
    }
  }

  private take(text: string): void {
    const pieces = linesOf(this.open + text);
    const isOpen = !text.endsWith('\n') && text !== '';
    const kept = this.open ? this.lines.slice(0, -1) : this.lines;
    if (text !== '') {
      this.lines = [...kept, ...pieces];
      this.open = isOpen
        ? text.lastIndexOf('\n') < 0
          ? this.open + text
          : text.slice(text.lastIndexOf('\n') + 1)
        : '';
    }
    if (this.lines.length > MOST_LINES) {
      this.lines = this.lines.slice(-MOST_LINES);
    }
  }

  private async ask(query: Record<string, number>, take: (part: LogPart) => void): Promise<void> {
    this.isLoading = true;
    this._changed.emit();
    try {
      const part = await this.request<LogPart>(jobPath(this.followed.name, 'log'), {
        query: { path: this.path, ...query }
      });
      take(part);
      this._size = part.size;
      this.error = null;
    } catch (reason) {
      const error = AzmlError.of(reason);
      // Before anything is printed there is no file.
      this.error = error.code === 'FileNotInJob' ? null : error;
    }
    this.isLoading = false;
    this._changed.emit();
  }

  private onFollowed(): void {
    this.isStale = true;
    this.plan();
  }

  private plan(): void {
    if (!this._isSeen || this.isLoading) {
      return;
    }
    if (this.timer === 0 || (this.isStale && !this.isSoon)) {
      window.clearTimeout(this.timer);
      this.isSoon = this.isStale;
      this.timer = window.setTimeout(() => void this.readOn(), this.isStale ? PAUSE : UNPROMPTED);
    }
  }

  private start = 0;
  private end: number | null = null;
  /** The beginning of a line that is not whole yet. */
  private open = '';
  private _size = 0;
  private _isSeen = false;
  private isStale = false;
  private isSoon = false;
  private timer = 0;
  private _changed = new Signal<this, void>(this);
}

export const STD_LOG = 'logs/user_logs/std_log.txt';

/** As a terminal would show them: without escapes, and of what a progress bar overwrote the last. */
export function linesOf(text: string): string[] {
  const whole = plain(text);
  const lines = whole.split('\n');
  if (lines[lines.length - 1] === '') {
    lines.pop();
  }
  return lines.map(line => {
    const shown = line.replace(/\r+$/, '');
    return shown.slice(shown.lastIndexOf('\r') + 1);
  });
}

/** Every place of the text, in any case; at most so many. */
export function findIn(lines: readonly string[], text: string, most = 10_000): IFound[] {
  const wanted = text.toLowerCase();
  const found: IFound[] = [];
  for (let line = 0; wanted && line < lines.length && found.length < most; line++) {
    const where = lines[line].toLowerCase();
    let at = where.indexOf(wanted);
    while (at >= 0 && found.length < most) {
      found.push({ line, start: at, end: at + wanted.length });
      at = where.indexOf(wanted, at + wanted.length);
    }
  }
  return found;
}
