import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, jobPath, Request } from '../api/request';
import type { NotebookCell, NotebookCells } from '../api/types';
import type { FollowedJob } from '../jobs/followed';
import { isTerminal } from '../ui/status';

/** Milliseconds between two looks at what a running job has written: at least this, and a few times what one takes. */
const PAUSE = 1_000;
const SHARE = 4;
/** A picture that a cell shows is told by no event. */
const UNPROMPTED = 5_000;

/** The cells of a job's notebook, read again as it runs: only those that may still change. */
export class CellsModel {
  cells: readonly NotebookCell[] = [];
  language = 'python';
  error: AzmlError | null = null;
  isRead = false;

  constructor(
    readonly followed: FollowedJob,
    private request: Request
  ) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Whether somebody looks. */
  set isSeen(isSeen: boolean) {
    if (isSeen === this._isSeen) {
      return;
    }
    this._isSeen = isSeen;
    if (isSeen) {
      this.followed.changed.connect(this.onFollowed, this);
      void this.read();
    } else {
      this.followed.changed.disconnect(this.onFollowed, this);
      window.clearTimeout(this.timer);
      this.timer = 0;
    }
  }

  /** Reads what may have changed, or everything. */
  async read(isWhole = false): Promise<void> {
    window.clearTimeout(this.timer);
    this.timer = 0;
    if (this.isReading) {
      this.isStale = true;
      return;
    }
    this.isReading = true;
    this.isStale = false;
    const isOver = isTerminal(this.followed.job.status);
    const running = this.followed.progress?.cell ?? 0;
    const first = isWhole || isOver ? 0 : firstOpen(this.cells, running);
    const began = performance.now();
    try {
      const answer = await this.request<NotebookCells>(jobPath(this.followed.name, 'cells'), {
        query: { first }
      });
      const read = answer.cells.map((cell, i) => unlessSame(this.cells[answer.first + i], cell));
      this.cells = [...this.cells.slice(0, answer.first), ...read].slice(0, answer.count);
      this.language = answer.language;
      this.error = null;
      this.isRead = true;
      this.wasOver = isOver;
    } catch (reason) {
      this.error = AzmlError.of(reason);
    }
    this.isReading = false;
    this.pause = Math.max(PAUSE, SHARE * (performance.now() - began));
    this._changed.emit();
    this.plan();
  }

  private onFollowed(): void {
    const { job } = this.followed;
    if (isTerminal(job.status) && !this.wasOver) {
      void this.read(true);
      return;
    }
    this.isStale = true;
    this.plan();
    this._changed.emit();
  }

  private plan(): void {
    if (!this._isSeen || this.isReading || isTerminal(this.followed.job.status)) {
      if (this._isSeen && !this.isReading && !this.wasOver && !this.error) {
        void this.read(true);
      }
      return;
    }
    const wait = this.isStale ? this.pause : Math.max(this.pause, UNPROMPTED);
    if (this.timer === 0 || (this.isStale && !this.isTimerSoon)) {
      window.clearTimeout(this.timer);
      this.isTimerSoon = this.isStale;
      this.timer = window.setTimeout(() => void this.read(), wait);
    }
  }

  private _isSeen = false;
  private isReading = false;
  private isStale = false;
  private isTimerSoon = false;
  private wasOver = false;
  private pause = PAUSE;
  private timer = 0;
  private _changed = new Signal<this, void>(this);
}

/** The index from which on cells may still change: those before the running one that were saved as they ended stay. */
export function firstOpen(cells: readonly NotebookCell[], running: number): number {
  const open = cells.findIndex(cell => cell.number !== null && (cell.number >= running || !cell.is_done));
  return open < 0 ? cells.length : open;
}

/** The object that is known where nothing is different, so that nothing is drawn anew. */
function unlessSame(known: NotebookCell | undefined, read: NotebookCell): NotebookCell {
  return known && JSON.stringify(known) === JSON.stringify(read) ? known : read;
}
