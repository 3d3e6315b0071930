import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { ServerConnection } from '@jupyterlab/services';
import { AzmlError } from '../api/request';
import type { IWords } from '../ui/words';
import type { DataModel } from './model';
import { IWaiting, upload } from './upload';

export interface IPlace {
  datastore: string;
  /** A folder of it; "" is its root. */
  path: string;
}

/** Puts files into datastores, and says how far it is. Throws AzmlError. */
export class Uploader {
  constructor(
    private settings: ServerConnection.ISettings,
    private model: DataModel,
    private words: IWords
  ) {}

  async put(place: IPlace, files: readonly IWaiting[]): Promise<void> {
    if (files.length) {
      await this.send(place, files, false);
      await this.model.refreshFolder(place.datastore, place.path);
    }
  }

  private async send(place: IPlace, files: readonly IWaiting[], overwrite: boolean): Promise<void> {
    const { trans } = this.words;
    const { datastore, path } = place;
    const control = new AbortController();
    const message = trans._n('Uploading %1 file to %2', 'Uploading %1 files to %2', files.length, datastore);
    const id = Notification.emit(message, 'in-progress', {
      autoClose: false,
      actions: [{ label: trans.__('Cancel'), callback: () => control.abort() }]
    });
    try {
      await upload(this.settings, this.words, {
        datastore,
        folder: path,
        files,
        overwrite,
        signal: control.signal,
        onProgress: (done, total) =>
          Notification.update({ id, message, progress: total ? Math.min(1, done / total) : 1 })
      });
      Notification.update({
        id,
        message: trans.__('Uploaded to %1.', datastore),
        type: 'success',
        autoClose: 4_000,
        actions: []
      });
    } catch (reason) {
      Notification.dismiss(id);
      const error = AzmlError.of(reason);
      if (error.isAborted) {
        return;
      }
      if (error.code !== 'Conflict' || overwrite) {
        throw error;
      }
      if (await this.isToBeReplaced(error)) {
        await this.send(place, files, true);
      }
    }
  }

  private async isToBeReplaced({ message }: AzmlError): Promise<boolean> {
    const { trans } = this.words;
    const answer = await showDialog({
      title: trans.__('Replace what is there?'),
      body: message,
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.warnButton({ label: trans.__('Replace') })
      ]
    });
    return answer.button.accept;
  }
}
