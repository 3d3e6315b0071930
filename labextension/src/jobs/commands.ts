import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { Job } from '../api/types';
import type { IHere } from '../shell/here';
import { SIDEBAR_ID } from '../shell/ids';
import { azmlIcon } from '../ui/icon';
import { canCancel } from '../ui/status';
import type { IWords } from '../ui/words';
import { runAgain, runCurrent, runFile } from '../submit/ask';
import { announceSubmission, orNotice } from './notices';
import { CommandIDs } from './ids';
import { nameIn, statusUnderMenu } from './named';
import { notebookOf } from './record';

const JOB_ARGS = {
  type: 'object',
  properties: { name: { type: 'string', description: 'The name of the job' } },
  required: ['name']
} as const;

const RUN_ARGS = {
  type: 'object',
  properties: {
    path: { type: 'string', description: 'The notebook; by default the one on the screen' },
    atOnce: { type: 'boolean', description: 'Whether it runs without a form being shown before' },
    toolbar: { type: 'boolean', description: 'Whether a toolbar button asks' }
  }
} as const;

export function addCommands(here: IHere): void {
  const { app, jobs: model, notebooks, documents, settings, words } = here;
  const { commands, shell } = app;
  const { trans } = words;

  commands.addCommand(CommandIDs.run, {
    label: trans.__('Run as job'),
    caption: trans.__('Run this notebook as a job of the Azure ML workspace'),
    // Toolbars leave out the label beside an icon; a button that sends work away should say so, hence a class there.
    icon: args => (args.toolbar ? undefined : azmlIcon),
    iconClass: args => (args.toolbar ? 'azml-RunIcon' : ''),
    describedBy: { args: RUN_ARGS },
    isEnabled: args => Boolean(args.path || notebooks?.currentWidget),
    execute: args =>
      orNotice(async () => {
        const panel = notebooks?.currentWidget;
        if (args.path) {
          await show(await runFile(here, String(args.path)));
        } else if (panel) {
          await show(await runCurrent(here, panel, Boolean(args.atOnce) || settings.get('submitAtOnce')));
        }
      })
  });

  here.palette?.addItem({ command: CommandIDs.run, category: trans.__('Azure ML') });

  commands.addCommand(CommandIDs.runAgain, {
    label: trans.__('Run again…'),
    caption: trans.__('Run the notebook of this job again, with its parameters or others'),
    describedBy: { args: JOB_ARGS },
    execute: args => orNotice(async () => show(await runAgain(here, nameIn(app, args))))
  });

  async function show(job: Job | null): Promise<void> {
    if (job) {
      shell.activateById(SIDEBAR_ID);
      await model.select(job.name);
      announceSubmission(job, commands, words);
    }
  }

  commands.addCommand(CommandIDs.follow, {
    label: trans.__('Show job'),
    describedBy: { args: JOB_ARGS },
    execute: args =>
      orNotice(async () => {
        shell.activateById(SIDEBAR_ID);
        await model.select(nameIn(app, args));
      })
  });

  commands.addCommand(CommandIDs.open, {
    label: trans.__('Open notebook'),
    caption: trans.__('Open the notebook as the job ran it, with its outputs'),
    describedBy: { args: JOB_ARGS },
    isEnabled: () => documents !== null,
    execute: args =>
      orNotice(async () => {
        const path = notebookOf(await model.find(nameIn(app, args)));
        return path && documents?.openOrReveal(path);
      })
  });

  commands.addCommand(CommandIDs.cancel, {
    label: trans.__('Cancel job'),
    // Of the row under a context menu; who calls it by name is answered by the server.
    isVisible: () => canCancel((statusUnderMenu(app) ?? 'Running') as Job['status']),
    describedBy: { args: JOB_ARGS },
    execute: args =>
      orNotice(async () => {
        const job = await model.find(nameIn(app, args));
        if (!settings.get('confirmCancel') || (await isSure(job, words))) {
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
