import * as React from 'react';
import type { AzmlError } from '../api/request';
import { Problem } from '../ui/notes';
import { useWords } from '../ui/words';

/** What was asked for and is not done: what was shown meanwhile is taken back. */
export function Refusal({ error, onClose }: { error: AzmlError; onClose: () => void }): React.ReactElement {
  const { trans } = useWords();
  return (
    <Problem error={error}>
      <button type="button" className="azml-Button" onClick={onClose}>
        {trans.__('Close')}
      </button>
    </Problem>
  );
}
