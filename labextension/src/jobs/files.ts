import { isSure } from '../shell/confirm';
import type { IHere } from '../shell/here';
import { jobsIcon } from '../shell/icons';
import { notify, orNotice } from '../ui/notice';
import { AzmlError } from '../api/request';
import { CommandIDs } from './ids';
import { isOfRoot } from './saving';

/** "Run as job" in the file browser: one notebook with its form, several as they are. */
export function addFileCommand(here: IHere): void {
  const { app, browser, jobs, words } = here;
  const { trans } = words;
  const { contents } = app.serviceManager;
  const selected = (): string[] =>
    [...(browser?.selectedItems() ?? [])]
      .filter(item => item.type === 'notebook' && isOfRoot(item.path, contents))
      .map(item => contents.localPath(item.path));

  app.commands.addCommand(CommandIDs.runFiles, {
    label: trans.__('Run as job'),
    caption: trans.__('Run the chosen notebooks as jobs of the Azure ML workspace'),
    icon: jobsIcon,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          paths: {
            type: 'array',
            items: { type: 'string' },
            description: 'Notebooks, as the file browser names them; those chosen there unless given'
          }
        }
      }
    },
    execute: args =>
      orNotice(async () => {
        const paths = Array.isArray(args.paths) ? args.paths.map(String) : selected();
        if (paths.length === 1) {
          return app.commands.execute(CommandIDs.run, { path: paths[0] });
        }
        if (paths.length > 1 && (await mayRun(paths))) {
          await runAll(paths);
        }
      })
  });

  const mayRun = (paths: string[]): Promise<boolean> =>
    isSure(words, {
      title: trans._n('Run %1 notebook as a job?', 'Run %1 notebooks as jobs?', paths.length),
      body: paths.slice(0, 20).join(', '),
      verb: trans.__('Run as jobs')
    });

  /** One that is refused stops none of the others. */
  async function runAll(paths: string[]): Promise<void> {
    const refused: string[] = [];
    for (const path of paths) {
      try {
        await jobs.submit({ path });
      } catch (reason) {
        const { message, hint } = AzmlError.of(reason);
        refused.push(`${path}: ${[message, hint].filter(Boolean).join(' ')}`);
      }
    }
    const done = paths.length - refused.length;
    if (done > 0) {
      notify(trans._n('%1 notebook was submitted.', '%1 notebooks were submitted.', done), 'info', {
        autoClose: 5_000
      });
    }
    if (refused.length > 0) {
      notify(refused.join('\n'), 'error', { autoClose: false });
    }
  }
}
