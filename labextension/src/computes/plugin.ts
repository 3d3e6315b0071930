import * as React from 'react';
import type { Compute } from '../api/types';
import { CommandIDs } from '../jobs/ids';
import { orNotice } from '../jobs/notices';
import type { IHere } from '../shell/here';
import { SIDEBAR_ID } from '../shell/ids';
import { computesIcon } from '../shell/icons';
import { isSure } from '../shell/confirm';
import { ComputesModel, Verb } from './model';
import { ComputesSection, IComputeActions } from './section';

const ID = 'computes';

export const ComputeCommandIDs = { create: 'azml:create-compute' } as const;

/** The sidebar's part for computes, with the command that makes one. */
export function addComputes({ app, request, sections, palette, words }: IHere): void {
  const { trans } = words;
  const model = new ComputesModel(request);

  const actions: IComputeActions = {
    follow: job => void app.commands.execute(CommandIDs.follow, { name: job }),
    act: (verb, compute) => void act(verb, compute),
    remove: compute => void remove(compute),
    create: () => void app.commands.execute(ComputeCommandIDs.create)
  };
  async function act(verb: Verb, compute: Compute): Promise<void> {
    const stops = verb !== 'start' && compute.busy_nodes > 0;
    const asked = {
      title: verb === 'stop' ? trans.__('Stop this compute?') : trans.__('Restart this compute?'),
      body: trans.__('A job runs on %1. It fails when the compute stops.', compute.name),
      verb: verb === 'stop' ? trans.__('Stop') : trans.__('Restart')
    };
    if (!stops || (await isSure(words, asked))) {
      await model.act(verb, compute.name);
    }
  }
  async function remove(compute: Compute): Promise<void> {
    const asked = {
      title: trans.__('Delete this compute?'),
      body: trans.__('%1 and its nodes are gone for good. Jobs that ran there stay.', compute.name),
      verb: trans.__('Delete')
    };
    if (await isSure(words, asked)) {
      await model.remove(compute.name);
    }
  }

  app.commands.addCommand(ComputeCommandIDs.create, {
    label: trans.__('New compute…'),
    caption: trans.__('Make a cluster or an instance in the Azure ML workspace'),
    icon: computesIcon,
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () =>
      orNotice(async () => {
        const { askForCompute } = await import('./form');
        const made = await askForCompute(model, words);
        if (made) {
          sections.choose(ID);
          app.shell.activateById(SIDEBAR_ID);
        }
        return made;
      })
  });
  palette?.addItem({ command: ComputeCommandIDs.create, category: trans.__('Azure ML') });

  sections.add({
    id: ID,
    label: trans.__('Computes'),
    caption: trans.__('Show where jobs of the Azure ML workspace run'),
    icon: computesIcon,
    rank: 30,
    render: () => React.createElement(ComputesSection, { model, actions }),
    refresh: () => void model.refresh(),
    setVisible: isVisible => (model.isVisible = isVisible),
    forget: () => model.forget()
  });
}
