import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it, vi } from 'vitest';
import type { Comparison } from '../api/types';
import { pointsOf } from '../chart/buffer';
import { FollowedJob } from '../jobs/followed';
import { aJob } from '../testing/jobs';
import { aMetric } from '../testing/panel';
import { CurvesSource } from './curves';
import { partsOf } from './table';

const trans = nullTranslator.load('jupyter_azml');
const words = { trans, locale: 'en' };

const comparison: Comparison = {
  jobs: ['a', 'b'],
  titles: ['A', 'B'],
  facts: [
    { kind: 'about', name: 'status', values: ['Completed', 'NotResponding'], differs: true },
    { kind: 'about', name: 'seconds', values: [61, null], differs: true },
    { kind: 'parameter', name: 'lr', values: [0.1, 0.1], differs: false }
  ],
  metrics: [
    { key: 'system/cpu', summaries: [aMetric('system/cpu', 3), null] },
    { key: 'loss', summaries: [aMetric('loss', 0.5, 0.25, 1), aMetric('loss', 0.5, 0.1, 2)] }
  ],
  changes: []
};

describe('partsOf', () => {
  it('has a part for each kind, those that are empty left out, and the machine last', () => {
    const parts = partsOf(comparison, trans, 'en');
    expect(parts.map(part => part.id)).toEqual(['about', 'parameter', 'metric', 'machine']);
    const [about, parameter, metric, machine] = parts;
    expect(about.rows[0].cells.map(cell => cell.text)).toEqual(['Completed', 'Not responding']);
    expect(about.rows[1].cells.map(cell => cell.text)).toEqual(['1m 1s', '']);
    expect(parameter.rows[0].differs).toBe(false);
    expect(metric.rows[0].cells[0]).toEqual({ text: '0.5', detail: '0.25 to 1' });
    expect(metric.rows[0].differs).toBe(false);
    expect(machine.rows[0].differs).toBe(true);
  });
});

describe('CurvesSource', () => {
  const aSource = (items: unknown[]) => {
    const request = vi.fn(async () => ({ items, continuation: null }));
    const job = aJob('a', {
      started: '2026-01-01T00:00:10Z',
      metrics: [aMetric('loss', 1), aMetric('system/cpu', 1)],
      status: 'Completed'
    });
    return { request, source: new CurvesSource([new FollowedJob(job)], request as never, words) };
  };
  const aSeries = (key: string, x: number[], values: unknown[]) => ({
    key,
    axis: 'step',
    x,
    values,
    count: x.length,
    last: 0,
    is_reduced: false,
    is_complete: true
  });

  it('draws what the code measured until somebody chooses', async () => {
    const { request, source } = aSource([aSeries('loss', [0, 1], [2, 'NaN'])]);
    await source.read();
    expect(request).toHaveBeenCalledWith('jobs/a/series', {
      query: expect.objectContaining({ key: ['loss'], axis: 'step' })
    });
    const { y } = pointsOf(source.state.curves.lines!.a.loss);
    expect([...y]).toEqual([2, NaN]);
  });

  it('counts seconds from the start of the job', async () => {
    const { request, source } = aSource([aSeries('loss', [Date.parse('2026-01-01T00:00:15Z')], [2])]);
    source.setView({ axis: 'relative' });
    await vi.waitFor(() => expect(source.state.curves.axis).toBe('relative'));
    expect(request).toHaveBeenCalledWith('jobs/a/series', {
      query: expect.objectContaining({ axis: 'time' })
    });
    expect([...pointsOf(source.state.curves.lines!.a.loss).x]).toEqual([5]);
  });

  it('takes epochs from the metric of that name, by step', async () => {
    const { source } = aSource([aSeries('loss', [0, 10, 20], [3, 2, 1]), aSeries('epoch', [0, 20], [0, 1])]);
    source.setView({ axis: 'epoch' });
    await vi.waitFor(() => expect(source.state.curves.axis).toBe('epoch'));
    expect([...pointsOf(source.state.curves.lines!.a.loss).x]).toEqual([0, 1]);
  });
});
