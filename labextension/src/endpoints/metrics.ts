import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError } from '../api/errors';
import type { Request } from '../api/request';
import type { EndpointMetrics } from '../api/types';
import { Poll } from '../ui/poll';
import { endpointPath } from './names';

/** Seconds that can be looked back; figures are kept for 35 days. */
export const WINDOWS = [300, 3_600, 21_600, 86_400, 604_800, 2_592_000] as const;
export type Window = (typeof WINDOWS)[number];

/** A line of a chart. */
export interface IMeasure {
  id: 'rate' | 'success' | 'p50' | 'p95' | 'p99';
  /** In the unit that is shown: per second, per cent, milliseconds. Null where nobody asked. */
  values: (number | null)[];
}

export interface ICourse {
  /** Seconds since 1970: the begin of each point. */
  times: number[];
  measures: IMeasure[];
}

/** The figures of an endpoint over some time, read anew while somebody looks. */
export class MetricsLook {
  metrics: EndpointMetrics | null = null;
  error: AzmlError | null = null;
  window: Window = 3_600;
  /** "": all together. */
  deployment = '';

  constructor(
    private request: Request,
    readonly endpoint: string
  ) {
    this.poll = new Poll(() => this.read());
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  setVisible(isVisible: boolean): void {
    this.poll.isOn = isVisible;
  }

  choose(change: { window?: Window; deployment?: string }): void {
    Object.assign(this, change);
    this._changed.emit();
    this.poll.now();
  }

  dispose(): void {
    this.poll.isOn = false;
    Signal.clearData(this);
  }

  private async read(): Promise<number> {
    const { window, deployment } = this;
    try {
      const metrics = await this.request<EndpointMetrics>(endpointPath(this.endpoint, 'metrics'), {
        query: { window, deployment: deployment || null }
      });
      // Meanwhile another window may have been chosen.
      if (window === this.window && deployment === this.deployment) {
        this.metrics = metrics;
        this.error = null;
      }
    } catch (reason) {
      this.error = AzmlError.of(reason);
    }
    this._changed.emit();
    return pauseOf(window);
  }

  private poll: Poll;
  private _changed = new Signal<this, void>(this);
}

/** Milliseconds: what spans weeks does not change by the second. */
export const pauseOf = (window: number): number => Math.min(60_000, Math.max(3_000, window * 5));

/** The points of the figures as lines over time. */
export function courseOf(metrics: EndpointMetrics): ICourse {
  const { points } = metrics;
  const milliseconds = (value: number | null) => (value === null ? null : value * 1000);
  return {
    times: points.map(point => Date.parse(point.start) / 1000),
    measures: [
      { id: 'rate', values: points.map(point => point.requests_per_second) },
      {
        id: 'success',
        values: points.map(point => (point.success_rate === null ? null : point.success_rate * 100))
      },
      { id: 'p50', values: points.map(point => milliseconds(point.latency_p50)) },
      { id: 'p95', values: points.map(point => milliseconds(point.latency_p95)) },
      { id: 'p99', values: points.map(point => milliseconds(point.latency_p99)) }
    ]
  };
}
