import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { SaveResult, Stream } from '../api/stream';

/** Collaboration keeps the files of Jupyter's own root on a drive of its name. */
const ROOT_DRIVES = new Set(['', 'RTC']);

/** Whether its file is one of this Jupyter server's own, and not on another drive. */
export const isOfRoot = (path: string, contents: Contents.IManager): boolean =>
  ROOT_DRIVES.has(contents.driveName(path));

/** Saves notebooks when the server asks, which `%azml run` does before it submits one. */
export function saveWhenAsked(
  notebooks: INotebookTracker,
  contents: Contents.IManager,
  stream: Pick<Stream, 'answerSaves'>
): void {
  let answering: IDisposable | null = null;
  // Only a page with a notebook keeps a connection for it.
  const settle = () => {
    if (notebooks.size > 0) {
      answering ??= stream.answerSaves(path => saveNotebook(path, notebooks, contents));
    } else {
      answering?.dispose();
      answering = null;
    }
  };
  notebooks.widgetAdded.connect((_, panel) => {
    panel.disposed.connect(settle);
    settle();
  });
  settle();
}

/** `path` as the contents API names it. */
export async function saveNotebook(
  path: string,
  notebooks: Pick<INotebookTracker, 'find'>,
  contents: Contents.IManager
): Promise<SaveResult> {
  const isMeant = ({ context }: NotebookPanel) =>
    contents.localPath(context.path) === path && isOfRoot(context.path, contents);
  const context = notebooks.find(isMeant)?.context;
  if (!context) {
    return 'absent';
  }
  if (!context.model.dirty) {
    return 'clean';
  }
  try {
    await context.save();
    return 'saved';
  } catch {
    return 'failed'; // JupyterLab has said why
  }
}
