import type { Job } from '../api/types';
import { admission, IJobFilter, isEmptyFilter, NO_FILTER } from './filter';
import { JobList } from './list';

/** All jobs that are known here, and those of them that a filter finds. */
export class FilteredJobs {
  all = new JobList();
  /** What the filter finds; null while nothing is filtered. */
  found: JobList | null = null;

  /** The one that is shown, and read on at its end. */
  get source(): JobList {
    return this.found ?? this.all;
  }

  /** Those that the filter lets through, newest first. */
  get shown(): readonly Job[] {
    const { jobs } = this.source;
    if (this.seen.jobs !== jobs || this.seen.filter !== this._filter) {
      this.seen = { jobs, filter: this._filter, shown: jobs.filter(admission(this._filter)) };
    }
    return this.seen.shown;
  }

  get filter(): IJobFilter {
    return this._filter;
  }

  set filter(filter: IJobFilter) {
    this._filter = filter;
    this.found = isEmptyFilter(filter) ? null : this.all.copy();
  }

  get(name: string): Job | undefined {
    return this.source.get(name) ?? this.all.get(name);
  }

  merge(jobs: readonly Job[]): void {
    this.all.merge(jobs);
    this.found?.merge(jobs);
  }

  remove(names: readonly string[]): void {
    this.all.remove(names);
    this.found?.remove(names);
  }

  forget(): void {
    this.all = new JobList();
    this.filter = NO_FILTER;
  }

  private _filter = NO_FILTER;
  private seen: { jobs: readonly Job[]; filter: IJobFilter; shown: readonly Job[] } = {
    jobs: [],
    filter: NO_FILTER,
    shown: []
  };
}
