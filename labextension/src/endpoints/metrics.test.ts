import { describe, expect, it } from 'vitest';
import type { EndpointMetrics } from '../api/types';
import { courseOf, pauseOf } from './metrics';

describe('the course of the figures', () => {
  it('is in the units that are shown, with gaps where nobody asked', () => {
    const point = { start: '2026-01-01T00:00:00Z', requests: 2, requests_per_second: 0.5, success_rate: 0.5 };
    const quiet = { start: '2026-01-01T00:00:05Z', requests_per_second: 0, success_rate: null };
    const metrics = {
      points: [
        { ...point, latency_p50: 0.01, latency_p95: 0.02, latency_p99: 0.03 },
        { ...quiet, latency_p50: null, latency_p95: null, latency_p99: null }
      ]
    } as unknown as EndpointMetrics;
    const { times, measures } = courseOf(metrics);
    expect(times[1] - times[0]).toBe(5);
    expect(Object.fromEntries(measures.map(each => [each.id, each.values]))).toEqual({
      rate: [0.5, 0],
      success: [50, null],
      p50: [10, null],
      p95: [20, null],
      p99: [30, null]
    });
  });

  it('of weeks is not read by the second', () => {
    expect([300, 3_600, 2_592_000].map(pauseOf)).toEqual([3_000, 18_000, 60_000]);
  });
});
