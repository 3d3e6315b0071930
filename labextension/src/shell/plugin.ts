import { ILayoutRestorer, IRouter, JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { IRunningSessionManagers } from '@jupyterlab/running';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { requestThrough } from '../api/request';
import { Stream } from '../api/stream';
import { addCells } from '../cells/commands';
import { addComparison } from '../compare/plugin';
import { addComputes } from '../computes/plugin';
import { addData } from '../data/plugin';
import { addEndpoints } from '../endpoints/plugin';
import { addEnvironments } from '../environments/plugin';
import { localeOf } from '../jobs/format';
import { addJobPanel } from '../job/plugin';
import { JobsModel } from '../jobs/model';
import { addJobs } from '../jobs/plugin';
import { activeJobsSource } from '../jobs/running';
import { addModels } from '../models/plugin';
import { azmlIcon } from '../ui/icon';
import { WorkspaceModel } from '../workspace/model';
import { addWorkspace } from '../workspace/plugin';
import type { IHere } from './here';
import { addLauncherCards } from './launcher';
import { SIDEBAR_ID } from './ids';
import { addLinks } from './links';
import { rememberSection } from './memory';
import { Panels } from './panels';
import { addRecovery } from './recovery';
import { Sections } from './sections';
import { Settings } from './settings';
import { SidebarWidget } from './widget';

const ID = 'jupyter-azml:plugin';

/** Each adds its section, its commands and its panels. */
const PARTS: readonly ((here: IHere) => void)[] = [
  addWorkspace,
  addJobs,
  addJobPanel,
  addComparison,
  addCells,
  addData,
  addComputes,
  addEnvironments,
  addModels,
  addEndpoints
];

export const plugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'The Azure ML workspace: sidebar, notebook button, panels, notifications.',
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
    IRunningSessionManagers,
    IRenderMimeRegistry,
    ISettingRegistry,
    IStateDB,
    IRouter,
    IDefaultFileBrowser
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
    running: IRunningSessionManagers | null,
    rendermime: IRenderMimeRegistry | null,
    registry: ISettingRegistry | null,
    state: IStateDB | null,
    router: IRouter | null,
    browser: IDefaultFileBrowser | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyter_azml');
    const words = { trans, locale: localeOf((translator ?? nullTranslator).languageCode) };
    const { serverSettings } = app.serviceManager;
    const request = requestThrough(serverSettings, words);
    const stream = new Stream(serverSettings, words.locale);
    const settings = new Settings();
    void settings.read(registry, ID);
    const here: IHere = {
      app,
      request,
      stream,
      words,
      settings,
      sections: new Sections(),
      panels: new Panels(app, restorer, words),
      workspace: new WorkspaceModel(request, stream),
      jobs: new JobsModel(request, stream),
      notebooks,
      documents,
      browser,
      rendermime,
      palette,
      launcher,
      statusBar,
      state
    };
    here.sections.added.connect((_, section) => addShowCommand(here, section));
    for (const add of PARTS) {
      try {
        add(here);
      } catch (reason) {
        // One that fails, say in a JupyterLab that lacks something, takes no other down.
        console.error('A part of jupyter-azml failed to start', reason);
      }
    }

    const sidebar = new SidebarWidget(here);
    app.shell.add(sidebar, 'left', { rank: 600 });
    restorer?.add(sidebar, sidebar.id);
    running?.add(activeJobsSource(here.jobs, app.commands, words));
    here.workspace.attached.connect(() => {
      here.panels.closeAll();
      here.sections.all.forEach(section => section.forget?.());
    });
    addLauncherCards(here);
    addRecovery(here);
    rememberSection(here);
    addLinks(here, router);
  }
};

/** `azml:show-ID`, in the palette too. */
function addShowCommand(
  { app, sections, palette, words }: IHere,
  { id, label, caption, icon }: IHere['sections']['all'][number]
): void {
  const command = `azml:show-${id}`;
  app.commands.addCommand(command, {
    label,
    caption,
    icon: args => (args.isPalette ? undefined : (icon ?? azmlIcon)),
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => {
      sections.choose(id);
      app.shell.activateById(SIDEBAR_ID);
      focusTab(id);
    }
  });
  palette?.addItem({ command, category: words.trans.__('Azure ML') });
}

/** Whoever asks for a section by the keyboard goes on there. The sidebar is drawn when it is first seen: frames later. */
function focusTab(id: string, frames = 30): void {
  const tab = document.querySelector<HTMLElement>(`#${SIDEBAR_ID} [role=tab][data-tab="${id}"]`);
  tab?.focus();
  if (!tab && frames > 0) {
    requestAnimationFrame(() => focusTab(id, frames - 1));
  }
}
