import { describe, expect, it } from 'vitest';
import { aJob } from '../testing/jobs';
import { admission, countOf, IJobFilter, isEmptyFilter, NO_FILTER, queryOf } from './filter';

const job = aJob('neat_fox', {
  display_name: 'Train <b>',
  experiment: 'Digits',
  status: 'Failed',
  tags: { Team: 'Blue' },
  created: new Date(Date.now() - 2 * 3_600_000).toISOString()
});
const asked = (change: Partial<IJobFilter>) => admission({ ...NO_FILTER, ...change })(job);

describe('the filter of jobs', () => {
  it('admits what the server would', () => {
    expect(asked({})).toBe(true);
    expect(asked({ text: ' TRAIN <B ' })).toBe(true);
    expect(asked({ text: 'digits' })).toBe(true);
    expect(asked({ status: 'Failed', experiment: 'digits', tag: 'team=blue', age: '24h' })).toBe(true);
    expect(asked({ tag: 'TEAM' })).toBe(true);
  });

  it.each<Partial<IJobFilter>>([
    { text: 'fox in socks' },
    { status: 'active' },
    { status: 'Completed' },
    { experiment: 'digit' },
    { tag: 'team=red' },
    { tag: 'owner' },
    { age: '1h' },
    { isArchived: true }
  ])('keeps out what it would: %o', change => {
    expect(asked(change)).toBe(false);
  });

  it('asks the server for nothing that is empty', () => {
    expect(isEmptyFilter({ ...NO_FILTER, text: '  ' })).toBe(true);
    expect(Object.values(queryOf(NO_FILTER)).flat().filter(Boolean)).toEqual([]);
    expect(countOf({ ...NO_FILTER, status: 'Failed', isArchived: true })).toBe(2);
  });

  it('names every status that has no end', () => {
    expect(queryOf({ ...NO_FILTER, status: 'active' }).status).toContain('Queued');
    expect(queryOf({ ...NO_FILTER, status: 'active' }).status).not.toContain('Completed');
  });
});
