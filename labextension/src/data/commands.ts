import { Clipboard, Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { AzmlError } from '../api/request';
import type { IHere } from '../shell/here';
import { orNotice } from '../ui/notice';
import { isTableFile } from './code';
import { DataCommandIDs } from './ids';
import { insertCode } from './insert';
import type { DataModel } from './model';
import { nameOf } from './section';
import type { INode } from './tree';
import type { IWaiting } from './upload';
import type { Uploader } from './uploader';

const PATH_ARGS = {
  type: 'object',
  properties: {
    path: { type: 'string', description: 'The name, path or address of the data' },
    name: { type: 'string', description: 'What it is called before people' },
    isTable: { type: 'boolean', description: 'Whether its rows can become a DataFrame' }
  }
} as const;
const NO_ARGS = { type: 'object', properties: {} } as const;

export function addDataCommands(here: IHere, model: DataModel, uploader: Uploader): void {
  const { app, notebooks, panels, request, words } = here;
  const { commands, shell } = app;
  const { trans } = words;

  /** The row of the tree that a context menu was opened on. */
  const underMenu = (): INode | undefined => {
    const row = app.contextMenuHitTest(node => node.classList.contains('azml-TreeRow'));
    return row?.dataset.key ? model.find(row.dataset.key) : undefined;
  };
  const itemOf = (args: { path?: unknown; name?: unknown; isTable?: unknown }) => {
    const path = String(args.path ?? '');
    const node = path ? undefined : underMenu();
    if (node?.uri) {
      return { uri: node.uri, name: nameOf(node), isTable: node.isTable };
    }
    const name = String(args.name ?? path.replace(/\/+$/, '').replace(/^.*\//, ''));
    return path ? { uri: path, name, isTable: Boolean(args.isTable ?? isTableFile(name)) } : null;
  };

  commands.addCommand(DataCommandIDs.preview, {
    label: trans.__('Look into it'),
    describedBy: { args: PATH_ARGS },
    execute: args => {
      const item = itemOf(args);
      if (item) {
        panels.open('data', item.uri);
      }
    }
  });

  commands.addCommand(DataCommandIDs.create, {
    label: trans.__('Create data asset…'),
    caption: trans.__('Give data a name and a version by which jobs and code find it'),
    describedBy: { args: PATH_ARGS },
    execute: args =>
      orNotice(async () => {
        const item = itemOf(args);
        if (!item) {
          return;
        }
        const { askAsset } = await import('./registerform');
        const asset = await askAsset(request, { path: item.uri, name: item.name }, words);
        if (asset) {
          await model.refreshAssets();
          Notification.success(trans.__('%1 version %2 was created.', asset.name, asset.version), {
            autoClose: 4_000
          });
        }
        return asset?.name;
      })
  });

  commands.addCommand(DataCommandIDs.archive, {
    label: trans.__('Archive'),
    caption: trans.__('Take it out of lists; who names it still finds it'),
    describedBy: { args: PATH_ARGS },
    execute: args =>
      orNotice(async () => {
        const [, name, version] = (itemOf(args)?.uri ?? '').split(':');
        if (!name || !version) {
          return;
        }
        const change = (verb: string) =>
          request(`data/${encodeURIComponent(name)}/${verb}`, { method: 'POST', query: { version } });
        await change('archive');
        await model.refreshAssets();
        const restore = {
          label: trans.__('Undo'),
          callback: () => void orNotice(() => change('restore').then(() => model.refreshAssets()))
        };
        Notification.info(trans.__('%1 version %2 was archived.', name, version), {
          autoClose: 8_000,
          actions: [restore]
        });
      })
  });

  commands.addCommand(DataCommandIDs.insert, {
    label: trans.__('Insert code'),
    caption: trans.__('Insert code that reads it into the notebook'),
    describedBy: { args: PATH_ARGS },
    execute: args =>
      orNotice(async () => {
        const item = itemOf(args);
        const panel = notebooks?.currentWidget;
        if (!panel) {
          throw new AzmlError(
            'NoNotebook',
            trans.__('No notebook is open.'),
            trans.__('Open one, and insert the code again.')
          );
        }
        if (item) {
          shell.activateById(panel.id);
          insertCode(item, panel);
        }
      })
  });

  commands.addCommand(DataCommandIDs.copy, {
    label: trans.__('Copy address'),
    describedBy: { args: PATH_ARGS },
    execute: args => {
      const item = itemOf(args);
      if (item) {
        Clipboard.copyToSystem(item.uri);
        Notification.info(trans.__('%1 was copied.', item.uri), { autoClose: 3_000 });
      }
    }
  });

  commands.addCommand(DataCommandIDs.refresh, {
    label: trans.__('Refresh'),
    describedBy: { args: NO_ARGS },
    execute: () => model.refresh()
  });

  commands.addCommand(DataCommandIDs.upload, {
    label: trans.__('Upload files…'),
    describedBy: { args: NO_ARGS },
    execute: () =>
      orNotice(async () => {
        const place = underMenu()?.place ?? (await model.home());
        await uploader.put(place, await chosenFiles());
      })
  });

  commands.addCommand(DataCommandIDs.remove, {
    label: trans.__('Delete…'),
    describedBy: { args: NO_ARGS },
    execute: () =>
      orNotice(async () => {
        const node = underMenu();
        const path = node?.uri.split('/paths/')[1]?.replace(/\/$/, '');
        if (!node?.place || !path) {
          return;
        }
        const { datastore } = node.place;
        const answer = await showDialog({
          title: trans.__('Delete for good?'),
          body: trans.__('%1 in the datastore %2 cannot be brought back.', path, datastore),
          buttons: [
            Dialog.cancelButton({ label: trans.__('Cancel') }),
            Dialog.warnButton({ label: trans.__('Delete') })
          ]
        });
        if (answer.button.accept) {
          await request(`datastores/${encodeURIComponent(datastore)}/files`, {
            method: 'DELETE',
            query: { path }
          });
          await model.refreshFolder(datastore, path.slice(0, Math.max(0, path.lastIndexOf('/'))));
        }
      })
  });

  const files = '.azml-TreeRow[data-stored]';
  const places = '.azml-TreeRow[data-takes]';
  const used = '.azml-TreeRow[data-uri]';
  const menu: [string, string, number][] = [
    [DataCommandIDs.preview, used, 1],
    [DataCommandIDs.insert, used, 2],
    [DataCommandIDs.copy, used, 3],
    [DataCommandIDs.create, files, 4],
    [DataCommandIDs.upload, places, 5],
    // A selector of a menu takes no commas.
    [DataCommandIDs.archive, '.azml-TreeRow[data-kind=asset]', 6],
    [DataCommandIDs.archive, '.azml-TreeRow[data-kind=version]', 6],
    [DataCommandIDs.remove, files, 7],
    [DataCommandIDs.refresh, '.azml-TreeRow', 8]
  ];
  menu.forEach(([command, selector, rank]) => app.contextMenu.addItem({ command, selector, rank }));
}

function chosenFiles(): Promise<IWaiting[]> {
  return new Promise(resolve => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.onchange = () => resolve([...(input.files ?? [])].map(file => ({ path: file.name, file })));
    input.oncancel = () => resolve([]);
    input.click();
  });
}
