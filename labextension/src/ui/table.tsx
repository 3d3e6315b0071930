import * as React from 'react';

/** What stands over a column; numbers stand at its right. */
export type Column = string | { label: React.ReactNode; isNumber?: boolean; title?: string };

export const ofNumbers = (label: string): Column => ({ label, isNumber: true });

/** A table that is scrolled by itself, also by the keyboard. */
export function Table({
  label,
  columns,
  className,
  children
}: {
  label: string;
  columns: readonly Column[];
  className?: string;
  children: React.ReactNode;
}): React.ReactElement {
  return (
    <div className={`azml-Table ${className ?? ''}`} tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((column, i) => {
              const { label, isNumber, title }: Exclude<Column, string> =
                typeof column === 'string' ? { label: column } : column;
              return (
                <th key={i} scope="col" className={isNumber ? 'azml-mod-number' : undefined} title={title}>
                  {label}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
