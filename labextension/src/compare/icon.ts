import { LabIcon } from '@jupyterlab/ui-components';

/** Two columns of unequal lines. */
export const compareIcon = new LabIcon({
  name: 'jupyter-azml:compare',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" fill-rule="evenodd"
    d="M1.5 2h5.8v12H1.5V2Zm1.4 1.4v9.2h3V3.4h-3ZM8.7 2h5.8v12H8.7V2Zm1.4 1.4v9.2h3V3.4h-3ZM3.6 5h1.6v1.2H3.6V5Zm0 2.4h1.6v1.2H3.6V7.4Zm7.2-2.4h1.6v1.2h-1.6V5Zm0 5h1.6v1.2h-1.6V10Z"/></svg>`
});
