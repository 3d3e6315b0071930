import type { IRunningSessions } from '@jupyterlab/running';
import type { CommandRegistry } from '@lumino/commands';
import type { Job } from '../api/types';
import { azmlIcon } from '../ui/icon';
import { IWords, statusWord } from '../ui/words';
import { CommandIDs } from './ids';
import type { JobsModel } from './model';

/** Active jobs beside kernels and terminals in JupyterLab's own panel of what runs. */
export function activeJobsSource(
  model: JobsModel,
  commands: CommandRegistry,
  { trans }: IWords
): IRunningSessions.IManager {
  const item = (job: Job): IRunningSessions.IRunningItem => ({
    open: () => void commands.execute(CommandIDs.follow, { name: job.name }),
    shutdown: () => void commands.execute(CommandIDs.cancel, { name: job.name }),
    icon: () => azmlIcon,
    label: () => job.display_name,
    labelTitle: () => `${job.display_name}\n${job.experiment}`,
    detail: () => statusWord(job.status, trans)
  });
  return {
    name: trans.__('Azure ML jobs'),
    running: () => model.active.map(item),
    // JupyterLab has asked whether the user is sure.
    shutdownAll: () => model.active.forEach(job => void model.cancel(job.name).catch(console.warn)),
    refreshRunning: () => undefined,
    runningChanged: model.changed,
    shutdownLabel: trans.__('Cancel job'),
    shutdownAllLabel: trans.__('Cancel all'),
    shutdownAllConfirmationText: trans.__('Cancel all jobs that are waiting or running?')
  };
}
