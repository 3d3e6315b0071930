import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { Job } from '../api/types';

/** The drive on which jobs' files are opened, read-only. */
export const DRIVE = 'azml';

/** The notebook as the job ran it; null while there is none. */
export const notebookOf = (job: Job): string | null => {
  const path = job.outputs?.notebook?.path;
  return path ? `${DRIVE}:${job.name}/${path}` : null;
};

/**
 * A job's notebook is a record, to be read: however it is opened (a reloaded page opens it too), no kernel is started
 * for it. The reader may still choose one.
 */
export function openRecordsWithoutKernel(notebooks: INotebookTracker, contents: Contents.IManager): void {
  notebooks.widgetAdded.connect((_, panel: NotebookPanel) => {
    const { context } = panel;
    if (contents.driveName(context.path) !== DRIVE) {
      return;
    }
    context.sessionContext.kernelPreference = {
      ...context.sessionContext.kernelPreference,
      shouldStart: false,
      autoStartDefault: false
    };
    void context.ready.then(() => {
      // Jupyter fills gaps in the metadata, and would ask to save what cannot be saved.
      context.model.dirty = false;
    });
  });
}
