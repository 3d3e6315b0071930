import { LabIcon } from '@jupyterlab/ui-components';

const svg = (path: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" fill-rule="evenodd" d="${path}"/></svg>`;

/** A plug: an address that answers. */
export const endpointIcon = new LabIcon({
  name: 'jupyter-azml:endpoint',
  svgstr: svg(
    'M5 1h1.6v3.4h2.8V1H11v3.4h1.6v3.2c0 2.2-1.6 4-3.8 4.4V15H7.2v-3C5 11.6 3.4 9.8 3.4 7.6V4.4H5V1Zm0 5v1.6c0 1.7 1.3 2.9 3 2.9s3-1.2 3-2.9V6H5Z'
  )
});

/** Layers that are put through one after another. */
export const batchIcon = new LabIcon({
  name: 'jupyter-azml:batch',
  svgstr: svg(
    'M8 1.2 15 4.6 8 8 1 4.6 8 1.2Zm0 1.7L4.5 4.6 8 6.3l3.5-1.7L8 2.9ZM2.7 7.2 8 9.8l5.3-2.6 1.7.8-7 3.4L1 8l1.7-.8Zm0 3.3L8 13.1l5.3-2.6 1.7.8-7 3.4-7-3.4 1.7-.8Z'
  )
});

/** A bell. */
export const alertIcon = new LabIcon({
  name: 'jupyter-azml:alert',
  svgstr: svg(
    'M8 1.2a1 1 0 0 1 1 1v.4a4.3 4.3 0 0 1 3.3 4.2v3l1.3 1.9v.8H2.4v-.8l1.3-1.9v-3A4.3 4.3 0 0 1 7 2.6v-.4a1 1 0 0 1 1-1Zm0 2.8a2.8 2.8 0 0 0-2.8 2.8v3.3l-.6.9h6.8l-.6-.9V6.8A2.8 2.8 0 0 0 8 4ZM6.3 13.3h3.4a1.7 1.7 0 0 1-3.4 0Z'
  )
});
