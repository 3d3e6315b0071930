import { URLExt } from '@jupyterlab/coreutils';
import { jobPath } from '../api/request';
import { CommandIDs } from '../jobs/ids';
import { DRIVE } from '../jobs/record';
import type { IHere } from '../shell/here';
import { jobsIcon } from '../shell/icons';
import { addJobCommands } from './commands';

/** A job in the main area: all there is to see of it. */
export function addJobPanel(here: IHere): void {
  const { app, jobs, panels, request, rendermime, words } = here;
  const { trans } = words;
  addJobCommands(here);
  panels.add({
    id: 'job',
    label: trans.__('Open job'),
    caption: trans.__('Show all there is of a job'),
    icon: jobsIcon,
    nameDescription: 'The name of the job',
    load: async (name, place) => {
      const [React, { JobView }, { JobPanelModel }, followed] = await Promise.all([
        import('react'),
        import('./view'),
        import('./model'),
        jobs.open(name, place)
      ]);
      const model = new JobPanelModel(followed, request, words);
      const settle = () => {
        const { display_name, name: known } = followed.job;
        place.setTitle((display_name || known).slice(0, LONGEST), [display_name, known].join('\n'));
      };
      settle();
      place.whenSeen(isSeen => {
        jobs.look(place, isSeen);
        model.isSeen = isSeen;
      });
      place.whenClosed(() => jobs.leave(place));
      const run = (command: string, args: Record<string, string | string[]>) =>
        void app.commands.execute(command, args);
      const runIfThere = (command: string, args: Record<string, string>) =>
        app.commands.hasCommand(command) ? () => run(command, args) : null;
      const { serverSettings } = app.serviceManager;
      return React.createElement(JobView, {
        model,
        rendermime: rendermime?.clone() ?? null,
        actions: {
          openNotebook: () => run(CommandIDs.open, { name: followed.name }),
          cancel: () => run(CommandIDs.cancel, { name: followed.name }),
          again: () => run('azml:run-again', { name: followed.name }),
          archive: () => run('azml:archive-job', { name: followed.name }),
          restore: () => run('azml:restore-job', { name: followed.name }),
          remove: () => run('azml:delete-job', { name: followed.name }),
          link: runIfThere('azml:copy-link', { target: `job/${followed.name}` }),
          openThing: (kind, uri) => {
            const [command, argument] = OPENERS[kind] ?? ['', ''];
            return uri ? runIfThere(command, { [argument]: uri }) : null;
          },
          insert: (path, title, isTable) =>
            void app.commands.execute('azml:insert-data-code', { path, name: title, isTable }),
          copy: path => run('azml:copy-data-address', { path }),
          openFile: path => run('docmanager:open', { path: `${DRIVE}:${followed.name}/${path}` }),
          download: path => {
            const address = URLExt.join(
              serverSettings.baseUrl,
              'azml/api',
              jobPath(followed.name, 'download')
            );
            const link = document.createElement('a');
            link.href = address + URLExt.objectToQueryString({ path });
            link.download = path.slice(path.lastIndexOf('/') + 1);
            link.click();
          }
        }
      });
    }
  });
}

/** Signs of a title: JupyterLab shows it in the status bar, too. */
const LONGEST = 60;

/** The command that shows a thing of the lineage, and the name of its argument. */
const OPENERS: Record<string, [string, string]> = {
  job: ['azml:open-job', 'name'],
  data: ['azml:preview-data', 'path'],
  model: ['azml:open-model', 'name'],
  endpoint: ['azml:open-endpoint', 'name'],
  environment: ['azml:open-environment', 'name']
};
