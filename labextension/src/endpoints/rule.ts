import type { AlertRule } from '../api/types';

/** A rule as it is typed: limits in the units that people use. */
export interface IRuleDraft {
  name: string;
  metric: AlertRule['metric'];
  /** Milliseconds of latency, per cent of errors, a PSI of drift; unused for silence. */
  limit: number | null;
  /** Per cent of the requests, of the latency. */
  quantile: number;
  /** Minutes that are looked at; of silence, how long. */
  minutes: number | null;
  /** Minutes for which it has to be so. */
  hold: number | null;
  deployment: string;
  baseline: string;
  predictionColumn: string;
  webhook: string;
  command: string;
}

export const newRule = (): IRuleDraft => ({
  name: '',
  metric: 'latency',
  limit: 250,
  quantile: 95,
  minutes: 5,
  hold: 0,
  deployment: '',
  baseline: '',
  predictionColumn: '',
  webhook: '',
  command: ''
});

/** Another metric begins with limits that make sense for it. */
export function withMetric(draft: IRuleDraft, metric: IRuleDraft['metric']): IRuleDraft {
  const limits = { latency: 250, errors: 5, drift: null, silence: null };
  return { ...draft, metric, limit: limits[metric], minutes: metric === 'drift' ? 1_440 : 5 };
}

const SCALES = { latency: 1_000, errors: 100, drift: 1, silence: 1 };

export function draftOf(rule: AlertRule): IRuleDraft {
  const { threshold, metric } = rule;
  return {
    name: rule.name,
    metric,
    limit: threshold === null ? null : rounded(threshold * SCALES[metric]),
    quantile: rounded(rule.quantile * 100),
    minutes: rounded(rule.window / 60),
    hold: rounded(rule.hold / 60),
    deployment: rule.deployment,
    baseline: rule.baseline,
    predictionColumn: rule.prediction_column,
    webhook: rule.webhook,
    command: rule.command
  };
}

export function ruleOf(draft: IRuleDraft, endpoint: string): Omit<AlertRule, 'created'> {
  const isDrift = draft.metric === 'drift';
  const hasLimit = draft.metric !== 'silence' && draft.limit !== null;
  return {
    name: draft.name.trim(),
    endpoint,
    deployment: draft.deployment,
    metric: draft.metric,
    threshold: hasLimit ? rounded(draft.limit! / SCALES[draft.metric]) : null,
    quantile: draft.quantile / 100,
    window: (draft.minutes ?? 5) * 60,
    hold: (draft.hold ?? 0) * 60,
    baseline: isDrift ? draft.baseline.trim() : '',
    prediction_column: isDrift ? draft.predictionColumn.trim() : '',
    webhook: draft.webhook.trim(),
    command: draft.command.trim()
  };
}

export type Fault =
  'name' | 'limit' | 'errors' | 'minutes' | 'hold' | 'quantile' | 'baseline' | 'webhook' | 'taken';

/** What a look at the fields alone shows to be wrong; the first of it. */
export function faultOf(draft: IRuleDraft, taken: readonly string[]): Fault | null {
  const { metric, limit, minutes, hold, quantile } = draft;
  const name = draft.name.trim();
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)) {
    return 'name';
  }
  if (taken.some(each => each.toLowerCase() === name.toLowerCase())) {
    return 'taken';
  }
  if (
    metric === 'latency' || metric === 'errors'
      ? !(limit !== null && limit >= 0)
      : limit !== null && !(limit >= 0)
  ) {
    return 'limit';
  }
  if (metric === 'errors' && limit! >= 100) {
    return 'errors';
  }
  if (metric === 'latency' && !(quantile > 0 && quantile < 100)) {
    return 'quantile';
  }
  if (!(minutes !== null && minutes > 0 && minutes <= 35 * 1_440)) {
    return 'minutes';
  }
  if (hold !== null && !(hold >= 0 && hold <= 1_440)) {
    return 'hold';
  }
  if (metric === 'drift' && !draft.baseline.trim()) {
    return 'baseline';
  }
  return draft.webhook.trim() && !/^https?:\/\/[^\s/]+/i.test(draft.webhook.trim()) ? 'webhook' : null;
}

/** Without the last digits that dividing leaves. */
const rounded = (value: number): number => Number(value.toPrecision(12));
