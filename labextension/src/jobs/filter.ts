import type { Job, JobStatus } from '../api/types';
import { isTerminal } from '../ui/status';

/** Which jobs are wanted; what is empty asks for nothing. */
export interface IJobFilter {
  text: string;
  status: '' | 'active' | 'Completed' | 'Failed' | 'Canceled';
  experiment: string;
  /** `name` or `name=value`. */
  tag: string;
  /** At most so old, as the server spells it. */
  age: '' | '1h' | '24h' | '7d' | '30d';
  isArchived: boolean;
}

export const NO_FILTER: IJobFilter = {
  text: '',
  status: '',
  experiment: '',
  tag: '',
  age: '',
  isArchived: false
};

const ACTIVE: JobStatus[] = [
  'NotStarted',
  'Queued',
  'Preparing',
  'Provisioning',
  'Starting',
  'Running',
  'Finalizing',
  'CancelRequested',
  'NotResponding',
  'Paused'
];
const SECONDS: Record<string, number> = { '1h': 3_600, '24h': 86_400, '7d': 604_800, '30d': 2_592_000 };

/** How many things are asked for, beside the text. */
export const countOf = ({ status, experiment, tag, age, isArchived }: IJobFilter): number =>
  [status, experiment, tag.trim(), age, isArchived].filter(Boolean).length;

export const isEmptyFilter = (filter: IJobFilter): boolean => !filter.text.trim() && countOf(filter) === 0;

/** As `GET jobs` takes it. */
export function queryOf({ text, status, experiment, tag, age, isArchived }: IJobFilter) {
  return {
    text: text.trim() || null,
    status: status === '' ? [] : status === 'active' ? ACTIVE : [status],
    experiment: experiment || null,
    tag: tag.trim() ? [tag.trim()] : [],
    created_after: age || null,
    archived: isArchived ? 'archived' : null
  };
}

/**
 * The same answer as the server's, for jobs that are known here: a list must not wait for each key. Asked of ten
 * thousand jobs at each key and each change, so what depends on the filter alone is done before.
 */
export function admission({
  text,
  status,
  experiment,
  tag,
  age,
  isArchived
}: IJobFilter): (job: Job) => boolean {
  const wanted = text.trim().toLowerCase();
  const wantedExperiment = experiment.toLowerCase();
  const [key, ...value] = tag.trim().toLowerCase().split('=');
  const youngest = age === '' ? -Infinity : Date.now() - 1_000 * SECONDS[age];
  const hasTag = ([name, said]: [string, string]) =>
    name.toLowerCase() === key && (value.length === 0 || said.toLowerCase() === value.join('='));
  return job =>
    Boolean(job.archived) === isArchived &&
    (status === '' || (status === 'active' ? !isTerminal(job.status) : job.status === status)) &&
    (wanted === '' || textOf(job).includes(wanted)) &&
    (experiment === '' || job.experiment.toLowerCase() === wantedExperiment) &&
    (key === '' || Object.entries(job.tags).some(hasTag)) &&
    (age === '' || Date.parse(job.created) > youngest);
}

const texts = new WeakMap<Job, string>();

/** What a text is looked for in. */
function textOf(job: Job): string {
  let known = texts.get(job);
  if (known === undefined) {
    known = [job.name, job.display_name, job.description ?? '', job.experiment].join('\n').toLowerCase();
    texts.set(job, known);
  }
  return known;
}
