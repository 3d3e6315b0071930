import { ILayoutRestorer, JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRunningSessionManagers } from '@jupyterlab/running';
import { Drive } from '@jupyterlab/services';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { requestThrough } from '../api/request';
import { Stream } from '../api/stream';
import { addCellCommand } from '../cells/commands';
import { DataCommandIDs } from '../data/ids';
import { dataSection } from '../data/plugin';
import { Chosen } from '../ui/chosen';
import { WorkspaceModel } from '../workspace/model';
import { addCommands } from './commands';
import { CommandIDs, JOBS } from './ids';
import { localeOf } from './format';
import { JobsModel } from './model';
import { announceEnds } from './notices';
import { SidebarWidget } from './panel';
import { DRIVE, openRecordsWithoutKernel } from './record';
import { activeJobsSource } from './running';
import { saveWhenAsked } from './saving';
import { StatusItem } from './statusitem';

export const plugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-azml:plugin',
  description: 'The jobs of the Azure ML workspace: sidebar, notebook button, notifications.',
  autoStart: true,
  // All optional: Notebook 7 has only some of them.
  optional: [
    ITranslator,
    ILayoutRestorer,
    ICommandPalette,
    ILauncher,
    IStatusBar,
    INotebookTracker,
    IDocumentManager,
    IRunningSessionManagers
  ],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    statusBar: IStatusBar | null,
    notebooks: INotebookTracker | null,
    documents: IDocumentManager | null,
    running: IRunningSessionManagers | null
  ): void => {
    const { languageCode } = translator ?? nullTranslator;
    const trans = (translator ?? nullTranslator).load('jupyter_azml');
    const words = { trans, locale: localeOf(languageCode) };
    const { serverSettings, contents } = app.serviceManager;
    contents.addDrive(new Drive({ name: DRIVE, apiEndpoint: 'azml/api/contents', serverSettings }));

    if (notebooks) {
      openRecordsWithoutKernel(notebooks, contents);
    }

    const request = requestThrough(serverSettings, words.locale, trans.__('The server cannot be reached.'));
    const stream = new Stream(serverSettings, words.locale);
    const model = new JobsModel(request, stream);
    const workspace = new WorkspaceModel(request);

    if (notebooks) {
      saveWhenAsked(notebooks, contents, stream);
    }
    const chosen = new Chosen(JOBS);
    addCommands({ app, model, notebooks, documents, chosen, words });
    if (notebooks) {
      addCellCommand(app, model, notebooks, words);
    }
    announceEnds(model, app.commands, words);

    const sections = [dataSection(app, request, notebooks, chosen, words)];
    const sidebar = new SidebarWidget(model, workspace, app.commands, sections, chosen, words);
    app.shell.add(sidebar, 'left', { rank: 600 });
    restorer?.add(sidebar, sidebar.id);
    const category = trans.__('Azure ML');
    palette?.addItem({ command: CommandIDs.show, category });
    palette?.addItem({ command: DataCommandIDs.show, category });
    palette?.addItem({ command: CommandIDs.run, category });
    palette?.addItem({ command: CommandIDs.runCell, category });
    launcher?.add({ command: CommandIDs.show, category, rank: 1 });
    statusBar?.registerStatusItem('jupyter-azml:status', {
      item: new StatusItem(model, app.commands, words),
      align: 'left',
      rank: 90
    });
    running?.add(activeJobsSource(model, app.commands, words));
  }
};
