import type { Job, PageJob } from '../api/types';
import { isTerminal } from '../ui/status';

/** The jobs known to the page, newest first. */
export class JobList {
  /** Where the next page starts; null at the end, undefined before the first. */
  continuation: string | null | undefined = undefined;

  get jobs(): readonly Job[] {
    return this.ordered;
  }

  get(name: string): Job | undefined {
    return this.byName.get(name);
  }

  /** Asked for at each change by all that count them, hence found once. */
  active(): readonly Job[] {
    if (this.lively.of !== this.ordered) {
      this.lively = { of: this.ordered, jobs: this.ordered.filter(job => !isTerminal(job.status)) };
    }
    return this.lively.jobs;
  }

  /** New and changed jobs. What has ended stays ended: answers may overtake one another. */
  merge(jobs: readonly Job[]): void {
    const added = new Set<string>();
    const changed = new Map<string, Job>();
    for (const job of jobs) {
      const known = this.byName.get(job.name);
      if (known && isTerminal(known.status) && !isTerminal(job.status)) {
        continue;
      }
      if (!known) {
        added.add(job.name);
      } else if (!added.has(job.name)) {
        changed.set(job.name, job);
      }
      this.byName.set(job.name, job);
    }
    if (changed.size) {
      this.ordered = this.ordered.map(job => changed.get(job.name) ?? job);
    }
    if (added.size) {
      // What is in order already costs the sort one look each.
      this.ordered = [...[...added].map(name => this.byName.get(name)!), ...this.ordered].sort(newestFirst);
    }
  }

  /** Another list of the same jobs, of which nothing says where they end. */
  copy(): JobList {
    const copied = new JobList();
    copied.ordered = this.ordered;
    copied.byName = new Map(this.byName);
    return copied;
  }

  remove(names: readonly string[]): void {
    const known = names.filter(name => this.byName.delete(name));
    if (known.length) {
      this.ordered = this.ordered.filter(job => this.byName.has(job.name));
    }
  }

  append(page: PageJob): void {
    this.continuation = page.continuation;
    this.merge(page.items);
  }

  /** A first page read again: what lies in its span and is not on it is gone; older pages stay. */
  refresh(page: PageJob): void {
    const oldest = page.continuation === null ? -Infinity : Math.min(...page.items.map(createdAt));
    const present = new Set(page.items.map(job => job.name));
    for (const job of this.ordered) {
      if (createdAt(job) >= oldest && !present.has(job.name)) {
        this.byName.delete(job.name);
      }
    }
    this.ordered = this.ordered.filter(job => this.byName.has(job.name));
    if (this.continuation === undefined || page.continuation === null) {
      this.continuation = page.continuation;
    }
    this.merge(page.items);
  }

  private ordered: readonly Job[] = [];
  private lively: { of: readonly Job[]; jobs: readonly Job[] } = { of: [], jobs: [] };
  private byName = new Map<string, Job>();
}

const times = new WeakMap<Job, number>();

/** Parsed once: ten thousand jobs are compared at each keystroke in the filter. */
function createdAt(job: Job): number {
  let time = times.get(job);
  if (time === undefined) {
    time = Date.parse(job.created);
    times.set(job, time);
  }
  return time;
}

const newestFirst = (a: Job, b: Job): number => createdAt(b) - createdAt(a) || (a.name < b.name ? 1 : -1);
