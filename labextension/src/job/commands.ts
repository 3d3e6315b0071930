import { changeJobs } from '../jobs/changes';
import type { Change } from '../jobs/model';
import { nameIn } from '../jobs/named';
import { orNotice } from '../ui/notice';
import type { IHere } from '../shell/here';

export const JobCommandIDs = {
  archive: 'azml:archive-job',
  restore: 'azml:restore-job',
  remove: 'azml:delete-job'
} as const;

const ARGS = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'The name of the job' },
    names: { type: 'array', items: { type: 'string' }, description: 'The names of several' }
  }
} as const;

/** What changes jobs that have ended. */
export function addJobCommands(here: IHere): void {
  const { app, jobs, words } = here;
  const { trans } = words;
  const add = (command: string, change: Change, label: string, caption: string) =>
    app.commands.addCommand(command, {
      label,
      caption,
      describedBy: { args: ARGS },
      execute: args =>
        orNotice(async () => {
          const one = nameIn(app, args);
          const names = Array.isArray(args.names) ? args.names.map(String) : one ? [one] : [];
          await changeJobs(here, change, names);
          await Promise.all(names.map(name => settle(name)));
        })
    });
  add(
    JobCommandIDs.archive,
    'archive',
    trans.__('Archive'),
    trans.__('Take the job out of lists; nothing of it is removed')
  );
  add(
    JobCommandIDs.restore,
    'restore',
    trans.__('Restore'),
    trans.__('Bring an archived job back into lists')
  );
  add(JobCommandIDs.remove, 'delete', trans.__('Delete…'), trans.__('Remove the job with all its files'));

  /** What a panel shows of a job that is gone is shown no more. */
  async function settle(name: string): Promise<void> {
    try {
      await jobs.reread(name);
    } catch {
      [...app.shell.widgets('main')].find(widget => widget.id === `azml-job-${name}`)?.close();
    }
  }
}
