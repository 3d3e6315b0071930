import { ISignal, Signal } from '@lumino/signaling';
import type { Request } from '../api/request';
import type { Comparison } from '../api/types';
import { Asked } from '../job/asked';
import type { FollowedJob } from '../jobs/followed';
import { isTerminal } from '../ui/status';
import type { IWords } from '../ui/words';
import { CurvesSource } from './curves';

/** Milliseconds between two looks at what running jobs have measured. */
const PAUSE = 4_000;

/** Jobs side by side: what they were given, what they measured, and how their code differs. */
export class ComparisonModel {
  readonly comparison: Asked<Comparison>;
  readonly curves: CurvesSource;

  constructor(
    readonly followed: readonly FollowedJob[],
    request: Request,
    words: IWords
  ) {
    this.comparison = new Asked(() =>
      request<Comparison>('compare', { query: { job: followed.map(each => each.name) } })
    );
    this.curves = new CurvesSource(followed, request, words);
  }

  /** A job's state, or what was read, is another one. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Whether somebody looks. */
  set isSeen(isSeen: boolean) {
    if (isSeen === this._isSeen) {
      return;
    }
    this._isSeen = isSeen;
    const act = isSeen ? 'connect' : 'disconnect';
    this.comparison.changed[act](this.onAnswer, this);
    this.followed.forEach(each => each.changed[act](this.onFollowed, this));
    window.clearTimeout(this.timer);
    this.timer = 0;
    if (isSeen) {
      void this.comparison.load();
    }
  }

  private onAnswer(): void {
    this._changed.emit();
  }

  private onFollowed(followed: FollowedJob): void {
    const { status } = followed.job;
    const isNew = this.known.get(followed.name) !== status;
    this.known.set(followed.name, status);
    this._changed.emit();
    if (isNew && isTerminal(status)) {
      void this.comparison.load();
    } else if (!isTerminal(status) && this.timer === 0) {
      this.timer = window.setTimeout(() => {
        this.timer = 0;
        void this.comparison.load();
      }, PAUSE);
    }
  }

  private _isSeen = false;
  private known = new Map<string, string>();
  private timer = 0;
  private _changed = new Signal<this, void>(this);
}
