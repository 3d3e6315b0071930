import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import type { ILauncher } from '@jupyterlab/launcher';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { IStateDB } from '@jupyterlab/statedb';
import type { IStatusBar } from '@jupyterlab/statusbar';
import type { Request } from '../api/request';
import type { Stream } from '../api/stream';
import type { JobsModel } from '../jobs/model';
import type { IWords } from '../ui/words';
import type { WorkspaceModel } from '../workspace/model';
import type { Panels } from './panels';
import type { Sections } from './sections';
import type { Settings } from './settings';

/** What every part of the page is given. What JupyterLab offers is null where it does not: Notebook 7 has less. */
export interface IHere {
  app: JupyterFrontEnd;
  request: Request;
  /** The page's one socket. */
  stream: Stream;
  words: IWords;
  sections: Sections;
  panels: Panels;
  workspace: WorkspaceModel;
  jobs: JobsModel;
  settings: Settings;
  notebooks: INotebookTracker | null;
  documents: IDocumentManager | null;
  browser: IDefaultFileBrowser | null;
  rendermime: IRenderMimeRegistry | null;
  palette: ICommandPalette | null;
  launcher: ILauncher | null;
  statusBar: IStatusBar | null;
  state: IStateDB | null;
}
