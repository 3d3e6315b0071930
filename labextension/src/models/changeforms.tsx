import * as React from 'react';
import type { Model } from '../api/types';
import { Described, DescribedFields } from '../ui/described';
import { ChoiceField, TextField } from '../ui/fields';
import { askForm } from '../ui/formdialog';
import type { IWords } from '../ui/words';
import type { ModelsModel } from './model';

/** Asks for another description, stage and tags. */
export function askChange(models: ModelsModel, model: Model, words: IWords): Promise<Model | null> {
  const { trans } = words;
  const described = new Described(model);
  let { stage } = model;
  return askForm(
    {
      title: trans.__('%1 version %2', model.name, model.version),
      accept: trans.__('Save'),
      fields: changed => (
        <DescribedFields described={described} changed={changed}>
          <TextField
            label={trans.__('Stage')}
            hint={trans.__('Staging, Production, Archived, or a word of your own')}
            value={stage}
            options={['Staging', 'Production', 'Archived']}
            onChange={text => {
              stage = text;
              changed();
            }}
          />
        </DescribedFields>
      ),
      submit: () =>
        models.change(model.name, model.version, {
          description: described.description,
          stage: stage.trim(),
          tags: described.tags
        })
    },
    words
  );
}

/** Asks for a word that is to mean a version. */
export function askAlias(
  models: ModelsModel,
  model: Model,
  versions: readonly string[],
  words: IWords
): Promise<true | null> {
  const { trans } = words;
  let alias = '';
  let { version } = model;
  return askForm(
    {
      title: trans.__('An alias for %1', model.name),
      accept: trans.__('Set alias'),
      fields: changed => (
        <>
          <TextField
            label={trans.__('Alias')}
            hint={trans.__('Such as champion. It then means this version, and no other one.')}
            value={alias}
            options={['champion', 'challenger', 'candidate']}
            onChange={text => {
              alias = text;
              changed();
            }}
          />
          <ChoiceField
            label={trans.__('Version')}
            value={version}
            choices={[...new Set([model.version, ...versions])].map(value => ({ value, label: value }))}
            onChange={chosen => {
              version = chosen;
              changed();
            }}
          />
        </>
      ),
      fault: () => (alias.trim() ? null : trans.__('Give the alias a name.')),
      submit: async () => {
        await models.setAlias(model.name, alias.trim().replace(/^@/, ''), version);
        return true as const;
      }
    },
    words
  );
}
