import type { TranslationBundle } from '@jupyterlab/translation';
import type { ModelType } from '../api/types';

/** The service's words for types are for programs. */
export function typeWord(type: ModelType, trans: TranslationBundle): string {
  const words: Record<string, string> = {
    custom_model: trans.__('Files of any kind'),
    mlflow_model: trans.__('MLflow model'),
    triton_model: trans.__('Triton model')
  };
  return words[type] ?? type;
}

/** What the server compares has names for programs; those that are not of the user's own making are translated. */
export function factWord(name: string, trans: TranslationBundle): string {
  const words: Record<string, string> = {
    type: trans.__('Type'),
    stage: trans.__('Stage'),
    aliases: trans.__('Aliases'),
    flavors: trans.__('Flavors'),
    signature: trans.__('Signature'),
    size: trans.__('Size (bytes)'),
    hash: trans.__('Content (SHA-256)'),
    job: trans.__('Job'),
    snapshot: trans.__('Snapshot of the code (SHA-256)')
  };
  return words[name] ?? name.replace(/^tag /, `${trans.__('Tag')} `);
}
