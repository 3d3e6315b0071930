import { addIcon, closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { useNewRow } from '../ui/hooks';
import type { Pairs } from '../ui/pairsfield';
import { useWords } from '../ui/words';

interface IRowsProps {
  rows: Pairs;
  name: string;
  value: string;
  add: string;
  options?: readonly string[];
  onChange: (rows: Pairs) => void;
}

/** Names with values, as many as somebody wants. */
export function Rows({ rows, name, value, add, options, onChange }: IRowsProps): React.ReactElement {
  const { trans } = useWords();
  const list = React.useId();
  const set = (index: number, pair: [string, string]) =>
    onChange(rows.map((row, i) => (i === index ? pair : row)));
  const [box, willAdd] = useNewRow<HTMLDivElement>(rows.length, '.azml-Submit-row:last-of-type input');
  return (
    <div ref={box} className="azml-Submit-rows">
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
        onClick={() => {
          willAdd();
          onChange([...rows, ['', '']]);
        }}
      >
        <addIcon.react tag="span" className="azml-Button-icon" />
        {add}
      </button>
    </div>
  );
}
