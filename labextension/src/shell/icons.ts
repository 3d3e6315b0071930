import { LabIcon } from '@jupyterlab/ui-components';

const svg = (path: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" fill-rule="evenodd" d="${path}"/></svg>`;

/** A list that runs: lines after the sign for running. */
export const jobsIcon = new LabIcon({
  name: 'jupyter-azml:jobs',
  svgstr: svg('M1.5 2v5l4-2.5-4-2.5ZM7 3.7h7.5v1.6H7V3.7Zm0 4.2h7.5v1.6H7V7.9Zm-5.5 4.2h13v1.6h-13v-1.6Z')
});

/** A processor with its pins. */
export const computesIcon = new LabIcon({
  name: 'jupyter-azml:computes',
  svgstr: svg(
    'M5 1h1.4v1.6h1V1h1.4v1.6h.8V1H11v1.6h1.4v1.4H14v1.4h-1.6v1H14v1.4h-1.6v.9H14v1.4h-1.6v1.3H11V14H9.6v-1.6h-.8V14H7.4v-1.6h-1V14H5v-1.6H3.6V11H2V9.6h1.6v-.9H2V7.3h1.6v-1H2V4.9h1.6V2.6H5V1Zm0 3v7h6V4H5Zm1.4 1.4h3.2v4.2H6.4V5.4Z'
  )
});

/** A box: what is packed for a job. */
export const environmentsIcon = new LabIcon({
  name: 'jupyter-azml:environments',
  svgstr: svg(
    'M8 .9 14.4 4v8L8 15.1 1.6 12V4L8 .9Zm0 1.6L4.5 4.2 8 5.9l3.5-1.7L8 2.5ZM3 5.3v5.8l4.3 2.1V7.4L3 5.3Zm10 0L8.7 7.4v5.8l4.3-2.1V5.3Z'
  )
});
