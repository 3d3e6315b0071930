import type { IHere } from './here';

/** Cards of JupyterLab's launcher: the ways into the workspace that most come for. */
const CARDS = [
  'azml:show-jobs',
  'azml:show-data',
  'azml:show-models',
  'azml:show-endpoints',
  'azml:show-computes'
];

export function addLauncherCards({ app, launcher, words }: IHere): void {
  const category = words.trans.__('Azure ML');
  CARDS.filter(command => app.commands.hasCommand(command)).forEach((command, rank) =>
    launcher?.add({ command, category, rank, args: { isLauncher: true } })
  );
}
