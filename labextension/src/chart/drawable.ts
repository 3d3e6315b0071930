import { smoothed } from './smooth';

export interface ICurve {
  x: Float64Array;
  y: Float64Array;
}

/** Null is a gap. */
export type Heights = (number | null)[];

export interface IDrawable {
  x: Float64Array;
  y: Heights;
  /** The smooth line; null without smoothing. */
  smooth: Heights | null;
  /** Values that a logarithmic axis has no place for. */
  notPositive: number;
  notFinite: number;
}

/** What of a curve can be drawn. */
export function drawable({ x, y }: ICurve, smoothing: number, isLog: boolean): IDrawable {
  let notPositive = 0;
  let notFinite = 0;
  for (const value of y) {
    if (!Number.isFinite(value)) {
      notFinite++;
    } else if (isLog && value <= 0) {
      notPositive++;
    }
  }
  const smooth = smoothing > 0 ? heights(smoothed(y, smoothing), isLog) : null;
  return { x, y: heights(y, isLog), smooth, notPositive, notFinite };
}

/** The lowest and the highest between two x, both included; Infinity and -Infinity where there is nothing. */
export function extremes({ x, y }: IDrawable, left: number, right: number): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < x.length; i++) {
    const value = y[i];
    if (value !== null && x[i] >= left && x[i] <= right) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

/** The index of the point of a line that lies nearest to `at`; null when the line is not there. */
export function nearest(
  x: ArrayLike<number>,
  y: ArrayLike<number | null>,
  at: number,
  reach: number
): number | null {
  let right = firstBehind(x, at);
  let left = right - 1;
  while (left >= 0 && y[left] === null) left--;
  while (right < x.length && y[right] === null) right++;
  const before = left >= 0 ? at - x[left] : Infinity;
  const after = right < x.length ? x[right] - at : Infinity;
  // Between two points of a line it is there; past an end only as far as a pointer is held inexactly.
  const isInside = Number.isFinite(before) && Number.isFinite(after);
  const best = before <= after ? left : right;
  return isInside || Math.min(before, after) <= reach ? best : null;
}

function heights(values: Float64Array, isLog: boolean): Heights {
  const found = new Array<number | null>(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    found[i] = Number.isFinite(value) && !(isLog && value <= 0) ? value : null;
  }
  return found;
}

function firstBehind(x: ArrayLike<number>, at: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
