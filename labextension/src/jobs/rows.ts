import type { Job } from '../api/types';

/** A line of the list: a job, or the experiment that those below it belong to. */
export type Row =
  | { kind: 'job'; key: string; job: Job }
  | { kind: 'group'; key: string; experiment: string; count: number; isOpen: boolean };

export const flatRows = (jobs: readonly Job[]): Row[] => jobs.map(rowOf);

/** Experiments in the order of their newest jobs; what is closed shows its name alone. */
export function groupedRows(jobs: readonly Job[], closed: ReadonlySet<string>): Row[] {
  const groups = new Map<string, Job[]>();
  for (const job of jobs) {
    const known = groups.get(job.experiment);
    if (known) {
      known.push(job);
    } else {
      groups.set(job.experiment, [job]);
    }
  }
  return [...groups].flatMap(([experiment, inside]) => {
    const isOpen = !closed.has(experiment);
    const head: Row = { kind: 'group', key: groupKey(experiment), experiment, count: inside.length, isOpen };
    return isOpen ? [head, ...flatRows(inside)] : [head];
  });
}

const rows = new WeakMap<Job, Row>();

/** Kept with the job: of ten thousand, few change. */
function rowOf(job: Job): Row {
  let row = rows.get(job);
  if (!row) {
    row = { kind: 'job', key: job.name, job };
    rows.set(job, row);
  }
  return row;
}

/** No name of a job has a slash. */
const groupKey = (experiment: string): string => `experiment/${experiment}`;

/** Pixels: rows are counted in units, of which a group has one and a job two. */
export const UNIT = 25;

export const unitsOf = (row: Row): number => (row.kind === 'job' ? 2 : 1);

/** Where each row begins, in units; and the end of the last one. */
export function startsOf(rows: readonly Row[]): number[] {
  const starts = [0];
  for (const row of rows) {
    starts.push(starts[starts.length - 1] + unitsOf(row));
  }
  return starts;
}

/** The last row that begins at or before the unit. */
export function rowAt(starts: readonly number[], unit: number): number {
  let [low, high] = [0, Math.max(0, starts.length - 2)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle] <= unit) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
