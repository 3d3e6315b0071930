import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Compute } from '../api/types';
import { stateWord } from '../computes/words';
import { Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import type { FormModel } from './form';

export interface IPickerProps {
  form: FormModel;
  changed: () => void;
  /** Offered on a compute that is stopped. */
  start: (compute: string) => void;
}

/** Where it is to run, and what stands there now. */
export function ComputePicker({ form, changed, start }: IPickerProps): React.ReactElement {
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

/** Records of machines that jobs of notebooks are not sent to. */
const ATTACHED = new Set<Compute['type']>(['kubernetes', 'virtualmachine', 'databricks']);

function computeWord(compute: Compute, trans: TranslationBundle): string {
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
