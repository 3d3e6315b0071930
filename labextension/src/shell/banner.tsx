import * as React from 'react';
import type { JobsModel } from '../jobs/model';
import { useChanges } from '../ui/hooks';
import { useWords } from '../ui/words';
import type { WorkspaceModel } from '../workspace/model';

/** Azure wants to know who asks: the way to say it is a press away. */
export function SignInBanner({
  jobs,
  workspace,
  onSignIn
}: {
  jobs: JobsModel;
  workspace: WorkspaceModel;
  onSignIn: () => void;
}): React.ReactElement | null {
  const { trans } = useWords();
  useChanges(jobs.changed);
  useChanges(workspace.changed);
  const isRefused = [jobs.error, workspace.error].some(error => error?.code === 'NotSignedIn');
  return isRefused ? (
    <div className="azml-Banner" role="status">
      <span>{trans.__('You are not signed in to Azure.')}</span>
      <button type="button" className="azml-Button" onClick={onSignIn}>
        {trans.__('Sign in to Azure…')}
      </button>
    </div>
  ) : null;
}

/** Says that the server is away; what is shown stays, and is read anew when it is back. */
export function OfflineBanner({
  jobs,
  workspace,
  onRetry
}: {
  jobs: JobsModel;
  workspace: WorkspaceModel;
  onRetry: () => void;
}): React.ReactElement | null {
  const { trans } = useWords();
  useChanges(jobs.changed);
  useChanges(workspace.changed);
  if (!jobs.isOffline && !workspace.isOffline) {
    return null;
  }
  return (
    <div className="azml-Banner" role="status">
      <span>{trans.__('The server cannot be reached. Trying again…')}</span>
      <button type="button" className="azml-Button azml-mod-quiet" onClick={onRetry}>
        {trans.__('Try now')}
      </button>
    </div>
  );
}
