import * as React from 'react';
import { AzmlError } from '../api/request';
import type { Job } from '../api/types';
import type { Asked } from '../job/asked';
import type { IHere } from '../shell/here';
import { askForm } from '../ui/formdialog';
import { orNotice } from '../ui/notice';
import { SubmitFields } from './fields';
import { FormModel, IChoices, IUnsaved } from './form';
import { recall, remember } from './memory';

/** Milliseconds. */
const PATIENCE = 1_500;

export interface IWanted {
  /** As the contents API names it. */
  path: string;
  title: string;
  /** Null when the file is as the page shows it. */
  unsaved: IUnsaved | null;
  /** Brings the file up to what the page shows; says whether it did. */
  save: () => Promise<boolean>;
  choices?: IChoices;
}

/** Asks what to run it with, and submits it. Null when the user thought better of it. */
export async function askAndSubmit(here: IHere, wanted: IWanted): Promise<Job | null> {
  const { jobs, request, state, words } = here;
  const { trans } = words;
  const remembered = wanted.choices ?? (await recall(state, wanted.path));
  const form = new FormModel(request, wanted.path, wanted.unsaved, remembered, trans);
  form.open();
  // The first field is to have the focus: it is worth a moment's wait, and no more.
  await Promise.race([
    settled(form.parameters),
    new Promise(resolve => window.setTimeout(resolve, PATIENCE))
  ]);
  const start = (name: string) =>
    void orNotice(async () => {
      await request(`computes/${encodeURIComponent(name)}/start`, { method: 'POST' });
      await form.computes.load();
    });
  return askForm<Job>(
    {
      title: trans.__('Run %1 as a job', wanted.title),
      accept: wanted.unsaved ? trans.__('Save and submit') : trans.__('Submit'),
      fields: changed =>
        React.createElement(SubmitFields, {
          form,
          changed,
          start
        }),
      fault: () => form.fault,
      submit: async () => {
        if (wanted.unsaved && !(await wanted.save())) {
          throw new AzmlError(
            'NotSaved',
            trans.__('%1 could not be saved.', wanted.title),
            trans.__('Save it in JupyterLab, and submit it again.')
          );
        }
        const job = await jobs.submit(form.submission);
        remember(state, form);
        return job;
      }
    },
    words
  );
}

/** When it has been answered, whatever the answer. */
function settled(asked: Asked<unknown>): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      if (!asked.isLoading) {
        asked.changed.disconnect(look);
        resolve();
      }
    };
    asked.changed.connect(look);
    look();
  });
}
