/** Names by which the rest of JupyterLab knows the sidebar and its commands. */
export const SIDEBAR_ID = 'jp-azml-sidebar';

/** The section of the sidebar that is shown first. */
export const JOBS = 'jobs';

export const CommandIDs = {
  run: 'azml:run-notebook',
  runCell: 'azml:run-cell',
  show: 'azml:show-jobs',
  follow: 'azml:follow-job',
  open: 'azml:open-notebook',
  cancel: 'azml:cancel-job'
} as const;
