import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { AzmlError } from '../api/request';
import type { Job } from '../api/types';
import type { JobsModel } from './model';
import { isOfRoot } from './saving';

/** Saves the notebook if the user agrees, or has agreed for good, and submits the file. Null when the user thought better of it. */
export async function runNotebook(
  panel: NotebookPanel,
  contents: Contents.IManager,
  model: JobsModel,
  trans: TranslationBundle,
  mayAlwaysSave = false
): Promise<Job | null> {
  const { context } = panel;
  if (!isOfRoot(context.path, contents)) {
    throw new AzmlError(
      'NotAFile',
      trans.__('This notebook is not among the files of this Jupyter server.'),
      trans.__('Save a copy in your own files and run that.')
    );
  }
  if (context.model.dirty && !mayAlwaysSave) {
    const answer = await showDialog({
      title: trans.__('Save the notebook?'),
      body: trans.__('%1 has unsaved changes. A job runs the saved file.', panel.title.label),
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Save and submit') })
      ]
    });
    if (!answer.button.accept) {
      return null;
    }
  }
  if (context.model.dirty) {
    await context.save();
    if (context.model.dirty) {
      return null; // JupyterLab has said why it could not save
    }
  }
  return model.submit({ path: context.localPath });
}
