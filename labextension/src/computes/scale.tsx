import * as React from 'react';
import type { Compute } from '../api/types';
import { useWords } from '../ui/words';
import type { ComputesModel } from './model';

/** How many nodes a cluster may have; changed in place. */
export function Scale({ compute, model }: { compute: Compute; model: ComputesModel }): React.ReactElement {
  const { trans } = useWords();
  const [edit, setEdit] = React.useState<[string, string] | null>(null);
  if (!edit) {
    const text = trans.__('%1 to %2', compute.min_nodes, compute.max_nodes);
    return (
      <button
        type="button"
        className="azml-Link"
        title={trans.__('Change how many nodes it may have')}
        onClick={() => setEdit([String(compute.min_nodes), String(compute.max_nodes)])}
      >
        {text}
      </button>
    );
  }
  const [least, most] = edit.map(Number);
  const isValid = [least, most].every(Number.isInteger) && least >= 0 && most >= least && edit[1] !== '';
  const save = () => {
    if (isValid) {
      setEdit(null);
      void model.scale(compute, least, most);
    }
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter') {
      save();
    } else if (event.key === 'Escape') {
      setEdit(null);
      event.stopPropagation();
    }
  };
  return (
    <span className="azml-Scale" onKeyDown={onKeyDown}>
      <input
        type="number"
        min={0}
        value={edit[0]}
        aria-label={trans.__('Least nodes')}
        autoFocus
        onChange={event => setEdit([event.target.value, edit[1]])}
      />
      {'–'}
      <input
        type="number"
        min={0}
        value={edit[1]}
        aria-label={trans.__('Most nodes')}
        onChange={event => setEdit([edit[0], event.target.value])}
      />
      <button type="button" className="azml-Button" disabled={!isValid} onClick={save}>
        {trans.__('Save')}
      </button>
    </span>
  );
}
