import type { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';
import { AzmlError } from '../api/request';
import { tellError } from '../ui/notice';
import { WorkspaceCommandIDs } from './ids';
import { isSame, referenceTo, WorkspaceModel } from './model';

/** The menu below the workspace's name: the others that are known, and the ways to one that is not. */
export async function openSwitcher(
  workspace: WorkspaceModel,
  commands: CommandRegistry,
  below: HTMLElement
): Promise<void> {
  try {
    await workspace.readKnown();
  } catch (reason) {
    tellError(AzmlError.of(reason));
  }
  const menu = new Menu({ commands });
  menu.addClass('azml-Menu');
  for (const info of workspace.known) {
    const isChosen = workspace.info !== null && isSame(info, workspace.info);
    menu.addItem({
      command: WorkspaceCommandIDs.use,
      args: { ...referenceTo(info), label: info.name, kind: info.kind, isChosen }
    });
  }
  menu.addItem({ type: 'separator' });
  menu.addItem({ command: WorkspaceCommandIDs.create });
  menu.addItem({ command: WorkspaceCommandIDs.attach });
  if (workspace.account) {
    menu.addItem({ command: WorkspaceCommandIDs.attach, args: { way: 'azure' } });
    menu.addItem({ command: WorkspaceCommandIDs.signOut, args: { account: workspace.account.name } });
  } else {
    menu.addItem({ command: WorkspaceCommandIDs.signIn });
  }
  menu.aboutToClose.connect(() => below.focus());
  const { left, bottom } = below.getBoundingClientRect();
  menu.open(left, bottom);
}
