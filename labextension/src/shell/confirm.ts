import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { IWords } from '../ui/words';

/** Asks before something costs or cannot be brought back. */
export async function isSure(
  { trans }: IWords,
  asked: { title: string; body: string; verb: string; keep?: string }
): Promise<boolean> {
  const answer = await showDialog({
    title: asked.title,
    body: asked.body,
    buttons: [
      Dialog.cancelButton({ label: asked.keep ?? trans.__('Cancel') }),
      Dialog.warnButton({ label: asked.verb })
    ],
    // Enter must not destroy what was opened by mistake.
    defaultButton: 0
  });
  return answer.button.accept;
}
