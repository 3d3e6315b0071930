import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, jobPath, Request } from '../api/request';
import type { PageSeries, Series } from '../api/types';
import type { ILine } from '../chart/buffer';
import { isOwnMetric, toNumber } from '../chart/series';
import { summariesOf } from '../job/summaries';
import type { FollowedJob } from '../jobs/followed';
import { isTerminal } from '../ui/status';
import type { IWords } from '../ui/words';
import { Axis, IAnswer, IView, IWatchState, metricsOf, PanelJob } from '../watch/state';
import { labelsOf } from './labels';

/** Milliseconds between two looks at the curves of running jobs. */
const PAUSE = 1_500;
/** Charts that are drawn until somebody chooses. */
const FIRST = 6;
const POINTS = 5_000;
const EPOCH = 'epoch';

/** The curves of jobs, read from the server and drawn by the panel that the widgets draw. */
export class CurvesSource {
  error: AzmlError | null = null;

  constructor(
    private followed: readonly FollowedJob[],
    private request: Request,
    words: IWords
  ) {
    this.labels = labelsOf(words);
    this.jobs = this.shownJobs();
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get state(): IWatchState {
    return {
      jobs: this.jobs,
      curves: this.curves,
      detail: this.detail,
      view: this.view,
      labels: this.labels,
      live: true,
      problem: this.error ? [this.error.message, this.error.hint].filter(Boolean).join(' ') : ''
    };
  }

  /** Whether somebody looks. */
  set isSeen(isSeen: boolean) {
    if (isSeen === this._isSeen) {
      return;
    }
    this._isSeen = isSeen;
    for (const each of this.followed) {
      if (isSeen) {
        each.changed.connect(this.onFollowed, this);
      } else {
        each.changed.disconnect(this.onFollowed, this);
      }
    }
    window.clearTimeout(this.timer);
    this.timer = 0;
    if (isSeen) {
      void this.read();
    }
  }

  setView(changes: Partial<IView>): void {
    const before = this.view;
    this.view = { ...before, ...changes };
    this._changed.emit();
    if ('keys' in changes || 'axis' in changes) {
      this.whole.clear();
      void this.read();
    } else if ('zoom' in changes) {
      void this.readDetail();
    }
  }

  async read(): Promise<void> {
    window.clearTimeout(this.timer);
    this.timer = 0;
    const mine = ++this.turn;
    const { keys, axis } = this;
    try {
      const wanted = this.followed.filter(
        each => !this.whole.has(each.name) || !isTerminal(each.job.status) || this.stale.has(each)
      );
      this.stale.clear();
      const lines = await Promise.all(wanted.map(each => this.ask(each, keys, axis, null)));
      if (mine !== this.turn) {
        return;
      }
      wanted.forEach((each, i) => this.whole.set(each.name, lines[i]));
      this.curves = { keys, axis, zoom: null, lines: Object.fromEntries(this.whole) };
      // Another list: then more is drawn anew than the curves.
      this.jobs = this.shownJobs();
      this.error = null;
    } catch (reason) {
      if (mine !== this.turn) {
        return;
      }
      this.error = AzmlError.of(reason);
    }
    this._changed.emit();
    if (this.view.zoom) {
      await this.readDetail();
    }
  }

  private async readDetail(): Promise<void> {
    const { zoom } = this.view;
    if (!zoom) {
      this.detail = {};
      this._changed.emit();
      return;
    }
    const { keys, axis } = this;
    try {
      const lines = await Promise.all(this.followed.map(each => this.ask(each, keys, axis, zoom)));
      if (this.view.zoom === zoom) {
        const byJob = Object.fromEntries(this.followed.map((each, i) => [each.name, lines[i]]));
        this.detail = { keys, axis, zoom, lines: byJob };
        this._changed.emit();
      }
    } catch (reason) {
      this.error = AzmlError.of(reason);
      this._changed.emit();
    }
  }

  private async ask(
    { job }: FollowedJob,
    keys: readonly string[],
    axis: Axis,
    zoom: readonly [number, number] | null
  ): Promise<Record<string, ILine>> {
    if (keys.length === 0) {
      return {};
    }
    const isOverSteps = axis === 'step' || axis === EPOCH;
    const began = axis === 'relative' ? Date.parse(job.started ?? job.created) : 0;
    const [start, end] =
      zoom && axis !== EPOCH ? zoom.map(each => (isOverSteps ? each : each * 1000 + began)) : [];
    const wanted = axis === EPOCH ? [...new Set([...keys, EPOCH])] : keys;
    const { items } = await this.request<PageSeries>(jobPath(job.name, 'series'), {
      query: {
        key: wanted,
        axis: isOverSteps ? 'step' : 'time',
        most: Math.max(100, Math.min(1_000, Math.round(POINTS / this.followed.length))),
        start,
        end
      }
    });
    const found = new Map(items.map(series => [series.key, series]));
    const epochs = found.get(EPOCH);
    const lines: Record<string, ILine> = {};
    for (const key of keys) {
      const series = found.get(key);
      if (series) {
        const x = xOf(series, axis, began, epochs);
        if (x) {
          lines[key] = lineOf(x, series);
        }
      }
    }
    return lines;
  }

  private get keys(): string[] {
    if (this.view.keys) {
      return this.view.keys;
    }
    const all = metricsOf(this.shownJobs()).filter(key => key !== EPOCH);
    const own = all.filter(isOwnMetric);
    return (own.length ? own : all).slice(0, FIRST);
  }

  private get axis(): Axis {
    return this.view.axis ?? 'step';
  }

  private shownJobs(): PanelJob[] {
    return this.followed.map(each => ({ ...each.job, progress: each.progress, metrics: summariesOf(each) }));
  }

  private onFollowed(followed: FollowedJob): void {
    this.stale.add(followed);
    if (this._isSeen && this.timer === 0) {
      this.timer = window.setTimeout(() => void this.read(), PAUSE);
    }
  }

  private labels: Record<string, string>;
  private jobs: PanelJob[];
  private curves: Partial<IAnswer> = {};
  private detail: Partial<IAnswer> = {};
  private view: IView = {};
  private whole = new Map<string, Record<string, ILine>>();
  private stale = new Set<FollowedJob>();
  private turn = 0;
  private timer = 0;
  private _isSeen = false;
  private _changed = new Signal<this, void>(this);
}

function xOf(series: Series, axis: Axis, began: number, epochs: Series | undefined): number[] | null {
  if (axis === 'step') {
    return series.x;
  }
  if (axis !== EPOCH) {
    return series.x.map(each => (each - began) / 1000);
  }
  if (!epochs) {
    return null;
  }
  const byStep = new Map(epochs.x.map((step, i) => [step, toNumber(epochs.values[i])]));
  return series.x.map(step => byStep.get(step) ?? NaN);
}

/** What stands nowhere on the axis is left out. */
function lineOf(x: number[], series: Series): ILine {
  const kept = x.flatMap((each, i) => (Number.isFinite(each) ? [i] : []));
  return {
    x: Float64Array.from(kept, i => x[i]).buffer,
    y: Float64Array.from(kept, i => toNumber(series.values[i])).buffer,
    count: series.count,
    reduced: series.is_reduced
  };
}
