import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { Job } from '../api/types';
import { notify } from '../ui/notice';
import type { IHere } from '../shell/here';
import type { IWords } from '../ui/words';
import { CommandIDs } from './ids';
import { notebookOf } from './record';

export { orNotice } from '../ui/notice';

/** Says when a job that was submitted or followed here has ended, and how. */
export function announceEnds({ app, jobs, settings, words }: IHere): void {
  const { commands } = app;
  const { trans } = words;
  jobs.ended.connect((_, job) => {
    const headline = sentence(job, trans);
    const isFailure = job.status === 'Failed';
    const wanted = settings.get('announceEnds');
    const message = isFailure && job.reason?.message ? `${headline}\n\n${job.reason.message}` : headline;
    const type = isFailure ? 'error' : job.status === 'Completed' ? 'success' : 'default';
    const submission = submissions.get(job.name);
    if (submission) {
      Notification.dismiss(submission);
      submissions.delete(job.name);
    }
    if (wanted === 'none' || (wanted === 'failed' && !isFailure)) {
      return;
    }
    notify(message, type, {
      autoClose: isFailure ? false : 8_000,
      actions: notebookOf(job) ? [openAction(job, commands, words)] : []
    });
  });
}

/** Says that a job was submitted; the note of its end takes the place of this one. */
export function announceSubmission(job: Job, commands: CommandRegistry, { trans }: IWords): void {
  const show = () => void commands.execute(CommandIDs.follow, { name: job.name });
  const message = trans.__('%1 was submitted as job %2.', job.display_name, job.name);
  const actions = [{ label: trans.__('Show job'), callback: show }];
  submissions.set(job.name, notify(message, 'info', { autoClose: 5_000, actions }));
}

function sentence(job: Job, trans: TranslationBundle): string {
  switch (job.status) {
    case 'Completed':
      return trans.__('%1 has completed.', job.display_name);
    case 'Failed':
      return trans.__('%1 has failed.', job.display_name);
    default:
      return trans.__('%1 was canceled.', job.display_name);
  }
}

/** Notifications by the job that they announced. */
const submissions = new Map<string, string>();

function openAction(job: Job, commands: CommandRegistry, { trans }: IWords): Notification.IAction {
  const args = { name: job.name };
  return { label: trans.__('Open notebook'), callback: () => void commands.execute(CommandIDs.open, args) };
}
