import type { TranslationBundle } from '@jupyterlab/translation';
import type { Job } from '../api/types';
import { dateTime, duration } from '../jobs/format';

export interface IFact {
  label: string;
  value: string;
  /** Somebody may want to paste it. */
  isCopied?: boolean;
}

/** What there is to say of a job, in the order in which people ask. */
export function factsOf(job: Job, now: number, trans: TranslationBundle, locale: string): IFact[] {
  const facts: IFact[] = [
    { label: trans.__('Name'), value: job.name, isCopied: true },
    { label: trans.__('Type'), value: typeWord(job.type, trans) },
    { label: trans.__('Experiment'), value: job.experiment },
    { label: trans.__('Compute'), value: job.compute },
    { label: trans.__('Created'), value: dateTime(job.created, locale) }
  ];
  const add = (label: string, value: string | null | undefined, isCopied = false) => {
    if (value) {
      facts.push({ label, value, isCopied });
    }
  };
  add(trans.__('Started'), job.started && dateTime(job.started, locale));
  add(trans.__('Ended'), job.ended && dateTime(job.ended, locale));
  if (job.started) {
    const end = job.ended ? Date.parse(job.ended) : now;
    add(trans.__('Duration'), duration((end - Date.parse(job.started)) / 1000, locale));
    add(trans.__('Waited'), duration((Date.parse(job.started) - Date.parse(job.created)) / 1000, locale));
  }
  add(trans.__('Attempt'), job.attempt > 1 ? String(job.attempt) : '');
  add(trans.__('Environment'), job.environment && `${job.environment.name}:${job.environment.version}`);
  add(trans.__('Owner'), job.owner);
  add(trans.__('Parent'), job.parent, true);
  add(trans.__('Snapshot'), job.snapshot?.slice(0, 12), false);
  add(trans.__('Commit'), commitOf(job, trans));
  add(trans.__('Models'), job.models?.join(', '));
  return facts;
}

/** Values of a parameter as they would be typed. */
export function valueText(value: unknown): string {
  if (typeof value === 'object' && value !== null && '$float' in value) {
    return String(value.$float); // JSON has no word for NaN
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function commitOf(job: Job, trans: TranslationBundle): string {
  const { commit, branch, dirty } = job.git ?? {};
  if (!commit) {
    return '';
  }
  const isDirty = dirty === 'True' || dirty === 'true';
  return [commit.slice(0, 10), branch, isDirty ? trans.__('with changes') : ''].filter(Boolean).join(' · ');
}

export function typeWord(type: Job['type'], trans: TranslationBundle): string {
  const words: Record<Job['type'], string> = {
    notebook: trans.__('Notebook'),
    cell: trans.__('Cell'),
    command: trans.__('Command'),
    sweep: trans.__('Sweep'),
    pipeline: trans.__('Pipeline'),
    interactive: trans.__('Interactive')
  };
  return words[type] ?? type;
}
