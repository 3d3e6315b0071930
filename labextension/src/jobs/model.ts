import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, jobPath, Request } from '../api/request';
import type { Stream } from '../api/stream';
import type { Job, PageJob } from '../api/types';
import { Poll } from '../ui/poll';
import { isTerminal } from '../ui/status';
import { Attention } from './attention';
import { FollowedJob } from './followed';
import { admits, IJobFilter, isEmptyFilter, NO_FILTER, queryOf } from './filter';
import { JobList } from './list';
import { Marks } from './marks';

const PAGE = 50;
/** Milliseconds after the last key until the server is asked. */
const TYPING = 250;
/** Between two looks at what a filter finds; the newest jobs are told by the socket. */
const PAUSE = 4_000;
/** Followed jobs whose log and metrics are kept, so that going back to one is instant. */
const KEPT = 8;

/** What a user may ask for when a notebook runs. */
export interface ISubmission {
  path: string;
  parameters?: Record<string, unknown>;
  /** Parameters as they were typed. */
  texts?: Record<string, string>;
  /** Data by any of its names. */
  inputs?: Record<string, string>;
  compute?: string;
  experiment?: string;
  display_name?: string;
  environment?: string;
  description?: string;
  tags?: Record<string, string>;
  /** Seconds. */
  timeout?: number;
  retries?: number;
  priority?: Job['spec']['priority'];
}

export type Change = 'cancel' | 'archive' | 'restore' | 'delete';

export interface IJobsChanged {
  change: Change;
  done: string[];
  failed: { name: string; code: string; message: string }[];
}

/** The jobs of the workspace as this page knows them. It asks the server only for what somebody looks at. */
export class JobsModel {
  constructor(
    private request: Request,
    private stream: Pick<Stream, 'follow' | 'list' | 'isBroken' | 'isConnected' | 'connectionChanged'>
  ) {
    this.attention = new Attention(stream);
    stream.connectionChanged.connect(this.onConnection, this);
  }

  /** The first page is not there yet. */
  get isLoading(): boolean {
    return this.source.continuation === undefined && !this.error;
  }

  /** Why the list could not be read; being offline is not among them. */
  error: AzmlError | null = null;

  get isOffline(): boolean {
    return this.stream.isBroken || this.wasUnreachable;
  }

  get hasMore(): boolean {
    return typeof this.source.continuation === 'string';
  }

  get isEmpty(): boolean {
    return this.list.jobs.length === 0;
  }

  /** Those that the filter lets through, newest first. */
  get shown(): readonly Job[] {
    const { jobs } = this.source;
    if (this.seen.jobs !== jobs || this.seen.filter !== this._filter) {
      this.seen = { jobs, filter: this._filter, shown: jobs.filter(job => admits(job, this._filter)) };
    }
    return this.seen.shown;
  }

  get active(): Job[] {
    return this.list.active();
  }

  get filter(): IJobFilter {
    return this._filter;
  }

