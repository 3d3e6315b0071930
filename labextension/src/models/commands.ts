import { Dialog, showDialog } from '@jupyterlab/apputils';
import { URLExt } from '@jupyterlab/coreutils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { AzmlError } from '../api/request';
import type { Model, PageModel } from '../api/types';
import { variableOf } from '../data/code';
import { insertText } from '../data/insert';
import { orNotice } from '../jobs/notices';
import type { IHere } from '../shell/here';
import type { IWords } from '../ui/words';
import { ModelCommandIDs } from './ids';
import type { ModelsModel } from './model';
import { modelName, modelPath } from './query';

const NAME_ARGS = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'The name of the model, or NAME:VERSION' }
  },
  required: ['name']
} as const;

export function addModelCommands(here: IHere, models: ModelsModel): void {
  const { app, request, words, panels, notebooks } = here;
  const { commands } = app;
  const { trans } = words;

  /** The model that the command names, or that its menu was opened on. */
  const meant = (args: { name?: unknown }) => {
    const row = app.contextMenuHitTest(node => Boolean(node.dataset?.model));
    return modelName(String(args.name ?? row?.dataset.model ?? ''));
  };
  const found = async (args: { name?: unknown }): Promise<Model> => {
    const { name, version } = meant(args);
    return request<Model>(modelPath(name, version));
  };

  commands.addCommand(ModelCommandIDs.register, {
    label: trans.__('Register a model…'),
    caption: trans.__('Give files a name and a version as a model'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          name: { type: 'string', description: 'Under which it is found; a version of that is registered' },
          job: { type: 'string', description: 'The job whose output it is' },
          path: { type: 'string', description: 'A path of the file browser, or an address' }
        }
      }
    },
    execute: args =>
      orNotice(async () => {
        const [{ askRegistration }, { putThrough }] = await Promise.all([
          import('./registerform'),
          import('./put')
        ]);
        const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
        const put = putThrough(app.serviceManager.serverSettings, words);
        const start = { name: text(args.name), job: text(args.job), path: text(args.path) };
        const made = await askRegistration(request, models, put, start, words);
        if (made) {
          panels.open('model', made.name);
        }
        return made?.name;
      })
  });

  commands.addCommand(ModelCommandIDs.registerFromJob, {
    label: trans.__('Register a model of it…'),
    describedBy: {
      args: { type: 'object', properties: { name: { type: 'string', description: 'The name of the job' } } }
    },
    execute: args => {
      const row = app.contextMenuHitTest(node => Boolean(node.dataset?.job));
      const job = String(args.name ?? row?.dataset.job ?? '');
      return job ? commands.execute(ModelCommandIDs.register, { job }) : undefined;
    }
  });

  commands.addCommand(ModelCommandIDs.deploy, {
    label: trans.__('Deploy…'),
    caption: trans.__('Put the model behind an address'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          ...NAME_ARGS.properties,
          endpoint: { type: 'string', description: 'The endpoint that is to answer with it' }
        }
      }
    },
    execute: args =>
      orNotice(async () => {
        const { askDeployment } = await import('../endpoints/deployform');
        const endpoint = typeof args.endpoint === 'string' ? args.endpoint : undefined;
        const deployed = await askDeployment(request, await found(args), { endpoint }, words);
        if (deployed) {
          panels.open(deployed.kind, deployed.endpoint);
        }
        return deployed?.endpoint;
      })
  });

  commands.addCommand(ModelCommandIDs.download, {
    label: trans.__('Download'),
    describedBy: { args: NAME_ARGS },
    execute: args =>
      orNotice(async () => {
        const model = await found(args);
        // What is wrong is said here: a link that fails would save the error as a file.
        await request(modelPath(model.name, model.version, 'files'), { query: { limit: 1 } });
        const path = modelPath(model.name, model.version, 'download');
        const link = document.createElement('a');
        link.href = URLExt.join(app.serviceManager.serverSettings.baseUrl, 'azml/api', path);
        link.download = '';
        link.click();
      })
  });

  commands.addCommand(ModelCommandIDs.edit, {
    label: trans.__('Edit…'),
    describedBy: { args: NAME_ARGS },
    execute: args =>
      orNotice(async () => {
        const { askChange } = await import('./changeforms');
        await askChange(models, await found(args), words);
      })
  });

  commands.addCommand(ModelCommandIDs.alias, {
    label: trans.__('Set an alias…'),
    describedBy: { args: NAME_ARGS },
    execute: args =>
      orNotice(async () => {
        const { askAlias } = await import('./changeforms');
        const model = await found(args);
        const query = { name: model.name, archived: 'all', limit: 200 };
        const { items } = await request<PageModel>('models', { query });
        await askAlias(
          models,
          model,
          items.map(each => each.version),
          words
        );
      })
  });

  for (const [command, isRestored] of [
    [ModelCommandIDs.archive, false],
    [ModelCommandIDs.restore, true]
  ] as const) {
    commands.addCommand(command, {
      label: isRestored ? trans.__('Restore') : trans.__('Archive'),
      describedBy: { args: NAME_ARGS },
      execute: args =>
        orNotice(async () => {
          const { name, version } = meant(args);
          await models.archive(name, version, isRestored);
        })
    });
  }

  commands.addCommand(ModelCommandIDs.remove, {
    label: trans.__('Delete…'),
    describedBy: { args: NAME_ARGS },
    execute: args =>
      orNotice(async () => {
        const { name, version } = meant(args);
        if (name && (await isSure(name, version, words))) {
          await models.remove(name, version);
        }
      })
  });

  commands.addCommand(ModelCommandIDs.insert, {
    label: trans.__('Insert code'),
    caption: trans.__('Insert code that loads it into the notebook'),
    describedBy: { args: NAME_ARGS },
    execute: args =>
      orNotice(async () => {
        const model = await found(args);
        insert(codeOf(model), notebooks, here);
      })
  });

  const menu = (command: string, rank: number, selector = '.azml-ListRow[data-model]') =>
    app.contextMenu.addItem({ command, selector, rank });
  menu(ModelCommandIDs.deploy, 1);
  menu(ModelCommandIDs.insert, 2);
  menu(ModelCommandIDs.download, 3);
  menu(ModelCommandIDs.edit, 4);
  menu(ModelCommandIDs.alias, 5);
  menu(ModelCommandIDs.archive, 6, '.azml-ListRow[data-model][data-archived=false]');
  menu(ModelCommandIDs.restore, 6, '.azml-ListRow[data-model][data-archived=true]');
  menu(ModelCommandIDs.remove, 7);
  menu(ModelCommandIDs.registerFromJob, 40, '.azml-JobRow[data-status=Completed]');
  here.palette?.addItem({ command: ModelCommandIDs.register, category: trans.__('Azure ML') });
}

