import type { MetricSummary } from '../api/types';
import { toNumber, type Series } from '../chart/series';
import type { FollowedJob } from '../jobs/followed';

/** What each metric was at last and how far it went; of a running job, as far as its events told. */
export function summariesOf(followed: FollowedJob): MetricSummary[] {
  const known = new Map<string, MetricSummary>(
    followed.job.metrics.map(metric => [metric.key, finite(metric)])
  );
  for (const [key, series] of followed.series) {
    const before = known.get(key);
    if (!before || series.count > before.count) {
      known.set(key, summaryOf(key, series));
    }
  }
  return [...known.values()];
}

function finite(metric: MetricSummary): MetricSummary {
  const { last, min, max } = metric;
  return { ...metric, last: toNumber(last), min: toNumber(min), max: toNumber(max) };
}

function summaryOf(key: string, series: Series): MetricSummary {
  const { steps, values } = series;
  let [min, max] = [NaN, NaN];
  for (const value of values) {
    // Nothing compares with NaN: what is a number comes first.
    if (!(value >= min)) min = Number.isNaN(value) ? min : value;
    if (!(value <= max)) max = Number.isNaN(value) ? max : value;
  }
  return { key, last: series.last, min, max, count: series.count, step: steps[steps.length - 1] };
}
