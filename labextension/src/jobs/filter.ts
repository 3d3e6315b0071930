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

/** The same answer as the server's, for jobs that are known here: a list must not wait for each key. */
export function admits(job: Job, { text, status, experiment, tag, age, isArchived }: IJobFilter): boolean {
  const texts = [job.name, job.display_name, job.description ?? '', job.experiment].join('\n').toLowerCase();
  const [key, ...value] = tag.trim().toLowerCase().split('=');
  const tags = Object.entries(job.tags).map(([name, said]) => [name.toLowerCase(), said] as const);
  return (
    texts.includes(text.trim().toLowerCase()) &&
    (status === '' || (status === 'active' ? !isTerminal(job.status) : job.status === status)) &&
    (experiment === '' || job.experiment.toLowerCase() === experiment.toLowerCase()) &&
    (key === '' ||
      tags.some(
        ([name, said]) => name === key && (value.length === 0 || said.toLowerCase() === value.join('='))
      )) &&
    (age === '' || Date.now() - Date.parse(job.created) < 1_000 * SECONDS[age]) &&
    Boolean(job.archived) === isArchived
  );
}
