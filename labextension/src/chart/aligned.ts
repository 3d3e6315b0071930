import uPlot from 'uplot';
import { smoothed } from './smooth';

export interface ICurve {
  x: Float64Array;
  y: Float64Array;
}

export interface IAligned {
  data: uPlot.AlignedData;
  /** Values that a logarithmic axis has no place for. */
  notPositive: number;
  notFinite: number;
}

/**
 * Curves of different lengths on one x, as uPlot wants them; with smoothing each has two lines, the values as they are
 * and the smooth one. Null is a gap, undefined a place where only another curve has a point.
 */
export function aligned(curves: ICurve[], smoothing: number, isLog: boolean): IAligned {
  let notPositive = 0;
  let notFinite = 0;
  const drawable = (values: Float64Array, counts: boolean) =>
    Array.from(values, value => {
      if (!Number.isFinite(value)) {
        notFinite += counts ? 1 : 0;
        return null;
      }
      if (isLog && value <= 0) {
        notPositive += counts ? 1 : 0;
        return null;
      }
      return value;
    });
  const tables = curves.map(({ x, y }) => {
    const raw = drawable(y, true);
    return smoothing > 0
      ? [Array.from(x), raw, drawable(smoothed(y, smoothing), false)]
      : [Array.from(x), raw];
  });
  const data = (tables.length ? uPlot.join(tables as uPlot.AlignedData[]) : [[]]) as uPlot.AlignedData;
  return { data, notPositive, notFinite };
}

/** The index of the point of a line that lies nearest to x; null when the line is not there. */
export function nearest(
  data: uPlot.AlignedData,
  series: number,
  from: number,
  x: number,
  reach: number
): number | null {
  const xs = data[0];
  const values = data[series];
  let left = Math.min(from, xs.length - 1);
  let right = left + 1;
  const has = (i: number) => values[i] !== undefined && values[i] !== null;
  while (left >= 0 && !has(left)) left--;
  while (right < xs.length && !has(right)) right++;
  const before = left >= 0 ? x - xs[left] : Infinity;
  const after = right < xs.length ? xs[right] - x : Infinity;
  // Between two points of a line it is there; past an end only as far as a pointer is held inexactly.
  const isInside = Number.isFinite(before) && Number.isFinite(after);
  const best = Math.abs(before) <= Math.abs(after) ? left : right;
  return isInside || Math.min(Math.abs(before), Math.abs(after)) <= reach ? best : null;
}
