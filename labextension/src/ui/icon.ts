import { LabIcon } from '@jupyterlab/ui-components';

/** A hexagon, for the workspace, around the sign for running. */
export const azmlIcon = new LabIcon({
  name: 'jupyter-azml:icon',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" fill-rule="evenodd"
    d="M12 1.8 20.8 6.9v10.2L12 22.2 3.2 17.1V6.9L12 1.8Zm0 2.3L5.2 8v8l6.8 3.9 6.8-3.9V8L12 4.1Z"/>
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" d="M9.7 7.9v8.2l6.7-4.1-6.7-4.1Z"/>
</svg>`
});
