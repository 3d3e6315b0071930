import * as React from 'react';
import { CopyButton } from '../ui/notes';
import { useWords } from '../ui/words';

/** What would do the same from a cell: it teaches, and goes into a notebook that others run. */
export function CommandLine({ command }: { command: string }): React.ReactElement {
  const { trans } = useWords();
  return (
    <div className="azml-Command" role="group" aria-label={trans.__('The same in a cell')}>
      <code>{command}</code>
      <CopyButton text={() => command} />
    </div>
  );
}

/** A word of a command line, as a shell takes it. */
export const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`;
