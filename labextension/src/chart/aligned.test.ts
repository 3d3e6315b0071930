import { describe, expect, it } from 'vitest';
import { aligned, nearest } from './aligned';
import { lonely } from './plot';

const curve = (x: number[], y: number[]) => ({ x: Float64Array.from(x), y: Float64Array.from(y) });

describe('aligned', () => {
  it('puts curves of different steps on one axis, without a gap where only another has a point', () => {
    const { data } = aligned([curve([0, 2], [5, 6]), curve([1, 2, 3], [7, 8, 9])], 0, false);
    expect(data).toEqual([
      [0, 1, 2, 3],
      [5, undefined, 6, undefined],
      [undefined, 7, 8, 9]
    ]);
  });

  it('leaves gaps for what is no number, and counts it', () => {
    const { data, notFinite, notPositive } = aligned([curve([0, 1, 2], [1, NaN, Infinity])], 0, false);
    expect([data[1], notFinite, notPositive]).toEqual([[1, null, null], 2, 0]);
  });

  it('says what a logarithmic axis cannot show', () => {
    const { data, notPositive } = aligned([curve([0, 1, 2], [1, 0, -3])], 0, true);
    expect([data[1], notPositive]).toEqual([[1, null, null], 2]);
  });

  it('adds a smooth line to each, and counts nothing twice', () => {
    const { data, notFinite } = aligned([curve([0, 1], [1, NaN]), curve([0], [2])], 0.5, false);
    expect(data).toHaveLength(5);
    expect(notFinite).toBe(1);
  });

  it('has nothing to draw of nothing', () => {
    expect(aligned([], 0.5, true)).toEqual({ data: [[]], notFinite: 0, notPositive: 0 });
  });
});

describe('nearest', () => {
  const { data } = aligned([curve([0, 10], [1, 2]), curve([4, 5, 6], [1, 2, 3])], 0, false);

  it('finds the point of a line that has none just there', () => {
    const found = nearest(data, 1, 2, 4.4, 1);
    expect(data[0][found!]).toBe(0);
    expect(data[0][nearest(data, 1, 3, 5.6, 1)!]).toBe(10);
  });

  it('finds nothing past the ends of a line, but for a little', () => {
    expect(nearest(data, 2, 4, 9, 1)).toBeNull();
    expect(data[0][nearest(data, 2, 3, 6.5, 1)!]).toBe(6);
    expect(nearest(data, 2, 0, 0, 1)).toBeNull();
  });
});

describe('lonely', () => {
  it('finds points that no line would show, whatever other lines have between them', () => {
    const values = [1, undefined, null, 2, undefined, null, 3, undefined, 4];
    expect(lonely({ data: [[], values] } as never, 1)).toEqual([0, 3]);
  });
});
