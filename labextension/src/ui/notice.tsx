import { Clipboard, Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import * as React from 'react';
import { AzmlError, language } from '../api/errors';

/** Signs of a notification that JupyterLab shows; the rest it leaves out. */
const SHOWN = 140;

interface IOptions {
  autoClose?: number | false;
  actions?: Notification.IAction[];
}

/** What goes wrong in a command is said where the user looks. */
export async function orNotice<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (reason) {
    tellError(AzmlError.of(reason));
    return undefined;
  }
}

export function tellError(error: AzmlError): void {
  if (!error.isAborted) {
    const whole = [`${error.code}: ${error.message}`, error.hint].filter(Boolean).join('\n');
    const label = language().__('Copy');
    const copy = { label, callback: () => Clipboard.copyToSystem(whole) };
    notify([error.message, error.hint].filter(Boolean).join('\n\n'), 'error', {
      autoClose: 15_000,
      actions: [copy]
    });
  }
}

/** A notification that loses nothing: what is too long for one is read in a dialog. Returns its id. */
export function notify(text: string, type: Notification.TypeOptions, options: IOptions = {}): string {
  const { actions = [], autoClose } = options;
  if (text.length <= SHOWN) {
    return Notification.emit(text, type, options);
  }
  const details: Notification.IAction = {
    label: language().__('Details'),
    callback: event => {
      event.preventDefault(); // it stays until it is closed
      void showWhole(text);
    }
  };
  return Notification.emit(text, type, { autoClose, actions: [...actions, details] });
}

async function showWhole(text: string): Promise<void> {
  const trans = language();
  const answer = await showDialog({
    title: trans.__('Details'),
    body: <div className="azml-Surface azml-Details">{text}</div>,
    buttons: [Dialog.cancelButton({ label: trans.__('Copy') }), Dialog.okButton({ label: trans.__('Close') })]
  });
  if (!answer.button.accept && answer.button.label === trans.__('Copy')) {
    Clipboard.copyToSystem(text);
  }
}
