import { undoIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Parameter } from '../api/types';
import { CheckField, Field } from '../ui/fields';
import { Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import { defaultText, FormModel } from './form';
import { Rows } from './rows';

/** A field for each variable of the cell tagged “parameters”. */
export function Parameters({ form, changed }: { form: FormModel; changed: () => void }): React.ReactElement {
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

function typeWord(type: Parameter['type'], trans: TranslationBundle): string {
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
