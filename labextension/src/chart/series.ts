/** Whether the job's code measured it, and not the machine. */
export const isOwnMetric = (key: string): boolean => !key.startsWith('system/');

/** One metric as it grows: what arrived, bounded. */
export class Series {
  readonly steps: number[] = [];
  readonly values: number[] = [];
  /** How many arrived; more than are kept, once the series is long. */
  count = 0;

  get last(): number {
    return this.values[this.values.length - 1];
  }

  add(step: number, value: number): void {
    this.count += 1;
    this.steps.push(step);
    this.values.push(value);
    if (this.values.length > MOST) {
      const kept = thinned(this.values, MOST / 2);
      keep(this.steps, kept);
      keep(this.values, kept);
    }
  }
}

/** What a chart can draw: x rises strictly, y has gaps for what is not a number, and no more points than pixels show. */
export function plottable(steps: number[], values: number[], most = 600): [number[], (number | null)[]] {
  // mlflow.log_metric without a step writes step 0 each time: then the order of arrival is all there is.
  const rises = steps.every((step, i) => i === 0 || step > steps[i - 1]);
  const shown = thinned(values, most);
  return [
    shown.map(i => (rises ? steps[i] : i + 1)),
    shown.map(i => (Number.isFinite(values[i]) ? values[i] : null))
  ];
}

/** JSON has no word for NaN and infinity: they travel as strings. */
export const toNumber = (value: number | string): number =>
  typeof value === 'number' ? value : Number(value);

const MOST = 20_000;

/** Indices that keep the lowest and the highest of each stretch: thinning must not hide a spike. */
function thinned(values: number[], most: number): number[] {
  if (values.length <= most) {
    return values.map((_, i) => i);
  }
  const stretch = Math.ceil(values.length / (most / 2));
  const kept = new Set<number>();
  for (let start = 0; start < values.length; start += stretch) {
    let low = start;
    let high = start;
    for (let i = start; i < Math.min(start + stretch, values.length); i++) {
      // Nothing compares with NaN: what is a number comes first.
      if (values[i] < values[low] || Number.isNaN(values[low])) low = i;
      if (values[i] > values[high] || Number.isNaN(values[high])) high = i;
    }
    kept.add(low).add(high);
  }
  kept.add(values.length - 1);
  return [...kept].sort((a, b) => a - b);
}

function keep(list: number[], indices: number[]): void {
  indices.forEach((from, to) => (list[to] = list[from]));
  list.length = indices.length;
}
