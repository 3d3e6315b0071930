import { statusWord, type IWords } from '../ui/words';
import type { JobStatus } from '../api/types';

const STATUSES: JobStatus[] = [
  'NotStarted',
  'Queued',
  'Preparing',
  'Provisioning',
  'Starting',
  'Running',
  'Finalizing',
  'CancelRequested',
  'Completed',
  'Failed',
  'Canceled',
  'NotResponding',
  'Paused'
];

/** The words of the curves, which a kernel sends where there is one; the same as in `widgets/labels.py`. */
export function labelsOf({ trans, locale }: IWords): Record<string, string> {
  return {
    ...Object.fromEntries(STATUSES.map(status => [status, statusWord(status, trans)])),
    locale,
    step: trans.__('step'),
    jobs: trans.__('Jobs'),
    job: trans.__('Job'),
    status: trans.__('Status'),
    duration: trans.__('Duration'),
    curves: trans.__('Curves'),
    table: trans.__('Table'),
    parallel: trans.__('Parallel axes'),
    metrics: trans.__('Metrics'),
    search: trans.__('Search metrics'),
    'none found': trans.__('No metric is called so.'),
    all: trans.__('All'),
    none: trans.__('None'),
    differing: trans.__('Only what differs'),
    last: trans.__('Last'),
    min: trans.__('Lowest'),
    max: trans.__('Highest'),
    value: trans.__('Value'),
    hide: trans.__('Hide or show {name}. Double-click: this one alone.'),
    'no parameters': trans.__('These jobs have no parameters that differ.'),
    'no metric': trans.__('No metrics yet. They appear here as the jobs log them.'),
    filtered: trans.__('{k} of {n} jobs'),
    clear: trans.__('Clear the filter'),
    brush: trans.__('{name}: drag to filter, double-click to clear. Arrow keys go, too.'),
    csv: trans.__('CSV'),
    'csv table': trans.__('Save the table as CSV'),
    axis: trans.__('Axis'),
    relative: trans.__('time since the start'),
    wall: trans.__('time of day'),
    epoch: trans.__('epoch'),
    smoothing: trans.__('Smoothing'),
    'log axis': trans.__('Logarithmic'),
    'reset zoom': trans.__('Whole range'),
    png: trans.__('PNG'),
    'save png': trans.__('Save the curves as a picture'),
    'save points': trans.__('Save the points as CSV'),
    'not positive': trans.__('{n} values of 0 or less are not drawn'),
    'not finite': trans.__('{n} values are no numbers'),
    'no epochs': trans.__('No job has logged a metric named epoch.'),
    chart: trans.__('{key}, {n} jobs. Drag to zoom, arrow keys to read values, 0 for the whole range.'),
    empty: trans.__('Nothing in this range.'),
    more: trans.__('and {n} more')
  };
}
