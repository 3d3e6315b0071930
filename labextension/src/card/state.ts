import type { Job } from '../api/types';

/** The synced traits of the Python class JobCard. */
export interface ICardState {
  job: Partial<Job>;
  cells: { cell?: number; cells?: number; title?: string };
  log: string;
  series: Record<string, { steps: number[]; values: (number | string)[] }>;
  labels: Record<string, string>;
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

/** The keys that `labels` may have, beside the states by their own names ("Running", …). */
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
