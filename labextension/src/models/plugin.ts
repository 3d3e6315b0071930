import * as React from 'react';
import type { Comparison } from '../api/types';
import { DataCommandIDs } from '../data/ids';
import { orNotice } from '../jobs/notices';
import type { IHere } from '../shell/here';
import { addModelCommands } from './commands';
import { modelIcon } from './icons';
import { ModelCommandIDs } from './ids';
import { ModelsModel } from './model';
import { ModelsSection } from './section';

/** The sidebar's part for models, their panels and commands. */
export function addModels(here: IHere): void {
  const { app, request, sections, panels, words } = here;
  const { commands } = app;
  const { trans } = words;
  const models = new ModelsModel(request);
  addModelCommands(here, models);

  const actions = {
    open: (model: { name: string }) => panels.open('model', model.name),
    register: () => void commands.execute(ModelCommandIDs.register)
  };
  sections.add({
    id: 'models',
    label: trans.__('Models'),
    caption: trans.__('Show the models of the Azure ML workspace'),
    icon: modelIcon,
    rank: 50,
    render: () => React.createElement(ModelsSection, { model: models, actions }),
    refresh: () => void models.refresh(),
    setVisible: isVisible => (models.isVisible = isVisible),
    forget: () => models.forget()
  });

  panels.add({
    id: 'model',
    label: trans.__('Open model'),
    icon: modelIcon,
    nameDescription: 'The name of the model, or NAME:VERSION',
    load: async (name, place) => {
      const [{ ModelPanel }, { ModelLook }] = await Promise.all([import('./panel'), import('./look')]);
      const look = new ModelLook(request, models, name);
      place.whenClosed(() => look.dispose());
      await look.load();
      place.setTitle(look.name);
      // Versions come from notebooks, too: whoever comes back looks anew.
      let isFirst = true;
      place.whenSeen(isSeen => {
        if (isSeen && !isFirst) {
          void look.refresh();
        }
        isFirst &&= !isSeen;
      });
      look.changed.connect(() => look.isGone && place.close());
      const run = (command: string, args: Record<string, string>) => void commands.execute(command, args);
      const versioned = (model: { name: string; version: string }) => ({
        name: `${model.name}:${model.version}`
      });
      const panelActions = {
        deploy: model => run(ModelCommandIDs.deploy, versioned(model)),
        download: model => run(ModelCommandIDs.download, versioned(model)),
        edit: model => run(ModelCommandIDs.edit, versioned(model)),
        alias: model => run(ModelCommandIDs.alias, versioned(model)),
        dropAlias: (model, alias) => void orNotice(() => models.deleteAlias(model.name, alias)),
        archive: model =>
          run(model.archived ? ModelCommandIDs.restore : ModelCommandIDs.archive, versioned(model)),
        remove: model => run(ModelCommandIDs.remove, versioned(model)),
        insert: model => run(ModelCommandIDs.insert, versioned(model)),
        registerVersion: model => run(ModelCommandIDs.register, { name: model.name }),
        compare: references => panels.open('compare-models', references.join(',')),
        openData: path => run(DataCommandIDs.preview, { path }),
        openJob: job => panels.open('job', job)
      } satisfies React.ComponentProps<typeof ModelPanel>['actions'];
      return React.createElement(ModelPanel, { look, actions: panelActions });
    }
  });

  panels.add({
    id: 'compare-models',
    label: trans.__('Compare models'),
    icon: modelIcon,
    nameDescription: 'Two or more of NAME:VERSION, joined by commas',
    title: name => name.split(',').join(' · '),
    load: async name => {
      const [{ CompareModels }, comparison] = await Promise.all([
        import('./compare'),
        request<Comparison>('compare-models', { query: { model: name.split(',') } })
      ]);
      return React.createElement(CompareModels, {
        comparison,
        open: (reference: string) => panels.open('model', reference)
      });
    }
  });
}
