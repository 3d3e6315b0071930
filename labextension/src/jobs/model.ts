import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, jobPath, Request } from '../api/request';
import type { Stream } from '../api/stream';
import type { Job, PageJob } from '../api/types';
import { Attention } from './attention';
import { FollowedJob } from './followed';
import { JobList, matches } from './list';

const PAGE = 50;
/** Followed jobs whose log and metrics are kept, so that going back to one is instant. */
const KEPT = 8;

/** What a user may ask for when a notebook runs. */
export interface ISubmission {
  path: string;
  parameters?: Record<string, unknown>;
  compute?: string;
  experiment?: string;
  display_name?: string;
}

/** The jobs of the workspace as this page knows them. It asks the server only for what somebody looks at. */
export class JobsModel {
  constructor(
    private request: Request,
    private stream: Pick<Stream, 'follow' | 'list' | 'isBroken' | 'connectionChanged'>
  ) {
    this.attention = new Attention(stream);
    stream.connectionChanged.connect(this.onConnection, this);
  }

  /** The first page is not there yet. */
  get isLoading(): boolean {
    return this.list.continuation === undefined && !this.error;
  }

  /** Why the list could not be read; being offline is not among them. */
  error: AzmlError | null = null;

  get isOffline(): boolean {
    return this.stream.isBroken || this.wasUnreachable;
  }

  get hasMore(): boolean {
    return typeof this.list.continuation === 'string';
  }

  get isEmpty(): boolean {
    return this.list.jobs.length === 0;
  }

  /** Those that the filter lets through, newest first. */
  get shown(): readonly Job[] {
    const words = this._filter.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) {
      return this.list.jobs;
    }
    return this.list.jobs.filter(job => matches(job, words));
  }

  get active(): Job[] {
    return this.list.active();
  }

  get filter(): string {
    return this._filter;
  }

  set filter(text: string) {
    this._filter = text;
    this._changed.emit();
  }

  get selected(): FollowedJob | null {
    return this._selected;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** A job that somebody here watched has ended. */
  get ended(): ISignal<this, Job> {
    return this._ended;
  }

  /** Whether somebody looks: a hidden panel asks for nothing. */
  set isVisible(visible: boolean) {
    this._isVisible = visible;
    if (visible) {
      void this.refresh();
    }
    this.settle();
  }

  async refresh(): Promise<void> {
    await this.load(
      () => this.request<PageJob>('jobs', { query: { limit: PAGE } }),
      page => this.list.refresh(page)
    );
  }

  async loadMore(): Promise<void> {
    const { continuation } = this.list;
    if (!this.isLoadingMore && typeof continuation === 'string') {
      this.isLoadingMore = true;
      await this.load(
        () => this.request<PageJob>('jobs', { query: { limit: PAGE, continuation } }),
        page => this.list.append(page)
      );
      this.isLoadingMore = false;
    }
  }

  async select(name: string | null): Promise<void> {
    this.asked = name;
    const followed = name === null ? null : await this.followed(name);
    if (this.asked !== name) {
      return; // another one was asked for meanwhile
    }
    this._selected = followed;
    this.settle();
    this._changed.emit();
  }

  /** Runs a notebook as a job, and watches it to its end wherever the user goes. */
  async submit(submission: ISubmission): Promise<Job> {
    const job = await this.request<Job>('jobs', { method: 'POST', body: submission });
    this.take([job]);
    const followed = await this.followed(job.name);
    this.watched.add(followed);
    this.settle();
    return job;
  }

  async cancel(name: string): Promise<void> {
    this.take([await this.request<Job>(jobPath(name, 'cancel'), { method: 'POST' })]);
  }

  /** The job as far as it is known here, else as the server tells. */
  async find(name: string): Promise<Job> {
    const followed = this.kept.find(each => each.name === name);
    return followed?.job ?? this.list.get(name) ?? (await this.request<Job>(jobPath(name)));
  }

  private async load(ask: () => Promise<PageJob>, take: (page: PageJob) => void): Promise<void> {
    try {
      take(await ask());
      this.error = null;
      this.wasUnreachable = false;
    } catch (reason) {
      const error = AzmlError.of(reason);
      this.wasUnreachable = error.isOffline;
      this.error = error.isOffline ? null : error;
    }
    this.settle();
    this._changed.emit();
  }

  private async followed(name: string): Promise<FollowedJob> {
    const known = this.kept.find(each => each.name === name);
    if (known) {
      return known;
    }
    const followed = new FollowedJob(await this.find(name));
    followed.ended.connect(this.onEnded, this);
    followed.changed.connect(this.onFollowedChanged, this);
    this.kept = [followed, ...this.kept];
    return followed;
  }

  /** Events know the status first: the row of the list must not lag behind the view of the job. */
  private onFollowedChanged(followed: FollowedJob): void {
    const known = this.list.get(followed.name);
    const { job, progress } = followed;
    const isSame = known?.status === job.status && known.progress?.cell === progress?.cell;
    if (known && !isSame) {
      this.list.merge([{ ...known, status: job.status, reason: job.reason, progress }]);
      this._changed.emit();
    }
  }

  private async onEnded(followed: FollowedJob, job: Job): Promise<void> {
    this.watched.delete(followed);
    this.settle();
    let whole = job;
    try {
      // Its outputs and times are known only now.
      whole = await this.request<Job>(jobPath(job.name));
      this.take([whole]);
    } catch {
      // then what the events told has to do
    }
    this._ended.emit(whole);
  }

  private take = (jobs: readonly Job[]): void => {
    this.list.merge(jobs);
    for (const job of jobs) {
      this.kept.find(each => each.name === job.name)?.update(job);
    }
    this.settle();
    this._changed.emit();
  };

  private onConnection(): void {
    // Back again: what the list's first message does not cover is read anew.
    if (!this.stream.isBroken && this._isVisible && (this.wasUnreachable || this.wasBroken)) {
      void this.refresh();
    }
    this.wasBroken = this.stream.isBroken;
    this._changed.emit();
  }

  /** Listens to what is looked at, and to nothing else. */
  private settle(): void {
    // With jobs active the status bar shows how many: that is looked at too.
    this.attention.list(this._isVisible || this.active.length > 0, this.take);
    const wanted = new Set(this.watched);
    if (this._isVisible && this._selected) {
      wanted.add(this._selected);
    }
    this.attention.follow(wanted);
    this.kept = this.kept.filter((each, i) => i < KEPT || wanted.has(each) || each === this._selected);
  }

  isLoadingMore = false;
  private list = new JobList();
  private kept: FollowedJob[] = [];
  private watched = new Set<FollowedJob>();
  private attention: Attention;
  private wasUnreachable = false;
  private wasBroken = false;
  private asked: string | null = null;
  private _filter = '';
  private _isVisible = false;
  private _selected: FollowedJob | null = null;
  private _changed = new Signal<this, void>(this);
  private _ended = new Signal<this, Job>(this);
}
