import type { JupyterFrontEnd } from '@jupyterlab/application';

/** The job that a command is about: its argument, else the row under the context menu; '' when there is neither. */
export function nameIn(app: JupyterFrontEnd, args: { name?: unknown }): string {
  const row = args.name ? undefined : app.contextMenuHitTest(node => node.dataset.job !== undefined);
  return String(args.name ?? row?.dataset.job ?? '');
}

/** Of the row under the context menu; undefined when there is none. */
export function statusUnderMenu(app: JupyterFrontEnd): string | undefined {
  return app.contextMenuHitTest(node => node.dataset.job !== undefined)?.dataset.status;
}
