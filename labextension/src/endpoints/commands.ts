import { Clipboard, Notification } from '@jupyterlab/apputils';
import type { Model, OnlineEndpoint } from '../api/types';
import { orNotice } from '../jobs/notices';
import { modelPath } from '../models/query';
import type { IHere } from '../shell/here';
import { EndpointCommandIDs } from './ids';
import type { EndpointsModel } from './model';
import { endpointPath } from './names';
import { isSure } from './sure';

const NAME_ARGS = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'The name of the endpoint' },
    kind: {
      type: 'string',
      enum: ['online', 'batch'],
      description: 'Which kind of endpoint; online unless given'
    }
  },
  required: ['name']
} as const;

export function addEndpointCommands(here: IHere, model: EndpointsModel): void {
  const { app, request, words, panels } = here;
  const { commands } = app;
  const { trans } = words;

  /** The endpoint that the command names, or that its menu was opened on. */
  const meant = (args: { name?: unknown; kind?: unknown }) => {
    const row = args.name
      ? undefined
      : app.contextMenuHitTest(node => node.classList.contains('azml-ListRow'));
    const kind: 'online' | 'batch' = (args.kind ?? row?.dataset.kind) === 'batch' ? 'batch' : 'online';
    return { name: String(args.name ?? row?.dataset.endpoint ?? ''), kind };
  };

  commands.addCommand(EndpointCommandIDs.create, {
    label: trans.__('New endpoint…'),
    caption: trans.__('Make an address at which models answer'),
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () =>
      orNotice(async () => {
        const { askEndpoint } = await import('./forms');
        const made = await askEndpoint(model, words);
        if (made) {
          panels.open(made.kind, made.name);
        }
        return made?.name;
      })
  });

  commands.addCommand(EndpointCommandIDs.deploy, {
    label: trans.__('Deploy a model…'),
    caption: trans.__('Put a model behind the endpoint'),
    describedBy: {
      args: {
        ...NAME_ARGS,
        properties: { ...NAME_ARGS.properties, model: { type: 'string', description: 'NAME:VERSION' } }
      }
    },
    execute: args =>
      orNotice(async () => {
        const { name, kind } = meant(args);
        const [{ askModel }, { askDeployment }] = await Promise.all([
          import('./forms'),
          import('./deployform')
        ]);
        const [given, version] = typeof args.model === 'string' ? args.model.split(/:(.*)/s) : [];
        const chosen = given ? { name: given, version } : await askModel(request, words);
        if (!chosen) {
          return undefined;
        }
        const found = await request<Model>(modelPath(chosen.name, chosen.version));
        const start = { endpoint: name || undefined, kind: PANELS[kind] };
        const deployed = await askDeployment(request, found, start, words);
        if (deployed) {
          panels.open(deployed.kind, deployed.endpoint);
        }
        return deployed?.endpoint;
      })
  });

  commands.addCommand(EndpointCommandIDs.copy, {
    label: trans.__('Copy address'),
    describedBy: { args: NAME_ARGS },
    execute: args =>
      orNotice(async () => {
        const endpoint = await request<OnlineEndpoint>(endpointPath(meant(args).name));
        Clipboard.copyToSystem(endpoint.scoring_uri);
        Notification.info(trans.__('%1 was copied.', endpoint.scoring_uri), { autoClose: 3_000 });
      })
  });

  commands.addCommand(EndpointCommandIDs.remove, {
    label: trans.__('Delete…'),
    describedBy: { args: NAME_ARGS },
    execute: args =>
      orNotice(async () => {
        const { name, kind } = meant(args);
        const body =
          kind === 'online'
            ? trans.__(
                'The endpoint %1 answers nobody from then on. Its deployments, keys and alerts go with it; models stay.',
                name
              )
            : trans.__('The batch endpoint %1 goes with its deployments; jobs and their results stay.', name);
        if (name && (await isSure(trans.__('Delete for good?'), body, trans.__('Delete'), words))) {
          await model.remove(kind, name);
        }
      })
  });

  const row = (kind: string) => `.azml-ListRow[data-endpoint][data-kind=${kind}]`;
  const menu: [string, string, number][] = [
    [EndpointCommandIDs.deploy, '.azml-ListRow[data-endpoint]', 1],
    [EndpointCommandIDs.copy, row('online'), 2],
    [EndpointCommandIDs.remove, '.azml-ListRow[data-endpoint]', 3]
  ];
  menu.forEach(([command, selector, rank]) => app.contextMenu.addItem({ command, selector, rank }));
  const category = trans.__('Azure ML');
  here.palette?.addItem({ command: EndpointCommandIDs.create, category });
}

const PANELS = { online: 'endpoint', batch: 'batch-endpoint' } as const;
