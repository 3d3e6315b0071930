import { ISignal, Signal } from '@lumino/signaling';
import type { AzmlError } from '../api/request';
import type { Event, IFollower } from '../api/stream';
import type { CellChanged, Job, Progress } from '../api/types';
import { Series, toNumber } from '../chart/series';
import { isTerminal } from '../ui/status';
import { LogStream, LogTail } from './log';

/** Cells whose printing is kept until the notebook itself has it. */
const PRINTED = 12;

/** A job whose events are followed: its cells, its log and the course of its metrics. */
export class FollowedJob implements IFollower {
  cursor = '';
  readonly cells = new Map<number, CellChanged>();
  readonly log = new LogTail();
  /** What the last cells printed, each by itself. */
  readonly printed = new Map<number, LogTail>();
  readonly series = new Map<string, Series>();
  error: AzmlError | null = null;

  constructor(private _job: Job) {}

  get name(): string {
    return this._job.name;
  }

  get job(): Job {
    return this._job;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** It ended while it was followed. */
  get ended(): ISignal<this, Job> {
    return this._ended;
  }

  /** The cell that runs, or ran last. */
  get cell(): CellChanged | null {
    return this.latest;
  }

  /** Events are fresher than the job's own summary. */
  get progress(): Progress | null {
    return this.latest ? { cell: this.latest.cell, cells: this.latest.cells } : this._job.progress;
  }

  /** The whole job, from a list or a question. */
  update(job: Job): void {
    if (isTerminal(this._job.status) && !isTerminal(job.status)) {
      return;
    }
    // Lists do not tell which models came of a job.
    this.become(job.models?.length ? job : { ...job, models: this._job.models });
    this._changed.emit();
  }

  onEvents(events: Event[]): void {
    this.error = null;
    for (const event of events) {
      this.take(event);
    }
    this._changed.emit();
  }

  onError(error: AzmlError): void {
    this.error = error;
    this._changed.emit();
  }

  private take(event: Event): void {
    switch (event.event) {
      case 'StatusChanged':
        if (!isTerminal(this._job.status)) {
          this.become({ ...this._job, status: event.status, reason: event.reason });
        }
        break;
      case 'CellChanged':
        this.cells.set(event.cell, event);
        this.latest = event;
        break;
      case 'LogLines':
        this.log.add(event.stream, event.text);
        this.print(event.cell, event.stream, event.text);
        break;
      case 'MetricPoints':
        if (event.is_whole) {
          this.series.clear();
        }
        for (const { key, step, value } of event.points) {
          const series = this.series.get(key) ?? new Series();
          this.series.set(key, series);
          series.add(step, toNumber(value));
        }
    }
  }

  private print(cell: number, stream: LogStream, text: string): void {
    const tail = this.printed.get(cell) ?? new LogTail();
    this.printed.set(cell, tail);
    tail.add(stream, text);
    for (const older of this.printed.keys()) {
      if (this.printed.size <= PRINTED) {
        break;
      }
      this.printed.delete(older);
    }
  }

  private become(job: Job): void {
    const ends = !isTerminal(this._job.status) && isTerminal(job.status);
    this._job = job;
    if (ends) {
      this._ended.emit(job);
    }
  }

  private latest: CellChanged | null = null;
  private _changed = new Signal<this, void>(this);
  private _ended = new Signal<this, Job>(this);
}
