import * as React from 'react';
import type { IHere } from '../shell/here';
import { orNotice } from '../ui/notice';
import { addDataCommands } from './commands';
import { assetIcon, datastoreIcon } from './icons';
import { DataCommandIDs } from './ids';
import { takeDrops } from './insert';
import { Look } from './look';
import { DataModel } from './model';
import { DataSection } from './section';
import { filesIn } from './upload';
import { Uploader } from './uploader';

/** The sidebar's part for data, the panel that looks into it, and their commands. */
export function addData(here: IHere): void {
  const { app, request, notebooks, sections, panels, words } = here;
  const { commands } = app;
  const { trans } = words;
  const model = new DataModel(request, {
    assets: trans.__('Data assets'),
    datastores: trans.__('Datastores')
  });
  const uploader = new Uploader(app.serviceManager.serverSettings, model, words);
  addDataCommands(here, model, uploader);
  if (notebooks) {
    takeDrops(notebooks);
  }

  sections.add({
    id: 'data',
    label: trans.__('Data'),
    caption: trans.__('Show the data of the Azure ML workspace'),
    icon: datastoreIcon,
    rank: 20,
    refresh: () => void model.refresh(),
    forget: () => model.forget(),
    render: () =>
      React.createElement(DataSection, {
        model,
        actions: {
          preview: row => panels.open('data', row.uri),
          put: (row, transfer) =>
            void orNotice(async () => uploader.put(row.place!, await filesIn(transfer))),
          upload: () => void commands.execute(DataCommandIDs.upload)
        }
      })
  });

  panels.add({
    id: 'data',
    label: trans.__('Look into data'),
    icon: assetIcon,
    nameDescription: 'The name, path or address of the data',
    title: shortName,
    load: async path => {
      const { PreviewView } = await import('./preview');
      const look = new Look(request, path);
      const run = (command: string) => {
        const isTable = look.preview?.kind === 'table';
        void commands.execute(command, { path, name: shortName(path), isTable });
      };
      const actions = {
        insert: () => run(DataCommandIDs.insert),
        copy: () => run(DataCommandIDs.copy),
        create:
          path.startsWith('azureml:') && !path.startsWith('azureml://')
            ? null
            : () => run(DataCommandIDs.create),
        open: (below: string) => panels.open('data', below)
      };
      return React.createElement(PreviewView, { look, actions });
    }
  });
}

/** `flowers` of `azureml:flowers:2`, `a.csv` of a path that ends so. */
function shortName(path: string): string {
  const asset = /^azureml:([^/:]+)(:|$)/.exec(path);
  return asset ? asset[1] : path.replace(/\/+$/, '').replace(/^.*\//, '') || path;
}
