import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { CommandIDs, SIDEBAR_ID } from '../jobs/ids';
import type { JobsModel } from '../jobs/model';
import { announceSubmission, orNotice } from '../jobs/notices';
import { azmlIcon } from '../ui/icon';
import type { IWords } from '../ui/words';
import { askKernel, type ISubmission } from './ask';

/** The button on a cell. */
export function addCellCommand(
  app: JupyterFrontEnd,
  model: JobsModel,
  notebooks: INotebookTracker,
  words: IWords
): void {
  const { trans } = words;
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

  async function show(submission: ISubmission): Promise<void> {
    if (submission.notes.length) {
      Notification.warning(submission.notes.join('\n\n'), { autoClose: 10_000 });
    }
    try {
      const job = await model.find(submission.name);
      app.shell.activateById(SIDEBAR_ID);
      await model.select(job.name);
      announceSubmission(job, app.commands, words);
    } catch {
      // The kernel may be attached to another workspace than the page.
      Notification.info(
        trans.__(
          '%1 was submitted as job %2 of the workspace %3, which is not the one in the sidebar.',
          submission.display_name,
          submission.name,
          submission.workspace
        ),
        { autoClose: 10_000 }
      );
    }
  }
}
