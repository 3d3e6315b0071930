import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { IWords } from '../ui/words';

/** Asks before something is destroyed. */
export async function isSure(
  title: string,
  body: string,
  accept: string,
  { trans }: IWords
): Promise<boolean> {
  const answer = await showDialog({
    title,
    body,
    buttons: [Dialog.cancelButton({ label: trans.__('Cancel') }), Dialog.warnButton({ label: accept })]
  });
  return answer.button.accept;
}
