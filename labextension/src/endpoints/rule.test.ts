import { describe, expect, it } from 'vitest';
import type { AlertRule } from '../api/types';
import { draftOf, faultOf, newRule, ruleOf, withMetric } from './rule';

describe('a rule as it is typed', () => {
  it('has limits in the units of people, and the server gets its own', () => {
    const draft = { ...newRule(), name: ' slow ', limit: 250 };
    expect(ruleOf(draft, 'churn')).toMatchObject({
      name: 'slow',
      endpoint: 'churn',
      threshold: 0.25,
      quantile: 0.95,
      window: 300,
      hold: 0
    });
    expect(ruleOf({ ...withMetric(draft, 'errors'), limit: 5 }, 'churn').threshold).toBe(0.05);
    expect(ruleOf(withMetric(draft, 'silence'), 'churn').threshold).toBe(null);
    expect(ruleOf(withMetric(draft, 'drift'), 'churn')).toMatchObject({ threshold: null, window: 86_400 });
  });

  it('comes back as it was typed', () => {
    for (const limit of [250, 0.1, 1234.5]) {
      const rule = ruleOf(
        { ...newRule(), name: 'slow', limit, quantile: 99.9, minutes: 7, hold: 2 },
        'churn'
      );
      const again = draftOf({ ...rule, created: null } as AlertRule);
      expect(again).toMatchObject({ limit, quantile: 99.9, minutes: 7, hold: 2 });
    }
  });

  it('is refused for what a look at it shows', () => {
    const good = { ...newRule(), name: 'slow' };
    const faults = (change: object) => faultOf({ ...good, ...change }, ['Taken']);
    expect(faults({})).toBe(null);
    expect(faults({ name: '<b>' })).toBe('name');
    expect(faults({ name: 'taken' })).toBe('taken');
    expect(faults({ limit: null })).toBe('limit');
    expect(faults({ limit: -1 })).toBe('limit');
    expect(faults({ limit: NaN })).toBe('limit');
    expect(faults({ metric: 'errors', limit: 100 })).toBe('errors');
    expect(faults({ quantile: NaN })).toBe('quantile');
    expect(faults({ minutes: null })).toBe('minutes');
    expect(faults({ minutes: 1e9 })).toBe('minutes');
    expect(faults({ hold: -1 })).toBe('hold');
    expect(faults({ metric: 'drift', limit: null })).toBe('baseline');
    expect(faults({ webhook: 'javascript:alert(1)' })).toBe('webhook');
    expect(faults({ webhook: 'https://example.org/hook' })).toBe(null);
  });
});
