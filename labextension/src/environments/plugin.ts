import * as React from 'react';
import type { Environment } from '../api/types';
import { orNotice } from '../jobs/notices';
import { isSure } from '../shell/confirm';
import type { IHere } from '../shell/here';
import { environmentsIcon } from '../shell/icons';
import { SIDEBAR_ID } from '../shell/ids';
import { EnvironmentsModel } from './model';
import { EnvironmentsSection, IEnvironmentActions } from './section';

const ID = 'environments';

export const EnvironmentCommandIDs = { create: 'azml:create-environment' } as const;

/** The sidebar's part for environments, with the command that makes one. */
export function addEnvironments({ app, request, sections, palette, words }: IHere): void {
  const { trans } = words;
  const model = new EnvironmentsModel(request);
  const actions: IEnvironmentActions = {
    archive: environment => void archive(environment),
    create: () => void app.commands.execute(EnvironmentCommandIDs.create)
  };

  async function archive({ name }: Environment): Promise<void> {
    const asked = {
      title: trans.__('Archive this environment?'),
      body: trans.__(
        'All versions of %1 leave the lists. Jobs can still name them, and they can be restored.',
        name
      ),
      verb: trans.__('Archive')
    };
    if (await isSure(words, asked)) {
      await model.archive(name);
    }
  }

  app.commands.addCommand(EnvironmentCommandIDs.create, {
    label: trans.__('New environment…'),
    caption: trans.__('Name what jobs of the Azure ML workspace find in their Python'),
    icon: environmentsIcon,
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () =>
      orNotice(async () => {
        const { askForEnvironment } = await import('./form');
        const made = await askForEnvironment(model, words);
        if (made) {
          sections.choose(ID);
          app.shell.activateById(SIDEBAR_ID);
        }
        return made;
      })
  });
  palette?.addItem({ command: EnvironmentCommandIDs.create, category: trans.__('Azure ML') });

  sections.add({
    id: ID,
    label: trans.__('Environments'),
    caption: trans.__('Show the environments of the Azure ML workspace'),
    icon: environmentsIcon,
    rank: 40,
    render: () => React.createElement(EnvironmentsSection, { model, actions }),
    refresh: () => void model.refresh(),
    setVisible: isVisible => (model.isVisible = isVisible),
    forget: () => model.forget()
  });
}
