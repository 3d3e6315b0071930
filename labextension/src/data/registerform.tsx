import * as React from 'react';
import type { Request } from '../api/request';
import type { DataAsset } from '../api/types';
import { TextField } from '../ui/fields';
import { askForm } from '../ui/formdialog';
import { Pairs, PairsField, valuesOf } from '../ui/pairsfield';
import type { IWords } from '../ui/words';
import { variableOf } from './code';

/** Asks for a name under which data is found from now on, by people and by jobs. Null when it was given up. */
export function askAsset(
  request: Request,
  start: { path: string; name: string },
  words: IWords
): Promise<DataAsset | null> {
  const { trans } = words;
  const asked = { name: variableOf(start.name).replace(/_/g, '-'), version: '', description: '' };
  let tags: Pairs = [];
  return askForm(
    {
      title: trans.__('Create data asset'),
      accept: trans.__('Create'),
      fields: changed => {
        const field = (key: keyof typeof asked) => ({
          value: asked[key],
          onChange: (text: string) => {
            asked[key] = text;
            changed();
          }
        });
        return (
          <>
            <p className="azml-Form-about">{start.path}</p>
            <TextField
              label={trans.__('Name')}
              hint={trans.__('Jobs and code read it as azureml:%1:VERSION.', asked.name || '…')}
              {...field('name')}
            />
            <TextField
              label={trans.__('Version')}
              hint={trans.__('Counted up when it is left out.')}
              {...field('version')}
            />
            <TextField label={trans.__('Description')} isLong {...field('description')} />
            <PairsField
              label={trans.__('Tags')}
              value={tags}
              onChange={pairs => {
                tags = pairs;
                changed();
              }}
            />
          </>
        );
      },
      fault: () => (asked.name.trim() ? null : trans.__('Give the data asset a name.')),
      submit: signal => {
        const body = { ...asked, name: asked.name.trim(), version: asked.version.trim(), path: start.path };
        return request<DataAsset>('data', {
          method: 'POST',
          body: { ...body, tags: valuesOf(tags) },
          signal
        });
      }
    },
    words
  );
}
