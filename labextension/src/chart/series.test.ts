import { describe, expect, it } from 'vitest';
import { plottable, Series } from './series';

describe('plottable', () => {
  it('leaves gaps where there is no number', () => {
    expect(plottable([1, 2, 3], [1, NaN, Infinity])).toEqual([
      [1, 2, 3],
      [1, null, null]
    ]);
  });

  it('counts the points when steps do not rise', () => {
    expect(plottable([0, 0, 0], [5, 6, 7])[0]).toEqual([1, 2, 3]);
  });

  it('keeps a spike when it thins', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => (i === 4321 ? 99 : i % 7 === 0 ? NaN : 0));
    const [x, y] = plottable(
      values.map((_, i) => i),
      values
    );
    expect(y.length).toBeLessThan(700);
    expect(x[y.indexOf(99)]).toBe(4321);
    expect(x[x.length - 1]).toBe(9999);
  });
});

describe('Series', () => {
  it('is bounded', () => {
    const series = new Series();
    for (let i = 0; i < 50_000; i++) {
      series.add(i, i);
    }
    expect(series.values.length).toBeLessThanOrEqual(20_000);
    expect(series.count).toBe(50_000);
    expect(series.last).toBe(49_999);
  });
});
