import { isOwnMetric } from '../chart/series';
import { metricValue } from '../jobs/format';
import { metricsOf, PanelJob, parametersOf, parameterText, Statistic, statisticOf } from './state';

export interface IColumn {
  /** `p:` and a parameter, `m:` and a metric, or one of `job`, `status`, `duration`. */
  id: string;
  title: string;
  kind: 'about' | 'parameter' | 'metric';
  differs: boolean;
  isNumber: boolean;
}

export interface ICell {
  text: string;
  /** To sort by; NaN and undefined come last either way. */
  value: number | string | undefined;
}

export interface IRow {
  job: PanelJob;
  cells: ICell[];
}

export interface ITable {
  columns: IColumn[];
  rows: IRow[];
}

export interface ITableWish {
  statistic: Statistic;
  onlyDiffering: boolean;
  sort: { column: string; down: boolean } | null;
  locale: string;
  word: (key: string) => string;
  titleOf: (job: PanelJob) => string;
  /** Seconds that a job has run. */
  seconds: (job: PanelJob) => number;
  duration: (seconds: number) => string;
}

/** Jobs down, parameters and metrics across: what differs first. */
export function tableOf(jobs: readonly PanelJob[], wish: ITableWish): ITable {
  const all = parametersOf(jobs);
  const parameters = [...all.filter(each => each.differs), ...all.filter(each => !each.differs)]
    .filter(each => each.differs || !wish.onlyDiffering || jobs.length < 2)
    .map(each => ({ ...each, differs: each.differs && jobs.length > 1 }));
  const about = (id: string) => ({
    id,
    title: wish.word(id),
    kind: 'about' as const,
    differs: false,
    isNumber: false
  });
  const columns: IColumn[] = [
    about('job'),
    about('status'),
    ...parameters.map(({ name, differs }) => ({
      ...{ id: `p:${name}`, title: name, kind: 'parameter' as const, differs },
      isNumber: jobs.every(job => ['number', 'undefined'].includes(typeof job.parameters?.[name]))
    })),
    ...metricsOf(jobs)
      .filter(isOwnMetric)
      .map(key => ({ id: `m:${key}`, title: key, kind: 'metric' as const, differs: false, isNumber: true })),
    { ...about('duration'), isNumber: true }
  ];
  const rows = jobs.map(job => ({ job, cells: columns.map(column => cellOf(job, column, wish)) }));
  return { columns, rows: sorted(rows, columns, wish.sort) };
}

function cellOf(job: PanelJob, { id, kind, title }: IColumn, wish: ITableWish): ICell {
  if (kind === 'parameter') {
    const text = parameterText(job, title);
    const value: unknown = job.parameters?.[title];
    return { text: text ?? '', value: typeof value === 'number' ? value : text };
  }
  if (kind === 'metric') {
    const has = job.metrics?.some(metric => metric.key === title);
    const value = statisticOf(job, title, wish.statistic);
    return { text: has ? metricValue(value, wish.locale) : '', value };
  }
  if (id === 'duration') {
    const seconds = wish.seconds(job);
    return { text: Number.isNaN(seconds) ? '' : wish.duration(seconds), value: seconds };
  }
  const text = id === 'status' ? wish.word(job.status) : wish.titleOf(job);
  return { text, value: text };
}

function sorted(rows: IRow[], columns: IColumn[], sort: ITableWish['sort']): IRow[] {
  const at = sort ? columns.findIndex(column => column.id === sort.column) : -1;
  if (at < 0) {
    return rows;
  }
  const isMissing = ({ value }: ICell) => value === undefined || value === '' || Number.isNaN(value);
  return [...rows].sort((one, other) => {
    const [a, b] = [one.cells[at], other.cells[at]];
    if (isMissing(a) || isMissing(b)) {
      return Number(isMissing(a)) - Number(isMissing(b));
    }
    const order =
      typeof a.value === 'number' && typeof b.value === 'number'
        ? a.value - b.value
        : String(a.value).localeCompare(String(b.value), undefined, { numeric: true });
    return sort!.down ? -order : order;
  });
}

/** The lowest and highest of each metric's column, to be told apart; nothing where all are the same. */
export function extremesOf({ columns, rows }: ITable): ({ low: number; high: number } | null)[] {
  return columns.map((column, i) => {
    const values = rows
      .map(row => row.cells[i].value)
      .filter((each): each is number => Number.isFinite(each));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return column.kind === 'metric' && values.length > 1 && low < high ? { low, high } : null;
  });
}