  /** What is known is filtered at once; the server is asked for the rest when the typing pauses. */
  set filter(filter: IJobFilter) {
    this._filter = filter;
    window.clearTimeout(this.typing);
    this.searching.isOn = false;
    if (isEmptyFilter(filter)) {
      this.found = null;
    } else {
      this.found = this.list.copy();
      this.typing = window.setTimeout(() => (this.searching.isOn = this._isVisible), TYPING);
    }
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
    this.searching.isOn = visible && this.found !== null;
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
    const { source } = this;
    const { continuation } = source;
    if (!this.isLoadingMore && typeof continuation === 'string') {
      this.isLoadingMore = true;
      const query = { limit: PAGE, continuation, ...(source === this.found ? queryOf(this._filter) : {}) };
      await this.load(
        () => this.request<PageJob>('jobs', { query }),
        page => source.append(page)
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

  /** Shown as if it were done already; those that are refused come back, and are in the answer. Throws. */
  async change(names: readonly string[], change: Change): Promise<IJobsChanged> {
    const before = names
      .map(name => this.source.get(name) ?? this.list.get(name))
      .filter(job => job !== undefined);
    if (change === 'cancel') {
      const asked = before.filter(job => !isTerminal(job.status));
      this.put(asked.map(job => ({ ...job, status: 'CancelRequested' as const })));
    } else {
      this.drop(names);
    }
    const restore = (refused: ReadonlySet<string>) => this.put(before.filter(job => refused.has(job.name)));
    try {
      const told = await this.request<IJobsChanged>('change-jobs', {
        method: 'POST',
        body: { change, names }
      });
      restore(new Set(told.failed.map(each => each.name)));
      for (const each of this.kept.filter(({ name }) => told.done.includes(name))) {
        each.update({ ...each.job, archived: change === 'archive' });
      }
      if (change === 'delete' && this._selected && told.done.includes(this._selected.name)) {
        await this.select(null);
      }
      void this.refresh();
      return told;
    } catch (reason) {
      restore(new Set(names));
      throw reason;
    }
  }

  /** The job as far as it is known here, else as the server tells. */
  async find(name: string): Promise<Job> {
    const followed = this.kept.find(each => each.name === name);
    return followed?.job ?? this.list.get(name) ?? (await this.request<Job>(jobPath(name)));
  }

  /**
   * The job for a panel, `who`: all of it, as the one object that everybody here follows. Kept until the panel leaves.
   */
  async open(name: string, who: object): Promise<FollowedJob> {
    const job = await this.request<Job>(jobPath(name));
    const followed = await this.followed(job.name);
    this.opened.set(who, (this.opened.get(who) ?? new Set()).add(followed));
    followed.update(job);
    return followed;
  }

  /** Whether somebody looks at the panel: then its jobs are followed. */
  look(who: object, isLooking: boolean): void {
    if (isLooking) {
      this.looking.add(who);
    } else {
      this.looking.delete(who);
    }
    this.settle();
  }

  leave(who: object): void {
    this.opened.delete(who);
    this.look(who, false);
  }

  /** What panels show of it is read anew, after something that no event tells of. */
  async reread(name: string): Promise<void> {
    const followed = this.kept.find(each => each.name === name);
    followed?.update(await this.request<Job>(jobPath(name)));
  }

  /** Another workspace: nothing that is known holds any more. */
  forget(): void {
    this.asked = null;
    this._selected = null;
    this.list = new JobList();
    this.found = null;
    this._filter = NO_FILTER;
    this.searching.isOn = false;
    this.marks.clear();
    this.kept = [];
    this.watched.clear();
    this.error = null;
    this.settle();
    this._changed.emit();
    if (this._isVisible) {
      void this.refresh();
    }
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
      this.put([{ ...known, status: job.status, reason: job.reason, progress }]);
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

  private get source(): JobList {
    return this.found ?? this.list;
  }

  private async search(): Promise<number> {
    const { found } = this;
    const query = { limit: PAGE, ...queryOf(this._filter) };
    await this.load(
      () => this.request<PageJob>('jobs', { query }),
      page => found?.refresh(page)
    );
    return PAUSE;
  }

  private put(jobs: readonly Job[]): void {
    this.list.merge(jobs);
    this.found?.merge(jobs);
    this._changed.emit();
  }

  private drop(names: readonly string[]): void {
    this.list.remove(names);
    this.found?.remove(names);
    this.marks.keep(name => !names.includes(name));
    this._changed.emit();
  }

  private take = (jobs: readonly Job[], gone: readonly string[] = []): void => {
    this.list.merge(jobs);
    this.list.remove(gone);
    this.found?.merge(jobs);
    this.found?.remove(gone);
    for (const job of jobs) {
      this.kept.find(each => each.name === job.name)?.update(job);
    }
    this.settle();
    this._changed.emit();
  };

  private onConnection(): void {
    // Back again: what the list's first message does not cover is read anew.
    if (this.stream.isConnected && this._isVisible && (this.wasUnreachable || this.wasCut)) {
      void this.refresh();
    }
    this.wasCut = !this.stream.isConnected;
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
    const inPanels = new Set<FollowedJob>();
    for (const [who, followed] of this.opened) {
      for (const each of followed) {
        inPanels.add(each);
        if (this.looking.has(who)) {
          wanted.add(each);
        }
      }
    }
    this.attention.follow(wanted);
    const isNeeded = (each: FollowedJob) => wanted.has(each) || inPanels.has(each) || each === this._selected;
    this.kept = this.kept.filter((each, i) => i < KEPT || isNeeded(each));
  }

  isLoadingMore = false;
  /** Those that something is to be done with. */
  readonly marks = new Marks();
  private list = new JobList();
  /** What the filter finds; null while nothing is filtered. */
  private found: JobList | null = null;
  private seen: { jobs: readonly Job[]; filter: IJobFilter; shown: readonly Job[] } = {
    jobs: [],
    filter: NO_FILTER,
    shown: []
  };
  private searching = new Poll(() => this.search());
  private typing = 0;
  private kept: FollowedJob[] = [];
  private watched = new Set<FollowedJob>();
  /** Jobs of panels, seen or not. */
  private opened = new Map<object, Set<FollowedJob>>();
  private looking = new Set<object>();
  private attention: Attention;
  private wasUnreachable = false;
  private wasCut = false;
  private asked: string | null = null;
  private _filter = NO_FILTER;
  private _isVisible = false;
  private _selected: FollowedJob | null = null;
  private _changed = new Signal<this, void>(this);
  private _ended = new Signal<this, Job>(this);
}
