import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, jobPath, Request } from '../api/request';
import type { Stream } from '../api/stream';
import type { Job, PageJob } from '../api/types';
import { Poll } from '../ui/poll';
import { isTerminal } from '../ui/status';
import { Attention } from './attention';
import type { FollowedJob } from './followed';
import { IJobFilter, queryOf } from './filter';
import { FilteredJobs } from './filtered';
import { Following } from './following';
import { Marks } from './marks';

const PAGE = 50;
/** Milliseconds after the last key until the server is asked. */
const TYPING = 250;
/** Between two looks at what a filter finds; the newest jobs are told by the socket. */
const PAUSE = 4_000;

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
    this.following = new Following(this.attention, followed => {
      followed.ended.connect(this.onEnded, this);
      followed.changed.connect(this.onFollowedChanged, this);
    });
    stream.connectionChanged.connect(this.onConnection, this);
  }

  /** The first page is not there yet. */
  get isLoading(): boolean {
    return this.lists.source.continuation === undefined && !this.error;
  }

  /** Why the list could not be read; being offline is not among them. */
  error: AzmlError | null = null;

  get isOffline(): boolean {
    return this.stream.isBroken || this.wasUnreachable;
  }

  get hasMore(): boolean {
    return typeof this.lists.source.continuation === 'string';
  }

  get isEmpty(): boolean {
    return this.lists.all.jobs.length === 0;
  }

  /** Those that the filter lets through, newest first. */
  get shown(): readonly Job[] {
    return this.lists.shown;
  }

  get active(): readonly Job[] {
    return this.lists.all.active();
  }

  get filter(): IJobFilter {
    return this.lists.filter;
  }

  /** What is known is filtered at once; the server is asked for the rest when the typing pauses. */
  set filter(filter: IJobFilter) {
    this.lists.filter = filter;
    window.clearTimeout(this.typing);
    this.searching.isOn = false;
    if (this.lists.found) {
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
    this.searching.isOn = visible && this.lists.found !== null;
    if (visible) {
      void this.refresh();
    }
    this.settle();
  }

  async refresh(): Promise<void> {
    await this.load(
      () => this.request<PageJob>('jobs', { query: { limit: PAGE } }),
      page => this.lists.all.refresh(page)
    );
  }

  async loadMore(): Promise<void> {
    const { source, found, filter } = this.lists;
    const { continuation } = source;
    if (!this.isLoadingMore && typeof continuation === 'string') {
      this.isLoadingMore = true;
      const query = { limit: PAGE, continuation, ...(source === found ? queryOf(filter) : {}) };
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
    this.following.watch(this.following.of(job), true);
    this.settle();
    return job;
  }

  async cancel(name: string): Promise<void> {
    this.take([await this.request<Job>(jobPath(name, 'cancel'), { method: 'POST' })]);
  }

  /** Shown as if it were done already; those that are refused come back, and are in the answer. Throws. */
  async change(names: readonly string[], change: Change): Promise<IJobsChanged> {
    const before = names.map(name => this.lists.get(name)).filter(job => job !== undefined);
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
      for (const each of told.done.map(name => this.following.get(name))) {
        each?.update({ ...each.job, archived: change === 'archive' });
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
    const known = this.following.get(name)?.job ?? this.lists.all.get(name);
    return known ?? (await this.request<Job>(jobPath(name)));
  }

  /**
   * The job for a panel, `who`: all of it, as the one object that everybody here follows. Kept until the panel leaves.
   */
  async open(name: string, who: object): Promise<FollowedJob> {
    const job = await this.request<Job>(jobPath(name));
    const followed = this.following.of(job);
    this.following.open(followed, who);
    followed.update(job);
    return followed;
  }

  /** Whether somebody looks at the panel: then its jobs are followed. */
  look(who: object, isLooking: boolean): void {
    this.following.look(who, isLooking);
    this.settle();
  }

  leave(who: object): void {
    this.following.leave(who);
    this.settle();
  }

  /** What panels show of it is read anew, after something that no event tells of. */
  async reread(name: string): Promise<void> {
    const followed = this.following.get(name);
    followed?.update(await this.request<Job>(jobPath(name)));
  }

  /** Another workspace: nothing that is known holds any more. */
  forget(): void {
    this.asked = null;
    this._selected = null;
    this.lists.forget();
    this.searching.isOn = false;
    this.marks.clear();
    this.following.forget();
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
    return this.following.get(name) ?? this.following.of(await this.find(name));
  }

  /** Events know the status first: the row of the list must not lag behind the view of the job. */
  private onFollowedChanged(followed: FollowedJob): void {
    const known = this.lists.all.get(followed.name);
    const { job, progress } = followed;
    const isSame = known?.status === job.status && known.progress?.cell === progress?.cell;
    if (known && !isSame) {
      this.put([{ ...known, status: job.status, reason: job.reason, progress }]);
    }
  }

  private async onEnded(followed: FollowedJob, job: Job): Promise<void> {
    this.following.watch(followed, false);
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

  private async search(): Promise<number> {
    const { found, filter } = this.lists;
    const query = { limit: PAGE, ...queryOf(filter) };
    await this.load(
      () => this.request<PageJob>('jobs', { query }),
      page => found?.refresh(page)
    );
    return PAUSE;
  }

  private put(jobs: readonly Job[]): void {
    this.lists.merge(jobs);
    this._changed.emit();
  }

  private drop(names: readonly string[]): void {
    this.lists.remove(names);
    this.marks.keep(name => !names.includes(name));
    this._changed.emit();
  }

  private take = (jobs: readonly Job[], gone: readonly string[] = []): void => {
    this.lists.merge(jobs);
    this.lists.remove(gone);
    this.following.update(jobs);
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

  private settle(): void {
    // With jobs active the status bar shows how many: that is looked at too.
    this.attention.list(this._isVisible || this.active.length > 0, this.take);
    this.following.settle(this._selected, this._isVisible);
  }

  isLoadingMore = false;
  /** Those that something is to be done with. */
  readonly marks = new Marks();
  private lists = new FilteredJobs();
  private searching = new Poll(() => this.search());
  private typing = 0;
  private following: Following;
  private attention: Attention;
  private wasUnreachable = false;
  private wasCut = false;
  private asked: string | null = null;
  private _isVisible = false;
  private _selected: FollowedJob | null = null;
  private _changed = new Signal<this, void>(this);
  private _ended = new Signal<this, Job>(this);
}
