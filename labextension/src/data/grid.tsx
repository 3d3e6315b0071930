import * as React from 'react';
import type { Preview } from '../api/types';
import { useWindow } from '../ui/window';
import { useWords } from '../ui/words';
import { cellText } from './format';

const ROW = 24;
/** A word of the data, the same in every language. */
const NULL = 'null';
const HEAD = 44;

/** Rows of a table. Only those in sight are there. */
export function Grid({ preview }: { preview: Preview }): React.ReactElement {
  const { trans } = useWords();
  const box = React.useRef<HTMLDivElement>(null);
  const { columns, rows } = preview;
  const { first, last } = useWindow(box, rows.length, ROW, nothing);
  const numeric = columns.map(column => isNumeric(column.type));
  return (
    <div
      ref={box}
      className="azml-Grid"
      tabIndex={0}
      role="region"
      aria-label={trans.__('Rows of %1', preview.name)}
    >
      <table aria-rowcount={rows.length + 1} style={{ height: rows.length * ROW + HEAD }}>
        <thead>
          <tr style={{ height: HEAD }}>
            <th className="azml-Grid-number" aria-label={trans.__('Row')} />
            {columns.map((column, i) => (
              <th
                key={i}
                scope="col"
                className={numeric[i] ? 'azml-mod-number' : ''}
                title={`${column.name}\n${column.type}`}
              >
                <span className="azml-Grid-name">{column.name}</span>
                <span className="azml-Grid-type">{column.type}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <tr aria-hidden="true" style={{ height: first * ROW }} />}
          {rows.slice(first, last).map((row, i) => (
            <tr key={first + i} aria-rowindex={first + i + 2} style={{ height: ROW }}>
              <th scope="row" className="azml-Grid-number">
                {first + i + 1}
              </th>
              {row.map((value, j) => (
                <td key={j} className={numeric[j] ? 'azml-mod-number' : ''} title={cellText(value)}>
                  {value === null ? <span className="azml-Grid-null">{NULL}</span> : cellText(value)}
                </td>
              ))}
            </tr>
          ))}
          <tr aria-hidden="true" style={{ height: (rows.length - last) * ROW }} />
        </tbody>
      </table>
    </div>
  );
}

const isNumeric = (type: string): boolean =>
  /INT|DOUBLE|FLOAT|DECIMAL|REAL/.test(type) && !/\[\]|STRUCT|MAP/.test(type);
const nothing = () => undefined;
