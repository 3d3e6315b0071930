import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { plugin } from './jobs/plugin';
import { savedViews } from './saved/plugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [plugin, savedViews];

export default plugins;
