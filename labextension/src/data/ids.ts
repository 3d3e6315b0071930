/** Names by which the rest of JupyterLab knows what can be done with data. */
export const DataCommandIDs = {
  show: 'azml:show-data',
  preview: 'azml:preview-data',
  insert: 'azml:insert-data-code',
  copy: 'azml:copy-data-address',
  upload: 'azml:upload-files',
  remove: 'azml:delete-file',
  refresh: 'azml:refresh-data'
} as const;
