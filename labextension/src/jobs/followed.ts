import { ISignal, Signal } from '@lumino/signaling';
import type { AzmlError } from '../api/request';
import type { Event, IFollower } from '../api/stream';
import type { CellChanged, Job, Progress } from '../api/types';
import { Series, toNumber } from '../chart/series';
import { isTerminal } from '../ui/status';
import { LogTail } from './log';

/** A job whose events are followed: its cells, its log and the course of its metrics. */
export class FollowedJob implements IFollower {
  cursor = '';
  readonly cells = new Map<number, CellChanged>();
  readonly log = new LogTail();
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
    this.become(job);
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
