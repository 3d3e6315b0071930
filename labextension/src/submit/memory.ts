import type { IStateDB } from '@jupyterlab/statedb';
import type { FormModel, IChoices } from './form';

/** Where a notebook ran last is where it most likely is to run again. Its parameters are the notebook's own. */
export async function recall(state: IStateDB | null, path: string): Promise<IChoices> {
  const found = await state?.fetch(keyOf(path)).catch(() => undefined);
  return found && typeof found === 'object' ? (found as IChoices) : {};
}

export function remember(state: IStateDB | null, { path, asked }: FormModel): void {
  const { compute, experiment, environment } = asked;
  void state?.save(keyOf(path), { compute, experiment, environment }).catch(() => undefined);
}

const keyOf = (path: string): string => `jupyter-azml:run:${path}`;
