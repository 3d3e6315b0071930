import * as React from 'react';
import { useWords } from '../ui/words';
import type { FormModel } from './form';
import { Rows } from './rows';

/** Data that the notebook reads, by the names of its variables. */
export function Inputs({ form, changed }: { form: FormModel; changed: () => void }): React.ReactElement {
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
