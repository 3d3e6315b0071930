import type { Job } from '../api/types';
import type { ILine } from '../chart/buffer';

/** The synced traits of the Python class JobCard. */
export interface ICardState {
  job: Partial<Job>;
  cells: { cell?: number; cells?: number; title?: string };
  log: string;
  /** The curve of each metric. */
  series: Record<string, ILine>;
  labels: Record<string, string>;
  /** Whether what is shown still changes with the job. */
  live: boolean;
  /** Why the workspace cannot be read at the moment. */
  problem: string;
  /** Counts the presses of Cancel. */
  cancel: number;
}

/** The word in the user's language, which Python sends; English until it does. */
export function word(
  labels: ICardState['labels'],
  key: string,
  values: Record<string, string | number> = {}
): string {
  const text = labels?.[key] ?? ENGLISH[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The keys that `labels` may have, beside the states by their own names ("Running", …); Python sends them all. */
const ENGLISH: Record<string, string> = {
  cancel: 'Cancel job',
  cell: 'Cell {k} of {n}',
  log: 'Log',
  metric: '{key}: last value {value}',
  step: 'step',
  locale: 'en',
  NotStarted: 'Not started',
  CancelRequested: 'Canceling',
  NotResponding: 'Not responding'
};
