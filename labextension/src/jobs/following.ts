import type { Job } from '../api/types';
import type { Attention } from './attention';
import { FollowedJob } from './followed';

/** Followed jobs whose log and metrics are kept, so that going back to one is instant. */
const KEPT = 8;

/** The jobs that somebody here follows: below the list, in a panel, or to their end since they were submitted. */
export class Following {
  constructor(
    private attention: Attention,
    private onNew: (followed: FollowedJob) => void
  ) {}

  get(name: string): FollowedJob | undefined {
    return this.kept.find(each => each.name === name);
  }

  /** The one object that everybody here follows the job by. */
  of(job: Job): FollowedJob {
    const known = this.get(job.name);
    if (known) {
      return known;
    }
    const followed = new FollowedJob(job);
    this.onNew(followed);
    this.kept = [followed, ...this.kept];
    return followed;
  }

  update(jobs: readonly Job[]): void {
    for (const job of jobs) {
      this.get(job.name)?.update(job);
    }
  }

  /** Whatever the user looks at, until it has ended. */
  watch(followed: FollowedJob, isWanted: boolean): void {
    if (isWanted) {
      this.watched.add(followed);
    } else {
      this.watched.delete(followed);
    }
  }

  /** Kept for a panel, `who`, until it leaves. */
  open(followed: FollowedJob, who: object): void {
    this.opened.set(who, (this.opened.get(who) ?? new Set()).add(followed));
  }

  /** Whether somebody looks at the panel. */
  look(who: object, isLooking: boolean): void {
    if (isLooking) {
      this.looking.add(who);
    } else {
      this.looking.delete(who);
    }
  }

  leave(who: object): void {
    this.opened.delete(who);
    this.looking.delete(who);
  }

  /** Listens to what is looked at, and to nothing else. */
  settle(selected: FollowedJob | null, isVisible: boolean): void {
    const wanted = new Set(this.watched);
    if (isVisible && selected) {
      wanted.add(selected);
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
    const isNeeded = (each: FollowedJob) => wanted.has(each) || inPanels.has(each) || each === selected;
    this.kept = this.kept.filter((each, i) => i < KEPT || isNeeded(each));
  }

  forget(): void {
    this.kept = [];
    this.watched.clear();
  }

  private kept: FollowedJob[] = [];
  private watched = new Set<FollowedJob>();
  /** Jobs of panels, seen or not. */
  private opened = new Map<object, Set<FollowedJob>>();
  private looking = new Set<object>();
}
