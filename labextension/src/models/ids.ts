/** Names by which the rest of JupyterLab knows what can be done with models. */
export const ModelCommandIDs = {
  open: 'azml:open-model',
  compare: 'azml:open-compare-models',
  register: 'azml:register-model',
  registerFromJob: 'azml:register-model-of-job',
  deploy: 'azml:deploy-model',
  download: 'azml:download-model',
  edit: 'azml:edit-model',
  alias: 'azml:set-model-alias',
  archive: 'azml:archive-model',
  restore: 'azml:restore-model',
  remove: 'azml:delete-model',
  insert: 'azml:insert-model-code'
} as const;
