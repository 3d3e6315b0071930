import { isSure } from '../shell/confirm';
import type { IHere } from '../shell/here';
import { notify } from '../ui/notice';
import type { Change } from './model';

/** One change to jobs, after asking; says which were refused, and why. Returns those that it was done to. Throws. */
export async function changeJobs(
  { jobs, words }: IHere,
  change: Change,
  names: readonly string[]
): Promise<readonly string[]> {
  const { trans } = words;
  const count = names.length;
  if (count === 0) {
    return [];
  }
  const asked = {
    cancel: {
      title: trans._n('Cancel %1 job?', 'Cancel %1 jobs?', count),
      body: trans.__('They are interrupted. What they wrote so far is kept.'),
      verb: trans._n('Cancel %1 job', 'Cancel %1 jobs', count),
      keep: trans.__('Keep running')
    },
    delete: {
      title: trans._n('Delete %1 job?', 'Delete %1 jobs?', count),
      body: trans.__('Their outputs, logs and metrics are gone for good. Registered models stay.'),
      verb: trans._n('Delete %1 job', 'Delete %1 jobs', count),
      keep: trans.__('Keep')
    }
  };
  if ((change === 'cancel' || change === 'delete') && !(await isSure(words, asked[change]))) {
    return [];
  }
  const told = await jobs.change(names, change);
  jobs.marks.clear();
  if (told.failed.length > 0) {
    const reasons = told.failed.slice(0, 10).map(each => `${each.name}: ${each.message}`);
    const headline = trans._n(
      '%1 job was left as it is.',
      '%1 jobs were left as they are.',
      told.failed.length
    );
    notify([headline, ...reasons].join('\n'), 'error', { autoClose: false });
  } else if (change === 'archive') {
    // What was done by a slip is undone by a click.
    notify(trans._n('%1 job was archived.', '%1 jobs were archived.', told.done.length), 'info', {
      autoClose: 8_000,
      actions: [{ label: trans.__('Undo'), callback: () => void jobs.change(told.done, 'restore') }]
    });
  }
  return told.done;
}