/** Code that loads a version, as the notebook's own mlflow finds it. */
export function codeOf(model: Model): string {
  const variable = variableOf(model.name);
  if (model.type === 'mlflow_model') {
    return `import mlflow\n\n${variable} = mlflow.pyfunc.load_model(${JSON.stringify(`models:/${model.name}/${model.version}`)})\n${variable}`;
  }
  const found = `jupyter_azml.get_workspace().models.download(${JSON.stringify(model.name)}, ${JSON.stringify(model.version)}, Path("models"))`;
  return `from pathlib import Path\n\nimport jupyter_azml\n\n${variable} = ${found}\n${variable}`;
}

function insert(code: string, notebooks: INotebookTracker | null, { app, words }: IHere): void {
  const { trans } = words;
  const panel = notebooks?.currentWidget;
  if (!panel) {
    throw new AzmlError(
      'NoNotebook',
      trans.__('No notebook is open.'),
      trans.__('Open one, and insert the code again.')
    );
  }
  app.shell.activateById(panel.id);
  insertText(code, panel);
}

async function isSure(name: string, version: string | null, { trans }: IWords): Promise<boolean> {
  const answer = await showDialog({
    title: trans.__('Delete for good?'),
    body: version
      ? trans.__('Version %1 of the model %2 and its files cannot be brought back.', version, name)
      : trans.__('The model %1, all its versions and their files cannot be brought back.', name),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: trans.__('Delete') })
    ]
  });
  return answer.button.accept;
}
