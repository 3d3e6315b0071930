import { describe, expect, it } from 'vitest';
import { smoothed } from './smooth';

describe('smoothed', () => {
  it('leaves values alone without a weight', () => {
    expect([...smoothed([3, 1, 2], 0)]).toEqual([3, 1, 2]);
  });

  it('begins at the first value, as TensorBoard does', () => {
    const [first, second, third] = smoothed([10, 20, 20], 0.9);
    expect(first).toBeCloseTo(10);
    expect(second).toBeCloseTo((0.9 * 1 + 0.1 * 20) / (1 - 0.81));
    expect(third).toBeGreaterThan(second);
  });

  it('keeps a constant, to the last digit that is seen', () => {
    smoothed(new Array(1000).fill(0.3), 0.99).forEach(value => expect(value).toBeCloseTo(0.3, 12));
  });

  it('steps over what is not a number', () => {
    const [first, gap, hole, last] = smoothed([4, NaN, Infinity, 4], 0.6);
    expect([first, gap, hole]).toEqual([4, NaN, Infinity]);
    expect(last).toBeCloseTo(4);
  });
});
