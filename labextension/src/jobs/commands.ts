import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Job } from '../api/types';
import type { Chosen } from '../ui/chosen';
import { azmlIcon } from '../ui/icon';
import type { IWords } from '../ui/words';
import type { JobsModel } from './model';
import { announceSubmission, orNotice } from './notices';
import { CommandIDs, JOBS, SIDEBAR_ID } from './ids';
import { notebookOf } from './record';
import { runNotebook } from './submit';

interface ISurroundings {
  app: JupyterFrontEnd;
  model: JobsModel;
  notebooks: INotebookTracker | null;
  documents: IDocumentManager | null;
  chosen: Chosen;
  words: IWords;
}

const JOB_ARGS = {
  type: 'object',
  properties: { name: { type: 'string', description: 'The name of the job' } },
  required: ['name']
} as const;
const NO_ARGS = { type: 'object', properties: {} } as const;

export function addCommands({ app, model, notebooks, documents, chosen, words }: ISurroundings): void {
  const { commands, shell } = app;
  const { trans } = words;

  commands.addCommand(CommandIDs.run, {
    label: trans.__('Run as job'),
    caption: trans.__('Run this notebook as a job of the Azure ML workspace'),
    // Toolbars leave out the label beside an icon; a button that sends work away should say so, hence a class there.
    icon: args => (args.toolbar ? undefined : azmlIcon),
    iconClass: args => (args.toolbar ? 'azml-RunIcon' : ''),
    describedBy: {
      args: {
        type: 'object',
        properties: { toolbar: { type: 'boolean', description: 'Whether a toolbar button asks' } }
      }
    },
    isEnabled: () => Boolean(notebooks?.currentWidget),
    execute: () =>
      orNotice(async () => {
        const panel = notebooks?.currentWidget;
        const job = panel && (await runNotebook(panel, app.serviceManager.contents, model, trans));
        if (job) {
          shell.activateById(SIDEBAR_ID);
          await model.select(job.name);
        }
        return job && announceSubmission(job, commands, words);
      })
  });

  commands.addCommand(CommandIDs.show, {
    label: trans.__('Jobs'),
    caption: trans.__('Show the jobs of the Azure ML workspace'),
    icon: azmlIcon,
    describedBy: { args: NO_ARGS },
    execute: () => {
      chosen.choose(JOBS);
      shell.activateById(SIDEBAR_ID);
    }
  });

  commands.addCommand(CommandIDs.follow, {
    label: trans.__('Show job'),
    describedBy: { args: JOB_ARGS },
    execute: args =>
      orNotice(async () => {
        shell.activateById(SIDEBAR_ID);
        await model.select(String(args.name));
      })
  });

  commands.addCommand(CommandIDs.open, {
    label: trans.__('Open notebook'),
    caption: trans.__('Open the notebook as the job ran it, with its outputs'),
    describedBy: { args: JOB_ARGS },
    isEnabled: () => documents !== null,
    execute: args =>
      orNotice(async () => {
        const path = notebookOf(await model.find(String(args.name)));
        return path && documents?.openOrReveal(path);
      })
  });

  commands.addCommand(CommandIDs.cancel, {
    label: trans.__('Cancel job'),
    describedBy: { args: JOB_ARGS },
    execute: args =>
      orNotice(async () => {
        const job = await model.find(String(args.name));
        if (await isSure(job, words)) {
          await model.cancel(job.name);
        }
      })
  });
}

async function isSure(job: Job, { trans }: IWords): Promise<boolean> {
  const answer = await showDialog({
    title: trans.__('Cancel this job?'),
    body: trans.__('%1 is interrupted. What it wrote so far is kept.', job.display_name),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Keep running') }),
      Dialog.warnButton({ label: trans.__('Cancel job') })
    ]
  });
  return answer.button.accept;
}
