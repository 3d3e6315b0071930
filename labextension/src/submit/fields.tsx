import * as React from 'react';
import { ChoiceField, NumberField, TextField } from '../ui/fields';
import { useChanges } from '../ui/hooks';
import { CopyButton } from '../ui/notes';
import { PairsField } from '../ui/pairsfield';
import { useWords } from '../ui/words';
import { ComputePicker, IPickerProps } from './computepicker';
import type { FormModel } from './form';
import { Inputs } from './inputs';
import { Parameters } from './parameters';
import { Travelling } from './travelling';

/** All that a notebook can be run with. */
export function SubmitFields({ form, changed, start }: IPickerProps): React.ReactElement {
  const { trans } = useWords();
  useChanges(form.parameters.changed);
  useChanges(form.computes.changed);
  useChanges(form.experiments.changed);
  useChanges(form.environments.changed);
  useChanges(form.assets.changed);
  const set =
    <Name extends 'experiment' | 'environment' | 'displayName' | 'description'>(name: Name) =>
    (value: string) => {
      form[name] = value;
      changed();
    };
  return (
    <div className="azml-Submit">
      <Parameters form={form} changed={changed} />
      <ComputePicker form={form} changed={changed} start={start} />
      <div className="azml-Submit-pair">
        <TextField
          label={trans.__('Experiment')}
          value={form.experiment}
          placeholder={trans.__('the folder’s name')}
          options={(form.experiments.value?.items ?? []).map(each => each.name)}
          onChange={set('experiment')}
        />
        <TextField
          label={trans.__('Name in lists')}
          value={form.displayName}
          placeholder={nameOf(form.path)}
          onChange={set('displayName')}
        />
      </div>
      <Inputs form={form} changed={changed} />
      <details className="azml-Submit-more">
        <summary>{trans.__('More: environment, limits, tags')}</summary>
        <ChoiceField
          label={trans.__('Environment')}
          hint={trans.__('What the job’s Python finds.')}
          value={form.environment}
          choices={[
            { value: '', label: trans.__('What is installed here') },
            ...environmentNames(form).map(name => ({ value: name, label: name }))
          ]}
          onChange={set('environment')}
        />
        <div className="azml-Submit-pair">
          <NumberField
            label={trans.__('Longest time, in minutes')}
            value={form.timeout}
            min={1}
            onChange={value => {
              form.timeout = value;
              changed();
            }}
          />
          <NumberField
            label={trans.__('Retries when it fails')}
            value={form.retries}
            min={0}
            max={100}
            onChange={value => {
              form.retries = value ?? 0;
              changed();
            }}
          />
          <ChoiceField
            label={trans.__('Priority')}
            value={form.priority}
            choices={[
              { value: 'low', label: trans.__('Low') },
              { value: 'medium', label: trans.__('Medium') },
              { value: 'high', label: trans.__('High') }
            ]}
            onChange={value => {
              form.priority = value;
              changed();
            }}
          />
        </div>
        <TextField
          label={trans.__('Description')}
          value={form.description}
          isLong
          onChange={set('description')}
        />
        <PairsField
          label={trans.__('Tags')}
          value={form.tags}
          onChange={value => {
            form.tags = value;
            changed();
          }}
        />
      </details>
      <Travelling form={form} />
      <section className="azml-Submit-line" aria-label={trans.__('The same in a terminal')}>
        <header>
          <span>{trans.__('The same in a terminal, or after % in a cell')}</span>
          <CopyButton text={() => form.line} />
        </header>
        <pre tabIndex={0}>{form.line}</pre>
      </section>
    </div>
  );
}

const environmentNames = (form: FormModel): string[] => {
  const names = (form.environments.value?.items ?? []).map(each => `${each.name}:${each.version}`);
  return form.environment && !names.includes(form.environment) ? [form.environment, ...names] : names;
};

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.ipynb$/, '');
