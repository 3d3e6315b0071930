import { refreshIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { useChanges } from '../ui/hooks';
import { azmlIcon } from '../ui/icon';
import { useWords } from '../ui/words';
import type { WorkspaceModel } from './model';

/** Where we are: the workspace's name, its kind and, on hovering, its place. */
export function WorkspaceHeader({
  workspace,
  onRefresh
}: {
  workspace: WorkspaceModel;
  onRefresh: () => void;
}): React.ReactElement {
  const { trans } = useWords();
  useChanges(workspace.changed);
  const { info } = workspace;
  const kind = info?.kind === 'azure' ? trans.__('Azure') : trans.__('Local');
  return (
    <header className="azml-Header">
      <azmlIcon.react tag="span" className="azml-Header-icon" width="20px" height="20px" />
      <span className="azml-Header-name" title={info ? `${info.name}\n${info.location}` : undefined}>
        {info?.name ?? trans.__('Azure ML')}
      </span>
      {info && <span className="azml-Pill">{kind}</span>}
      <button
        type="button"
        className="azml-IconButton"
        title={trans.__('Refresh')}
        aria-label={trans.__('Refresh')}
        onClick={onRefresh}
      >
        <refreshIcon.react tag="span" />
      </button>
    </header>
  );
}
