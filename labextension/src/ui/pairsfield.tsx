import { addIcon, closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { useNewRow } from './hooks';
import { useWords } from './words';

/** Names and values in the order in which they are typed; one without a name is not there yet. */
export type Pairs = [string, string][];

export const pairsOf = (values: Record<string, string>): Pairs => Object.entries(values);

export const valuesOf = (pairs: Pairs): Record<string, string> =>
  Object.fromEntries(pairs.filter(([name]) => name.trim()).map(([name, value]) => [name.trim(), value]));

/** Tags, or anything else that is names with values. */
export function PairsField({
  label,
  value,
  onChange
}: {
  label: string;
  value: Pairs;
  onChange: (value: Pairs) => void;
}): React.ReactElement {
  const { trans } = useWords();
  const set = (index: number, part: 0 | 1, text: string) =>
    onChange(value.map((pair, i) => (i === index ? (part === 0 ? [text, pair[1]] : [pair[0], text]) : pair)));
  const [list, willAdd] = useNewRow<HTMLFieldSetElement>(value.length, '.azml-Pairs-row:last-of-type input');
  return (
    <fieldset ref={list} className="azml-Field azml-Pairs">
      <legend>{label}</legend>
      {value.map(([name, text], i) => (
        <div key={i} className="azml-Pairs-row">
          <input
            type="text"
            value={name}
            aria-label={trans.__('Name of tag %1', i + 1)}
            placeholder={trans.__('name')}
            spellCheck={false}
            onChange={event => set(i, 0, event.target.value)}
          />
          <textarea
            rows={1}
            value={text}
            aria-label={trans.__('Value of tag %1', i + 1)}
            placeholder={trans.__('value')}
            spellCheck={false}
            onChange={event => set(i, 1, event.target.value)}
          />
          <button
            type="button"
            className="azml-IconButton"
            title={trans.__('Remove')}
            aria-label={trans.__('Remove tag %1', i + 1)}
            onClick={() => onChange(value.filter((_, other) => other !== i))}
          >
            <closeIcon.react tag="span" />
          </button>
        </div>
      ))}
      <button
        type="button"
        className="azml-Button azml-mod-quiet"
        onClick={() => {
          willAdd();
          onChange([...value, ['', '']]);
        }}
      >
        <addIcon.react tag="span" className="azml-Button-icon" />
        {trans.__('Add a tag')}
      </button>
    </fieldset>
  );
}
