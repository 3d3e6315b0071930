import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import * as React from 'react';
import type { Request } from '../api/request';
import { SIDEBAR_ID } from '../jobs/ids';
import { orNotice } from '../jobs/notices';
import type { ISection } from '../jobs/sidebar';
import type { Chosen } from '../ui/chosen';
import { azmlIcon } from '../ui/icon';
import type { IWords } from '../ui/words';
import { addDataCommands } from './commands';
import { DataCommandIDs } from './ids';
import { takeDrops } from './insert';
import { DataModel } from './model';
import { DataSection, nameOf } from './section';
import { filesIn } from './upload';
import { Uploader } from './uploader';

/** The sidebar's part for data, with the commands that it needs. */
export function dataSection(
  app: JupyterFrontEnd,
  request: Request,
  notebooks: INotebookTracker | null,
  chosen: Chosen,
  words: IWords
): ISection {
  const { trans } = words;
  const model = new DataModel(request, {
    assets: trans.__('Data assets'),
    datastores: trans.__('Datastores')
  });
  const uploader = new Uploader(app.serviceManager.serverSettings, model, words);
  addDataCommands({ app, model, request, uploader, notebooks, words });
  if (notebooks) {
    takeDrops(notebooks);
  }
  app.commands.addCommand(DataCommandIDs.show, {
    label: trans.__('Data'),
    caption: trans.__('Show the data of the Azure ML workspace'),
    icon: azmlIcon,
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => {
      chosen.choose('data');
      app.shell.activateById(SIDEBAR_ID);
    }
  });
  const actions = {
    preview: (row: { uri: string; kind: string; label: string; isTable: boolean }) =>
      void app.commands.execute(DataCommandIDs.preview, {
        path: row.uri,
        name: nameOf(row),
        isTable: row.isTable
      }),
    put: (row: { place: { datastore: string; path: string } | null }, transfer: DataTransfer) =>
      void orNotice(async () => uploader.put(row.place!, await filesIn(transfer)))
  };
  return {
    id: 'data',
    label: trans.__('Data'),
    refresh: () => void model.refresh(),
    render: () => React.createElement(DataSection, { model, actions })
  };
}
