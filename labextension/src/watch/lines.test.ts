import { describe, expect, it } from 'vitest';
import { aLine } from '../testing/panel';
import { Lines } from './lines';

const whole = (revision: number) => ({
  revision,
  lines: { a: { loss: aLine([0, 1], [5, 4]), 'val\nloss': aLine([0], [1]) } }
});
const news = (revision: number, parts: [string, string, number][], ...numbers: number[]) => ({
  revision,
  parts,
  points: new DataView(Float64Array.from(numbers).buffer)
});
const read = (lines: Lines, key: string) => {
  const curve = lines.of('a', key);
  return curve && [[...curve.x], [...curve.y]];
};

describe('Lines', () => {
  it('carries the whole on by what came since', () => {
    const lines = new Lines();
    lines.take(whole(1), news(1, [['a', 'loss', 2], ['a', 'val\nloss', 1]], 2, 3, 3, 2, 1, 0.5)); // prettier-ignore
    expect(read(lines, 'loss')).toEqual([[0, 1, 2, 3], [5, 4, 3, 2]]); // prettier-ignore
    expect(read(lines, 'val\nloss')).toEqual([[0, 1], [1, 0.5]]); // prettier-ignore
    expect(read(lines, 'other')).toBeUndefined();
  });

  it('leaves out what belongs to another whole', () => {
    const lines = new Lines();
    lines.take(whole(2), news(1, [['a', 'loss', 1]], 2, 3));
    expect(read(lines, 'loss')).toEqual([[0, 1], [5, 4]]); // prettier-ignore
  });
});
