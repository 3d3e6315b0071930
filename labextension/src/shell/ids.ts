/** Names by which the rest of JupyterLab knows the sidebar and what is not of one noun. */
export const SIDEBAR_ID = 'jp-azml-sidebar';

export const ShellCommandIDs = {
  link: 'azml:open-link',
  copyLink: 'azml:copy-link'
} as const;
