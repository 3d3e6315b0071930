/** The section of the sidebar that is shown first. */
export const JOBS = 'jobs';

/** Names by which the rest of JupyterLab knows what can be done with jobs. */
export const CommandIDs = {
  run: 'azml:run-notebook',
  runAgain: 'azml:run-again',
  runFiles: 'azml:run-files',
  runCell: 'azml:run-cell',
  show: 'azml:show-jobs',
  follow: 'azml:follow-job',
  open: 'azml:open-notebook',
  cancel: 'azml:cancel-job'
} as const;
