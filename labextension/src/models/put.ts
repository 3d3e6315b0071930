import type { ServerConnection } from '@jupyterlab/services';
import { IWaiting, upload } from '../data/upload';
import type { IWords } from '../ui/words';
import type { PutFiles } from './registerform';

const STORE = 'workspaceblobstore';

/** Files of the desktop go into the default datastore, each upload into a folder of its own. */
export function putThrough(settings: ServerConnection.ISettings, words: IWords): PutFiles {
  return async (name, files, signal, onProgress) => {
    const folder = `uploads/models/${safe(name)}-${Date.now().toString(36)}`;
    await upload(settings, words, {
      datastore: STORE,
      folder,
      files,
      overwrite: false,
      signal,
      onProgress
    });
    return `azureml://datastores/${STORE}/paths/${folder}/${rootOf(files)}`.replace(/\/$/, '');
  };
}

const safe = (name: string): string => name.replace(/[^\w.-]+/g, '-').slice(0, 60);

/** The one file or folder that all of them are in; "" where they are several. */
export function rootOf(files: readonly Pick<IWaiting, 'path'>[]): string {
  const roots = new Set(files.map(({ path }) => path.split('/')[0]));
  return roots.size === 1 ? [...roots][0] : '';
}
