import { LabIcon } from '@jupyterlab/ui-components';

const svg = (path: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" fill-rule="evenodd" d="${path}"/></svg>`;

/** Three nodes that lead into one: what was learnt. */
export const modelIcon = new LabIcon({
  name: 'jupyter-azml:model',
  svgstr: svg(
    'M3.2 1.4a1.9 1.9 0 0 1 1.8 2.5l4.3 2.9a2.3 2.3 0 0 1 1-.4A2.5 2.5 0 1 1 9 10.6L5 12.5a1.9 1.9 0 1 1-.6-1.2l3.9-1.9a2.5 2.5 0 0 1 0-1l-4.1-.1a1.9 1.9 0 1 1 .1-1.3l4.2.1L4.4 5a1.9 1.9 0 1 1-1.2-3.6Z'
  )
});
