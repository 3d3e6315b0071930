import type { IDisposable } from '@lumino/disposable';
import type { JobsListener, Stream } from '../api/stream';
import type { FollowedJob } from './followed';

/** What the page listens to: takes up what is wanted now, leaves what no longer is. */
export class Attention {
  constructor(private stream: Pick<Stream, 'follow' | 'list'>) {}

  list(isWanted: boolean, listener: JobsListener): void {
    if (isWanted !== (this.listing !== null)) {
      this.listing?.dispose();
      this.listing = isWanted ? this.stream.list(listener) : null;
    }
  }

  follow(wanted: ReadonlySet<FollowedJob>): void {
    for (const [followed, subscription] of [...this.following]) {
      if (!wanted.has(followed)) {
        this.following.delete(followed);
        subscription.dispose();
      }
    }
    for (const followed of wanted) {
      if (!this.following.has(followed)) {
        this.following.set(followed, this.stream.follow(followed));
      }
    }
  }

  private following = new Map<FollowedJob, IDisposable>();
  private listing: IDisposable | null = null;
}
