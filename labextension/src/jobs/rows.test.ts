import { describe, expect, it } from 'vitest';
import { aJob } from '../testing/jobs';
import { flatRows, groupedRows, rowAt, startsOf } from './rows';

const jobs = [
  aJob('d', { experiment: 'two' }),
  aJob('c', { experiment: 'one' }),
  aJob('b', { experiment: 'two' }),
  aJob('a', { experiment: 'one' })
];

describe('rows of jobs', () => {
  it('stand below their experiments, the one with the newest job first', () => {
    const rows = groupedRows(jobs, new Set());
    expect(rows.map(row => (row.kind === 'job' ? row.job.name : `${row.experiment} ${row.count}`))).toEqual([
      'two 2',
      'd',
      'b',
      'one 2',
      'c',
      'a'
    ]);
  });

  it('are hidden in an experiment that is closed', () => {
    const rows = groupedRows(jobs, new Set(['two']));
    expect(rows.map(row => row.key)).toEqual(['experiment/two', 'experiment/one', 'c', 'a']);
  });

  it('are found by their place', () => {
    const rows = groupedRows(jobs, new Set());
    const starts = startsOf(rows);
    expect(starts).toEqual([0, 1, 3, 5, 6, 8, 10]);
    expect([0, 1, 2, 3, 5, 6, 9, 99].map(unit => rowAt(starts, unit))).toEqual([0, 1, 1, 2, 3, 4, 5, 5]);
  });

  it('are none where there are no jobs', () => {
    expect(startsOf(flatRows([]))).toEqual([0]);
    expect(rowAt([0], 5)).toBe(0);
  });
});
