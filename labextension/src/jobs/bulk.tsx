import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { canCancel } from '../ui/status';
import { useWords } from '../ui/words';
import type { Change, JobsModel } from './model';

/** More columns than that nobody reads. */
const MOST_COMPARED = 20;

export interface IBulkActions {
  change: (change: Change, names: readonly string[]) => void;
  /** Side by side; absent where nothing can show that. */
  compare: ((names: readonly string[]) => void) | null;
}

/** What can be done with the jobs that are marked, all at once. */
export function BulkBar({
  model,
  actions
}: {
  model: JobsModel;
  actions: IBulkActions;
}): React.ReactElement | null {
  const { trans } = useWords();
  const names = [...model.marks.names];
  if (names.length === 0) {
    return null;
  }
  const marked = model.shown.filter(job => model.marks.has(job.name));
  const active = marked.filter(job => canCancel(job.status)).map(job => job.name);
  const ended = marked.filter(job => !canCancel(job.status)).map(job => job.name);
  const { isArchived } = model.filter;
  return (
    <div className="azml-Bulk" role="toolbar" aria-label={trans.__('Marked jobs')}>
      <span role="status">{trans._n('%1 job marked', '%1 jobs marked', names.length)}</span>
      {actions.compare && names.length > 1 && names.length <= MOST_COMPARED && (
        <Act label={trans.__('Compare')} run={() => actions.compare!(names)} />
      )}
      {active.length > 0 && (
        <Act label={trans.__('Cancel jobs…')} run={() => actions.change('cancel', active)} />
      )}
      {ended.length > 0 && (
        <Act
          label={isArchived ? trans.__('Restore') : trans.__('Archive')}
          run={() => actions.change(isArchived ? 'restore' : 'archive', ended)}
        />
      )}
      {ended.length > 0 && <Act label={trans.__('Delete…')} run={() => actions.change('delete', ended)} />}
      <button
        type="button"
        className="azml-IconButton"
        title={trans.__('Unmark all')}
        aria-label={trans.__('Unmark all')}
        onClick={() => model.marks.clear()}
      >
        <closeIcon.react tag="span" />
      </button>
    </div>
  );
}

function Act({ label, run }: { label: string; run: () => void }): React.ReactElement {
  return (
    <button type="button" className="azml-Button" onClick={run}>
      {label}
    </button>
  );
}
