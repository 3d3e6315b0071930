import type { ILine } from '../chart/buffer';
import type { IWatchState, PanelJob } from '../watch/state';
import { aJob } from './jobs';

export const aLine = (x: number[], y: number[]): ILine => ({
  x: Float64Array.from(x).buffer,
  y: Float64Array.from(y).buffer,
  count: x.length,
  reduced: false
});

export function aMetric(key: string, last: number, low = last, high = last) {
  return { key, last, min: low, max: high, count: 3, step: 2 };
}

/** Three jobs with a curve each. */
export function aPanel(changes: Partial<IWatchState> = {}): IWatchState {
  const jobs: PanelJob[] = [
    aJob('a', {
      display_name: 'one',
      parameters: { lr: 0.1, seed: 1, opt: 'adam' },
      metrics: [aMetric('loss', 3)]
    }),
    aJob('b', {
      display_name: 'two',
      parameters: { lr: 0.01, seed: 1, opt: 'sgd' },
      metrics: [aMetric('loss', 1)]
    }),
    aJob('c', { display_name: 'three', parameters: { lr: 1, seed: 1 }, status: 'Completed', metrics: [] })
  ];
  const lines = { a: { loss: aLine([0, 1], [4, 3]) }, b: { loss: aLine([0, 1], [2, 1]) }, c: {} };
  return {
    jobs,
    curves: { keys: ['loss'], axis: 'step', zoom: null, lines },
    detail: {},
    view: {},
    labels: { locale: 'en' },
    live: true,
    problem: '',
    ...changes
  };
}
