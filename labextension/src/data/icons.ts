import { LabIcon } from '@jupyterlab/ui-components';

const svg = (path: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">
  <path class="jp-icon3" fill="#616161" fill-rule="evenodd" d="${path}"/></svg>`;

/** A label with a hole: a name for data. */
export const assetIcon = new LabIcon({
  name: 'jupyter-azml:asset',
  svgstr: svg('M2 2h6.2L14 7.8 8.1 13.9 2 7.7V2Zm3.3 2a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6Z')
});

/** Three discs over one another: where data is kept. */
export const datastoreIcon = new LabIcon({
  name: 'jupyter-azml:datastore',
  svgstr: svg(
    'M8 1.5c3.3 0 5.5 1 5.5 2.2S11.3 5.9 8 5.9 2.5 4.9 2.5 3.7 4.7 1.5 8 1.5ZM2.5 5.5C3.6 6.5 5.6 7.1 8 7.1s4.4-.6 5.5-1.6v2.3C13.5 9 11.3 10 8 10S2.5 9 2.5 7.8V5.5Zm0 4.2c1.1 1 3.1 1.6 5.5 1.6s4.4-.6 5.5-1.6V12c0 1.2-2.2 2.2-5.5 2.2S2.5 13.2 2.5 12V9.7Z'
  )
});
