import { URLExt } from '@jupyterlab/coreutils';
import type { ServerConnection } from '@jupyterlab/services';
import { aborted, offline, refusal } from '../api/errors';
import type { IWords } from '../ui/words';

/** A file that waits to be put somewhere, with its path below that place. */
export interface IWaiting {
  path: string;
  file: File;
}

/** Files and whole folders of the desktop. To be called while the drop is handled: the browser forgets it after. */
export async function filesIn(transfer: DataTransfer): Promise<IWaiting[]> {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.() ?? null);
  if (entries.some(entry => entry === null)) {
    return [...transfer.files].map(file => ({ path: file.name, file }));
  }
  const found = await Promise.all(entries.map(entry => filesBelow(entry!, '')));
  return found.flat();
}

async function filesBelow(entry: FileSystemEntry, folder: string): Promise<IWaiting[]> {
  const path = folder ? `${folder}/${entry.name}` : entry.name;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject)
    );
    return [{ path, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const below: FileSystemEntry[] = [];
  // It hands out a hundred at a time, and none at its end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject)
    );
    if (some.length === 0) {
      break;
    }
    below.push(...some);
  }
  return (await Promise.all(below.map(each => filesBelow(each, path)))).flat();
}

export interface IUploads {
  datastore: string;
  /** The folder of the datastore that files go to; "" is its root. */
  folder: string;
  files: readonly IWaiting[];
  overwrite: boolean;
  /** Bytes of all files together. */
  onProgress: (done: number, total: number) => void;
  signal?: AbortSignal;
}

/** One file after another. Throws AzmlError at the first that is refused; what was put there stays. */
export async function upload(
  settings: ServerConnection.ISettings,
  { locale }: IWords,
  { datastore, folder, files, overwrite, onProgress, signal }: IUploads
): Promise<void> {
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  let before = 0;
  for (const { path, file } of files) {
    const query = { path: folder ? `${folder}/${path}` : path, ...(overwrite ? { overwrite: 'true' } : {}) };
    const url =
      URLExt.join(settings.baseUrl, 'azml/api/datastores', encodeURIComponent(datastore), 'files') +
      URLExt.objectToQueryString(query);
    await send(url, file, settings, locale, done => onProgress(before + done, total), signal);
    before += file.size;
    onProgress(before, total);
  }
}

/** fetch() does not say how far it is; the older way does. */
function send(
  url: string,
  file: File,
  settings: ServerConnection.ISettings,
  locale: string,
  onProgress: (done: number) => void,
  signal?: AbortSignal
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('Accept-Language', locale);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    if (settings.token) {
      request.setRequestHeader('Authorization', `token ${settings.token}`);
    }
    const xsrf = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1];
    if (xsrf) {
      request.setRequestHeader('X-XSRFToken', xsrf);
    }
    request.upload.onprogress = event => onProgress(event.loaded);
    request.onload = () =>
      request.status < 300
        ? resolve()
        : reject(refusal(request.responseText, request.status, request.statusText));
    request.onerror = () => reject(offline());
    request.onabort = () => reject(aborted());
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
