/** Names by which the rest of JupyterLab knows what can be done with workspaces. */
export const WorkspaceCommandIDs = {
  use: 'azml:use-workspace',
  attach: 'azml:attach-workspace',
  create: 'azml:create-workspace',
  signIn: 'azml:sign-in',
  signOut: 'azml:sign-out'
} as const;
