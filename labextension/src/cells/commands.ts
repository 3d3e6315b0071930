import { Notification } from '@jupyterlab/apputils';
import { CommandIDs } from '../jobs/ids';
import { announceSubmission, orNotice } from '../jobs/notices';
import type { IHere } from '../shell/here';
import { SIDEBAR_ID } from '../shell/ids';
import { azmlIcon } from '../ui/icon';
import { notify } from '../ui/notice';
import { askKernel, type ISubmission } from './ask';

/** The button on a cell. */
export function addCells({ app, jobs, notebooks, palette, words }: IHere): void {
  const { trans } = words;
  if (!notebooks) {
    return;
  }
  const isCode = () => notebooks.activeCell?.model.type === 'code';

  app.commands.addCommand(CommandIDs.runCell, {
    label: trans.__('Run cell as job'),
    caption: trans.__('Run this cell as a job of the Azure ML workspace, with the variables that it reads'),
    icon: azmlIcon,
    describedBy: { args: { type: 'object', properties: {} } },
    isEnabled: isCode,
    isVisible: isCode,
    execute: () =>
      orNotice(async () => {
        const cell = notebooks.activeCell;
        if (!cell || !isCode()) {
          return;
        }
        const kernel = notebooks.currentWidget?.sessionContext.session?.kernel;
        const waiting =
          kernel?.status === 'busy'
            ? Notification.info(trans.__('The kernel is busy. The cell is submitted when it is idle.'), {
                autoClose: false
              })
            : null;
        try {
          const source = cell.model.sharedModel.getSource();
          await show(await askKernel(kernel, source, words.locale, trans));
        } finally {
          if (waiting) {
            Notification.dismiss(waiting);
          }
        }
      })
  });

  palette?.addItem({ command: CommandIDs.runCell, category: trans.__('Azure ML') });

  async function show(submission: ISubmission): Promise<void> {
    if (submission.notes.length) {
      notify(submission.notes.join('\n\n'), 'warning', { autoClose: 10_000 });
    }
    try {
      const job = await jobs.find(submission.name);
      app.shell.activateById(SIDEBAR_ID);
      await jobs.select(job.name);
      announceSubmission(job, app.commands, words);
    } catch {
      // The kernel may be attached to another workspace than the page.
      const text = trans.__(
        '%1 was submitted as job %2 of the workspace %3, which is not the one in the sidebar.',
        submission.display_name,
        submission.name,
        submission.workspace
      );
      notify(text, 'info', { autoClose: 10_000 });
    }
  }
}
