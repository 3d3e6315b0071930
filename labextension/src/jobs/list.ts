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

  active(): Job[] {
    return this.ordered.filter(job => !isTerminal(job.status));
  }

  /** New and changed jobs. What has ended stays ended: answers may overtake one another. */
  merge(jobs: readonly Job[]): void {
    let isNew = false;
    for (const job of jobs) {
      const known = this.byName.get(job.name);
      if (known && isTerminal(known.status) && !isTerminal(job.status)) {
        continue;
      }
      isNew ||= !known;
      this.byName.set(job.name, job);
    }
    this.ordered = isNew
      ? [...this.byName.values()].sort(newestFirst)
      : this.ordered.map(job => this.byName.get(job.name)!);
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

  private ordered: Job[] = [];
  private byName = new Map<string, Job>();
}

/** Whether every word of the filter is in the job's name, experiment, status or compute. */
export function matches(job: Job, words: string[]): boolean {
  const text =
    `${job.display_name}\n${job.name}\n${job.experiment}\n${job.status}\n${job.compute}`.toLowerCase();
  return words.every(word => text.includes(word));
}

const createdAt = (job: Job): number => Date.parse(job.created);
const newestFirst = (a: Job, b: Job): number => createdAt(b) - createdAt(a) || (a.name < b.name ? 1 : -1);
