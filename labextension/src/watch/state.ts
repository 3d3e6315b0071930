import type { Job } from '../api/types';
import type { Buffer, ILine } from '../chart/buffer';
import { isOwnMetric, toNumber } from '../chart/series';

export type PanelJob = Pick<
  Job,
  | 'name'
  | 'display_name'
  | 'experiment'
  | 'status'
  | 'reason'
  | 'created'
  | 'started'
  | 'ended'
  | 'progress'
  | 'parameters'
  | 'metrics'
>;

export type Axis = 'step' | 'relative' | 'wall' | 'epoch';
export type Statistic = 'last' | 'min' | 'max';
export type Tab = 'curves' | 'table' | 'parallel';
export const AXES: Axis[] = ['step', 'relative', 'wall', 'epoch'];
export const STATISTICS: Statistic[] = ['last', 'min', 'max'];
export const TABS: Tab[] = ['curves', 'table', 'parallel'];

export interface IAnswer {
  keys: string[];
  axis: Axis;
  zoom: [number, number] | null;
  lines: Record<string, Record<string, ILine>>;
  /** Which whole it is that news adds to. */
  revision?: number;
}

/** What has come since a whole. */
export interface INews {
  revision: number;
  /** Job, metric, and how many. */
  parts: [string, string, number][];
  /** The x of each part, and then its y. */
  points: Buffer;
}

/** What the page shows; all of it may be missing. Python reads `keys`, `axis` and `zoom`. */
export interface IView {
  keys?: string[] | null;
  axis?: Axis;
  zoom?: [number, number] | null;
  smoothing?: number;
  log?: boolean;
  hidden?: string[];
  tab?: Tab;
  statistic?: Statistic;
  onlyDiffering?: boolean;
  sort?: { column: string; down: boolean } | null;
  /** Metric at the last axis of the parallel ones. */
  goal?: string;
  brushes?: Record<string, [number, number]>;
}

/** The synced traits of the Python class WatchPanel. */
export interface IWatchState {
  jobs: PanelJob[];
  curves: Partial<IAnswer>;
  news?: Partial<INews>;
  detail: Partial<IAnswer>;
  view: IView;
  labels: Record<string, string>;
  live: boolean;
  problem: string;
}

/** What of the state the host knows and Python does not. */
export interface IHostState {
  /** Somebody answers when the page asks for other metrics, another axis, or a closer look. */
  canAsk: boolean;
}

/** Every metric that some job has, those about the machine last. */
export function metricsOf(jobs: readonly PanelJob[]): string[] {
  const keys = new Set(jobs.flatMap(job => (job.metrics ?? []).map(metric => metric.key)));
  const isOfMachine = (key: string) => Number(!isOwnMetric(key));
  return [...keys].sort((a, b) => isOfMachine(a) - isOfMachine(b) || a.localeCompare(b));
}

/** NaN where the job has not logged it. */
export function statisticOf(job: PanelJob, key: string, statistic: Statistic): number {
  const metric = job.metrics?.find(each => each.key === key);
  return metric ? toNumber(metric[statistic] as number | string) : NaN;
}

/** Parameters of any of the jobs, and whether their values differ. */
export function parametersOf(jobs: readonly PanelJob[]): { name: string; differs: boolean }[] {
  const names = [...new Set(jobs.flatMap(job => Object.keys(job.parameters ?? {})))];
  return names.map(name => {
    const values = new Set(jobs.map(job => JSON.stringify(job.parameters?.[name])));
    return { name, differs: values.size > 1 };
  });
}

/** A parameter's value as text; undefined where the job has none. */
export function parameterText(job: PanelJob, name: string): string | undefined {
  const value: unknown = job.parameters?.[name];
  if (value === undefined) {
    return undefined;
  }
  if (typeof value === 'object' && value !== null && '$float' in value) {
    return String(value.$float); // JSON has no word for NaN
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
