/** Names by which the rest of JupyterLab knows what can be done with endpoints. */
export const EndpointCommandIDs = {
  open: 'azml:open-endpoint',
  openBatch: 'azml:open-batch-endpoint',
  create: 'azml:create-endpoint',
  deploy: 'azml:deploy-to-endpoint',
  score: 'azml:score-data',
  remove: 'azml:delete-endpoint',
  copy: 'azml:copy-endpoint-address'
} as const;
