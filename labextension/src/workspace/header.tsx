import { caretDownEmptyIcon, refreshIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { useChanges } from '../ui/hooks';
import { azmlIcon } from '../ui/icon';
import { useWords } from '../ui/words';
import type { WorkspaceModel } from './model';

/** Where we are: the workspace's name, its kind and, on hovering, its place. The name opens a menu of others. */
export function WorkspaceHeader({
  workspace,
  onSwitch,
  onRefresh
}: {
  workspace: WorkspaceModel;
  onSwitch: (below: HTMLElement) => void;
  onRefresh: () => void;
}): React.ReactElement {
  const { trans } = useWords();
  useChanges(workspace.changed);
  const { info } = workspace;
  const kind = info?.kind === 'azure' ? trans.__('Azure') : trans.__('Local');
  const name = info?.name ?? trans.__('Azure ML');
  return (
    <div className="azml-Header" aria-busy={workspace.isAttaching}>
      <button
        type="button"
        className="azml-Header-switch"
        aria-haspopup="menu"
        aria-label={trans.__('Workspace %1: switch', name)}
        title={info ? `${info.name}\n${info.location}` : undefined}
        onClick={event => onSwitch(event.currentTarget)}
      >
        <azmlIcon.react tag="span" className="azml-Header-icon" width="20px" height="20px" />
        <span className="azml-Header-name">{name}</span>
        {info && <span className="azml-Pill">{kind}</span>}
        <caretDownEmptyIcon.react tag="span" className="azml-Header-caret" />
      </button>
      <button
        type="button"
        className="azml-IconButton"
        title={trans.__('Refresh')}
        aria-label={trans.__('Refresh')}
        onClick={onRefresh}
      >
        <refreshIcon.react tag="span" />
      </button>
    </div>
  );
}
