import { describe, expect, it } from 'vitest';
import { drawable, extremes, nearest } from './drawable';
import { lonely } from './plot';

const curve = (x: number[], y: number[]) => ({ x: Float64Array.from(x), y: Float64Array.from(y) });

describe('drawable', () => {
  it('leaves gaps for what is no number, and counts it', () => {
    const { y, smooth, notFinite, notPositive } = drawable(curve([0, 1, 2], [1, NaN, Infinity]), 0, false);
    expect([y, smooth, notFinite, notPositive]).toEqual([[1, null, null], null, 2, 0]);
  });

  it('says what a logarithmic axis cannot show', () => {
    const { y, notPositive } = drawable(curve([0, 1, 2], [1, 0, -3]), 0, true);
    expect([y, notPositive]).toEqual([[1, null, null], 2]);
  });

  it('has a smooth line beside the values, and counts nothing twice', () => {
    const { y, smooth, notFinite } = drawable(curve([0, 1, 2], [1, NaN, 2]), 0.5, false);
    expect(y).toEqual([1, null, 2]);
    expect(smooth![2]).toBeCloseTo(5 / 3);
    expect(notFinite).toBe(1);
  });
});

describe('extremes', () => {
  it('are those of what is in sight', () => {
    const line = drawable(curve([0, 1, 2, 3], [9, 2, NaN, -9]), 0, false);
    expect(extremes(line, 0, 3)).toEqual([-9, 9]);
    expect(extremes(line, 0.5, 2)).toEqual([2, 2]);
    expect(extremes(line, 5, 6)).toEqual([Infinity, -Infinity]);
  });
});

describe('nearest', () => {
  it('finds the point of a line that has none just there', () => {
    expect(nearest([0, 10], [1, 2], 4.4, 1)).toBe(0);
    expect(nearest([0, 10], [1, 2], 5.6, 1)).toBe(1);
    expect(nearest([0, 4, 10], [1, null, 2], 4.4, 1)).toBe(0);
  });

  it('finds nothing past the ends of a line, but for a little', () => {
    expect(nearest([4, 5, 6], [1, 2, 3], 9, 1)).toBeNull();
    expect(nearest([4, 5, 6], [1, 2, 3], 6.5, 1)).toBe(2);
    expect(nearest([4, 5, 6], [1, 2, 3], 0, 1)).toBeNull();
    expect(nearest([], [], 0, 1)).toBeNull();
  });
});

describe('lonely', () => {
  it('finds points that no line would show', () => {
    expect(lonely([1, null, 2, 3, null, 4])).toEqual([0, 5]);
  });
});
