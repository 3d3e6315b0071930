import { describe, expect, it } from 'vitest';
import { aJob } from '../testing/jobs';
import { aMetric, aPanel } from '../testing/panel';
import { csv, csvOfTable } from './csv';
import { extremesOf, ITableWish, tableOf } from './rows';

const wish = (changes: Partial<ITableWish> = {}): ITableWish => ({
  statistic: 'last',
  onlyDiffering: false,
  sort: null,
  locale: 'en',
  word: key => key,
  titleOf: job => job.display_name,
  seconds: () => NaN,
  duration: String,
  ...changes
});
const { jobs } = aPanel();
const names = (sort: ITableWish['sort']) => tableOf(jobs, wish({ sort })).rows.map(row => row.job.name);

describe('tableOf', () => {
  it('puts what differs first, and marks it', () => {
    const { columns } = tableOf(jobs, wish());
    expect(columns.map(column => column.id)).toEqual([
      'job',
      'status',
      'p:lr',
      'p:opt',
      'p:seed',
      'm:loss',
      'duration'
    ]);
    expect(columns.filter(column => column.differs).map(column => column.title)).toEqual(['lr', 'opt']);
    expect(tableOf(jobs, wish({ onlyDiffering: true })).columns.map(column => column.id)).not.toContain(
      'p:seed'
    );
  });

  it('sorts numbers as numbers, and what is missing last either way', () => {
    expect(names({ column: 'p:lr', down: false })).toEqual(['b', 'a', 'c']);
    expect(names({ column: 'm:loss', down: false })).toEqual(['b', 'a', 'c']);
    expect(names({ column: 'm:loss', down: true })).toEqual(['a', 'b', 'c']);
    expect(names({ column: 'p:opt', down: true })).toEqual(['b', 'a', 'c']);
    expect(names({ column: 'gone', down: true })).toEqual(['a', 'b', 'c']);
  });

  it('shows the last, lowest or highest', () => {
    const one = [aJob('a', { metrics: [aMetric('loss', 2, 1, 9)] })];
    const text = (statistic: ITableWish['statistic']) =>
      tableOf(one, wish({ statistic })).rows[0].cells.find((_, i) => i === 2)!.text;
    expect([text('last'), text('min'), text('max')]).toEqual(['2', '1', '9']);
  });

  it('tells the extremes of a metric, where jobs differ in it', () => {
    expect(extremesOf(tableOf(jobs, wish()))[5]).toEqual({ low: 1, high: 3 });
    expect(extremesOf(tableOf(jobs.slice(0, 1), wish()))[5]).toBeNull();
  });

  it('takes values as JSON has them', () => {
    const odd = [aJob('a', { parameters: { n: { $float: 'NaN' }, list: [1, 'x'], none: null } as never })];
    const cells = tableOf(odd, wish()).rows[0].cells.map(cell => cell.text);
    expect(cells.slice(2, 5)).toEqual(['NaN', '[1,"x"]', 'null']);
  });
});

describe('csv', () => {
  it('quotes what needs it, and disarms formulas', () => {
    expect(csv([['a,b', '"c"', 'd\ne', '=1+1', '-5', -5, undefined]])).toBe(
      '\ufeff"a,b","""c""","d\ne",\'=1+1,-5,-5,\r\n'
    );
  });

  it('has the numbers of the table in full', () => {
    const exact = [aJob('a', { display_name: 'x', metrics: [aMetric('loss', 0.123456789)] })];
    expect(csvOfTable(tableOf(exact, wish())).split('\r\n')[1]).toBe('a,x,Running,0.123456789,');
  });
});
