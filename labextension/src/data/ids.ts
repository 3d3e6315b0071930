/** Names by which the rest of JupyterLab knows what can be done with data. */
export const DataCommandIDs = {
  preview: 'azml:preview-data',
  create: 'azml:create-data-asset',
  archive: 'azml:archive-data-asset',
  insert: 'azml:insert-data-code',
  copy: 'azml:copy-data-address',
  upload: 'azml:upload-files',
  remove: 'azml:delete-file',
  refresh: 'azml:refresh-data'
} as const;
