import * as React from 'react';
import { useChanges } from '../ui/hooks';
import { Tabs } from '../ui/tabs';
import { useWords } from '../ui/words';
import { WorkspaceHeader } from '../workspace/header';
import { WorkspaceCommandIDs } from '../workspace/ids';
import { openSwitcher } from '../workspace/menu';
import { OfflineBanner, SignInBanner } from './banner';
import type { IHere } from './here';

/** The left panel: the workspace, and one of its nouns. */
export function Sidebar({ here }: { here: IHere }): React.ReactElement {
  const { trans } = useWords();
  const { sections, workspace } = here;
  useChanges(sections.changed);
  const { shown } = sections;
  const refresh = () => {
    void workspace.refresh();
    shown?.refresh();
  };
  return (
    <>
      <WorkspaceHeader
        workspace={workspace}
        onSwitch={below => void openSwitcher(workspace, here.app.commands, below)}
        onRefresh={refresh}
      />
      <OfflineBanner jobs={here.jobs} workspace={workspace} onRetry={refresh} />
      <SignInBanner
        jobs={here.jobs}
        workspace={workspace}
        onSignIn={() => void here.app.commands.execute(WorkspaceCommandIDs.signIn).then(refresh)}
      />
      {shown && (
        <Tabs
          label={trans.__('Sections')}
          tabs={sections.all}
          chosen={shown.id}
          onChoose={id => sections.choose(id)}
        />
      )}
    </>
  );
}
