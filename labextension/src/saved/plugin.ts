import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { SAVED, SavedView } from './view';

/** Draws cards and panels in notebooks that are opened again, where no kernel has them any more. */
export const savedViews: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-azml:saved-views',
  description: 'The last truth of job cards and watch panels in notebooks that are opened again.',
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_app, notebooks: INotebookTracker): void => {
    const add = ({ content: { rendermime }, sessionContext }: NotebookPanel) =>
      rendermime.addFactory(
        {
          // What a job says is drawn as text.
          safe: true,
          mimeTypes: [SAVED],
          createRenderer: options => new SavedView(options, rendermime, sessionContext)
        },
        // Before ipywidgets' own, which has -10 and says only that there is no model.
        -20
      );
    notebooks.forEach(add);
    notebooks.widgetAdded.connect((_tracker, panel) => add(panel));
  }
};
