import { checkIcon } from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { isSure } from '../shell/confirm';
import type { IHere } from '../shell/here';
import { isTerminal } from '../ui/status';
import { notify, orNotice } from '../ui/notice';
import type { Attached } from './forms';
import { WorkspaceCommandIDs } from './ids';
import type { IReference } from './model';

const REFERENCE_ARGS = {
  type: 'object',
  properties: {
    reference: { type: 'string', description: 'A name, a folder or a config.json' },
    path: { type: 'string', description: 'The same, as the file browser names it' },
    subscription_id: { type: 'string', description: 'Of an Azure workspace, with the next two' },
    resource_group: { type: 'string', description: 'Of an Azure workspace' },
    workspace_name: { type: 'string', description: 'Of an Azure workspace' }
  }
} as const;
const ATTACH_ARGS = {
  type: 'object',
  properties: { way: { type: 'string', enum: ['place', 'azure'], description: 'What is asked for first' } }
} as const;
const NO_ARGS = { type: 'object', properties: {} } as const;

/** The ways from one workspace to another. */
export function addWorkspace(here: IHere): void {
  const { app, jobs, palette, request, words, workspace } = here;
  const { commands } = app;
  const { trans } = words;

  /** What runs there goes on, but this page no longer tells of it. */
  async function mayLeave(): Promise<boolean> {
    const running = jobs.active.filter(job => !isTerminal(job.status)).length;
    return (
      running === 0 ||
      isSure(words, {
        title: trans.__('Switch to another workspace?'),
        body: trans._n(
          '%1 job of this workspace goes on without being shown here.',
          '%1 jobs of this workspace go on without being shown here.',
          running
        ),
        verb: trans.__('Switch')
      })
    );
  }
  const told = (name: string) =>
    notify(trans.__('The workspace is now %1.', name), 'info', { autoClose: 4_000 });

  /** Throws. */
  async function finish(attached: Attached | null): Promise<void> {
    if (attached && 'waiting' in attached) {
      const { signIn } = await import('./signin');
      if (await signIn(request, words)) {
        told((await workspace.attach(attached.waiting)).name);
      }
    } else if (attached) {
      told(attached.info.name);
    }
  }

  commands.addCommand(WorkspaceCommandIDs.use, {
    label: args => (args.label ? String(args.label) : trans.__('Attach as workspace')),
    caption: args => String(args.reference ?? args.subscription_id ?? ''),
    icon: args => (args.isChosen ? checkIcon : undefined),
    describedBy: { args: REFERENCE_ARGS },
    execute: args =>
      orNotice(async () => {
        const asked = referenceIn(here, args);
        if (args.isChosen || !asked || !(await mayLeave())) {
          return;
        }
        const { attachIfSignedIn } = await import('./forms');
        await finish(await attachIfSignedIn(workspace, asked));
      })
  });
  commands.addCommand(WorkspaceCommandIDs.attach, {
    label: args =>
      args.way === 'azure' ? trans.__('Workspaces in Azure…') : trans.__('Attach a workspace…'),
    caption: trans.__('Use a folder, a config.json or an Azure workspace'),
    describedBy: { args: ATTACH_ARGS },
    execute: args =>
      orNotice(async () => {
        const { askToAttach } = await import('./forms');
        if (await mayLeave()) {
          await finish(await askToAttach(workspace, words, args.way === 'azure' ? 'azure' : 'place'));
        }
      })
  });
  commands.addCommand(WorkspaceCommandIDs.create, {
    label: trans.__('New local workspace…'),
    caption: trans.__('Make a workspace on this machine and use it'),
    describedBy: { args: NO_ARGS },
    execute: () =>
      orNotice(async () => {
        const { askToCreate } = await import('./forms');
        const info = (await mayLeave()) && (await askToCreate(workspace, words));
        if (info) {
          told(info.name);
        }
      })
  });
  commands.addCommand(WorkspaceCommandIDs.signIn, {
    label: trans.__('Sign in to Azure…'),
    caption: trans.__('Sign in by a code that is entered in any browser'),
    describedBy: { args: NO_ARGS },
    execute: () =>
      orNotice(async () => {
        const { signIn } = await import('./signin');
        // Who signs in while nothing in Azure is attached wants to choose something there.
        if ((await signIn(request, words)) && workspace.info?.kind === 'local') {
          await commands.execute(WorkspaceCommandIDs.attach, { way: 'azure' });
        }
      })
  });
  commands.addCommand(WorkspaceCommandIDs.signOut, {
    label: args =>
      args.account ? trans.__('Sign out of Azure (%1)', String(args.account)) : trans.__('Sign out of Azure'),
    caption: trans.__('Forget the sign-in of this page and of azml login; that of az login stays'),
    describedBy: { args: NO_ARGS },
    execute: () =>
      orNotice(async () => {
        await workspace.signOut();
        notify(trans.__('You are signed out of Azure.'), 'info', { autoClose: 4_000 });
      })
  });
  const category = trans.__('Azure ML');
  const { attach, create, signIn, signOut } = WorkspaceCommandIDs;
  [attach, create, signIn, signOut].forEach(command => palette?.addItem({ command, category }));
}

/** What is to be attached; the file browser's choice where nothing is named. */
function referenceIn(here: IHere, args: ReadonlyPartialJSONObject): IReference | null {
  const { subscription_id, resource_group, workspace_name } = args;
  if (workspace_name !== undefined) {
    return {
      subscription_id: String(subscription_id ?? ''),
      resource_group: String(resource_group ?? ''),
      workspace_name: String(workspace_name)
    };
  }
  if (args.reference) {
    return { reference: String(args.reference) };
  }
  const path = args.path ?? browsedPath(here);
  return path ? { path: String(path) } : null;
}

/** The file or folder that a context menu of the file browser was opened on. */
function browsedPath({ app, browser }: IHere): string | null {
  const [item] = browser ? [...browser.selectedItems()] : [];
  return item ? app.serviceManager.contents.localPath(item.path) : null;
}
