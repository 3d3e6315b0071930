import { closeIcon, undoIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Compute, Parameter } from '../api/types';
import { fileSize, whole } from '../data/format';
import { CheckField, ChoiceField, Field, NumberField, TextField } from '../ui/fields';
import { useChanges } from '../ui/hooks';
import { CopyButton, Problem } from '../ui/notes';
import { Pairs, PairsField } from '../ui/pairsfield';
import { useWords } from '../ui/words';
import { defaultText, FormModel } from './form';

interface IProps {
  form: FormModel;
  changed: () => void;
  /** Offered on a compute that is stopped. */
  start: (compute: string) => void;
}

/** All that a notebook can be run with. */
export function SubmitFields({ form, changed, start }: IProps): React.ReactElement {
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

function Parameters({ form, changed }: { form: FormModel; changed: () => void }): React.ReactElement {
  const { trans } = useWords();
  const { value, error } = form.parameters;
  if (error) {
    return <Problem error={error} />;
  }
  if (!value) {
    return <p className="azml-Loading">{trans.__('Reading the parameters…')}</p>;
  }
  return (
    <fieldset className="azml-Submit-group" data-group="parameters">
      <legend>{trans.__('Parameters')}</legend>
      {value.parameters.map(parameter => (
        <ParameterField key={parameter.name} parameter={parameter} form={form} changed={changed} />
      ))}
      {!value.has_cell && (
        <p className="azml-Field-hint">
          {trans.__('Tag a cell “parameters” to get a field here for each of its variables.')}
        </p>
      )}
      {(!value.has_cell || form.extra.length > 0) && (
        <Rows
          rows={form.extra}
          name={trans.__('Name of a variable')}
          value={trans.__('Value')}
          add={trans.__('Add a parameter')}
          onChange={rows => {
            form.extra = rows;
            changed();
          }}
        />
      )}
      {value.has_cell && value.parameters.length === 0 && (
        <p className="azml-Field-hint">{trans.__('The cell tagged “parameters” sets no variable.')}</p>
      )}
    </fieldset>
  );
}

interface IParameterProps {
  parameter: Parameter;
  form: FormModel;
  changed: () => void;
}

function ParameterField({ parameter, form, changed }: IParameterProps): React.ReactElement {
  const { trans } = useWords();
  const { name, type } = parameter;
  const text = form.textOf(parameter);
  const fault = form.faultOf(parameter);
  const isChanged = form.texts.has(name);
  const set = (value: string) => {
    form.setText(parameter, value);
    changed();
  };
  const help = [typeWord(type, trans), parameter.help].filter(Boolean).join(' · ');
  if (type === 'bool' && typeof parameter.value === 'boolean') {
    return (
      <div className="azml-Parameter" data-parameter={name}>
        <CheckField
          label={name}
          hint={help}
          value={text === 'True'}
          onChange={value => set(value ? 'True' : 'False')}
        />
      </div>
    );
  }
  const isLong = type === 'list' || type === 'dict' || text.includes('\n') || text.length > 60;
  return (
    <div className={`azml-Parameter${isChanged ? ' azml-mod-changed' : ''}`} data-parameter={name}>
      <Field label={name} hint={fault ?? help}>
        {(id, described) => {
          const shared = {
            id,
            'aria-describedby': described,
            'aria-invalid': fault ? true : undefined,
            value: text,
            placeholder: parameter.value === null ? parameter.default : undefined,
            spellCheck: false,
            onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
              set(event.target.value)
          };
          return isLong && !parameter.is_secret ? (
            <textarea {...shared} rows={Math.min(6, text.split('\n').length + 1)} />
          ) : (
            <input
              {...shared}
              type={parameter.is_secret ? 'password' : 'text'}
              inputMode={type === 'int' ? 'numeric' : type === 'float' ? 'decimal' : undefined}
              autoComplete="off"
            />
          );
        }}
      </Field>
      {isChanged && (
        <button
          type="button"
          className="azml-IconButton"
          title={trans.__('Back to %1', defaultText(parameter) || parameter.default)}
          aria-label={trans.__('%1: back to the notebook’s value', name)}
          onClick={() => set(defaultText(parameter))}
        >
          <undoIcon.react tag="span" />
        </button>
      )}
    </div>
  );
}

function ComputePicker({ form, changed, start }: IProps): React.ReactElement {
  const { trans } = useWords();
  const group = React.useId();
  const { value, error } = form.computes;
  const choose = (name: string) => {
    form.compute = name;
    changed();
  };
  if (error) {
    return <Problem error={error} />;
  }
  const chosen = form.compute || 'local';
  const computes = (value?.items ?? []).filter(each => !ATTACHED.has(each.type));
  return (
    <fieldset className="azml-Submit-group azml-Submit-computes" data-group="compute">
      <legend>{trans.__('Compute')}</legend>
      {!value && <p className="azml-Loading">{trans.__('Reading the computes…')}</p>}
      {computes.map(compute => (
        <div key={compute.name} className="azml-Submit-compute">
          <label>
            <input
              type="radio"
              name={group}
              checked={compute.name === chosen}
              onChange={() => choose(compute.name)}
            />
            <span className="azml-Submit-name">{compute.name}</span>
            <span className="azml-mod-faint">{computeWord(compute, trans)}</span>
          </label>
          {compute.state === 'Stopped' && (
            <button type="button" className="azml-Button azml-mod-quiet" onClick={() => start(compute.name)}>
              {trans.__('Start')}
            </button>
          )}
        </div>
      ))}
      {value && computes.length === 0 && (
        <p className="azml-Field-hint">
          {trans.__(
            'The workspace has no compute. Create one with: %1',
            '%azml compute create NAME -t amlcompute'
          )}
        </p>
      )}
    </fieldset>
  );
}

function Inputs({ form, changed }: { form: FormModel; changed: () => void }): React.ReactElement {
  const { trans } = useWords();
  return (
    <fieldset className="azml-Submit-group" data-group="inputs">
      <legend>{trans.__('Data')}</legend>
      {form.inputs.length === 0 && (
        <p className="azml-Field-hint">
          {trans.__('Data that the job reads: the variable of the name that you give it says where it is.')}
        </p>
      )}
      <Rows
        rows={form.inputs}
        name={trans.__('Name of a variable')}
        value={trans.__('Data: azureml:NAME:VERSION, or an address')}
        add={trans.__('Add data')}
        options={form.dataNames}
        onChange={rows => {
          form.inputs = rows;
          changed();
        }}
      />
    </fieldset>
  );
}

interface IRowsProps {
  rows: Pairs;
  name: string;
  value: string;
  add: string;
  options?: readonly string[];
  onChange: (rows: Pairs) => void;
}

/** Names with values, as many as somebody wants. */
function Rows({ rows, name, value, add, options, onChange }: IRowsProps): React.ReactElement {
  const { trans } = useWords();
  const list = React.useId();
  const set = (index: number, pair: [string, string]) =>
    onChange(rows.map((row, i) => (i === index ? pair : row)));
  return (
    <div className="azml-Submit-rows">
      {options && (
        <datalist id={list}>
          {options.map(option => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
      {rows.map(([left, right], i) => (
        <div key={i} className="azml-Submit-row">
          <input
            type="text"
            value={left}
            aria-label={name}
            placeholder={name}
            spellCheck={false}
            onChange={event => set(i, [event.target.value, right])}
          />
          <input
            type="text"
            value={right}
            aria-label={value}
            placeholder={value}
            list={options ? list : undefined}
            spellCheck={false}
            onChange={event => set(i, [left, event.target.value])}
          />
          <button
            type="button"
            className="azml-IconButton"
            title={trans.__('Remove')}
            aria-label={trans.__('Remove %1', left || String(i + 1))}
            onClick={() => onChange(rows.filter((_, other) => other !== i))}
          >
            <closeIcon.react tag="span" />
          </button>
        </div>
      ))}
      <button
        type="button"
        className="azml-Button azml-mod-quiet"
        onClick={() => onChange([...rows, ['', '']])}
      >
        {add}
      </button>
    </div>
  );
}

/** Names that are shown of what travels, and of what does not. */
const SHOWN = 200;

function Travelling({ form }: { form: FormModel }): React.ReactElement {
  const { trans, locale } = useWords();
  useChanges(form.snapshot.changed);
  const { value, error } = form.snapshot;
  if (error) {
    return <Problem error={error} />;
  }
  if (!value) {
    return <p className="azml-Loading">{trans.__('Looking at what travels…')}</p>;
  }
  const bySize = [...value.files].sort((a, b) => b.size - a.size);
  const told = trans._n(
    '%1 file travels with it, %2',
    '%1 files travel with it, %2',
    value.files.length,
    fileSize(value.size, locale)
  );
  const behind = value.ignored.length;
  return (
    <details className="azml-Submit-more" data-group="snapshot">
      <summary>
        {told}
        {behind > 0 && ` · ${trans._n('%1 stays behind', '%1 stay behind', behind)}`}
      </summary>
      <p className="azml-Field-hint" title={value.folder}>
        {value.ignored_by
          ? trans.__('What stays behind is named in %1.', value.ignored_by)
          : trans.__('What %1 names stays behind; outputs/ and environments always do.', '.amlignore')}
      </p>
      <div className="azml-Submit-travel">
        <ul aria-label={trans.__('What travels')}>
          {bySize.slice(0, SHOWN).map(file => (
            <li key={file.path}>
              <span>{file.path}</span>
              <span className="azml-mod-faint">{fileSize(file.size, locale)}</span>
            </li>
          ))}
          {bySize.length > SHOWN && <li>{trans.__('and %1 more', whole(bySize.length - SHOWN, locale))}</li>}
        </ul>
        {behind > 0 && (
          <ul aria-label={trans.__('What stays behind')} className="azml-mod-faint">
            {value.ignored.slice(0, SHOWN).map(name => (
              <li key={name}>
                <s>{name}</s>
              </li>
            ))}
            {behind > SHOWN && <li>{trans.__('and %1 more', whole(behind - SHOWN, locale))}</li>}
          </ul>
        )}
      </div>
    </details>
  );
}

type Bundle = ReturnType<typeof useWords>['trans'];

/** Records of machines that jobs of notebooks are not sent to. */
const ATTACHED = new Set<Compute['type']>(['kubernetes', 'virtualmachine', 'databricks']);

function computeWord(compute: Compute, trans: Bundle): string {
  switch (compute.type) {
    case 'local':
      return trans.__('this machine');
    case 'amlcompute':
      return [
        trans.__('cluster'),
        compute.size,
        trans.__('%1 of %2 nodes at work', compute.busy_nodes, compute.max_nodes),
        compute.min_nodes === 0 && compute.busy_nodes + compute.idle_nodes === 0
          ? trans.__('the first one has to start')
          : ''
      ]
        .filter(Boolean)
        .join(' · ');
    case 'computeinstance':
      return [trans.__('instance'), compute.size, stateWord(compute.state, trans)]
        .filter(Boolean)
        .join(' · ');
    default:
      return compute.type;
  }
}

function stateWord(state: Compute['state'], trans: Bundle): string {
  const words: Record<Compute['state'], string> = {
    Running: trans.__('Running'),
    Starting: trans.__('Starting'),
    Stopping: trans.__('Stopping'),
    Stopped: trans.__('Stopped')
  };
  return words[state] ?? state;
}

function typeWord(type: Parameter['type'], trans: Bundle): string {
  switch (type) {
    case 'int':
      return trans.__('whole number');
    case 'float':
      return trans.__('number');
    case 'str':
      return trans.__('text');
    case 'bool':
      return trans.__('True or False');
    case 'list':
      return trans.__('list');
    case 'dict':
      return trans.__('dictionary');
    default:
      return '';
  }
}

const environmentNames = (form: FormModel): string[] => {
  const names = (form.environments.value?.items ?? []).map(each => `${each.name}:${each.version}`);
  return form.environment && !names.includes(form.environment) ? [form.environment, ...names] : names;
};

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.ipynb$/, '');
