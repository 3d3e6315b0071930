import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { savedViews } from './saved/plugin';
import { plugin } from './shell/plugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [plugin, savedViews];

export default plugins;
