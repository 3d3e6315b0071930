import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { plugin } from './jobs/plugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [plugin];

export default plugins;
