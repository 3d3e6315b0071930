import { searchIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { useChanges } from '../ui/hooks';
import { Empty, Problem } from '../ui/notes';
import { Split } from '../ui/split';
import { ITab, Tabs } from '../ui/tabs';
import { useWords } from '../ui/words';
import { WorkspaceHeader } from '../workspace/header';
import type { WorkspaceModel } from '../workspace/model';
import { FollowView, IJobActions } from './follow';
import { JobListbox } from './listbox';
import type { JobsModel } from './model';

/** A part of the sidebar beside the jobs. */
export interface ISection extends ITab {
  refresh: () => void;
}

interface IProps {
  model: JobsModel;
  workspace: WorkspaceModel;
  actions: IJobActions;
  sections: readonly ISection[];
  chosen: string;
  onChoose: (id: string) => void;
}

/** The left panel: the workspace, and one of its nouns. */
export function Sidebar({
  model,
  workspace,
  actions,
  sections,
  chosen,
  onChoose
}: IProps): React.ReactElement {
  const { trans } = useWords();
  useChanges(model.changed);
  const refresh = () => {
    void workspace.refresh();
    void model.refresh();
    sections.find(section => section.id === chosen)?.refresh();
  };
  const jobs = {
    id: 'jobs',
    label: trans.__('Jobs'),
    render: () => <JobsView model={model} actions={actions} />
  };
  return (
    <>
      <WorkspaceHeader workspace={workspace} onRefresh={refresh} />
      {model.isOffline && <OfflineBanner />}
      <Tabs label={trans.__('Sections')} tabs={[jobs, ...sections]} chosen={chosen} onChoose={onChoose} />
    </>
  );
}

/** The jobs, and below them the one that is followed. */
function JobsView({ model, actions }: { model: JobsModel; actions: IJobActions }): React.ReactElement {
  const { selected } = model;
  return (
    <Split
      above={<JobsSection model={model} />}
      below={
        selected && (
          <FollowView
            key={selected.name}
            followed={selected}
            actions={actions}
            onClose={() => void model.select(null)}
          />
        )
      }
    />
  );
}

function JobsSection({ model }: { model: JobsModel }): React.ReactElement {
  const { trans } = useWords();
  const { shown, error, isLoading, isEmpty } = model;
  const onSelect = React.useCallback((name: string) => void model.select(name), [model]);
  const loadMore = React.useCallback(() => void model.loadMore(), [model]);
  // While filtering, reaching the end must not read the whole workspace by itself: the user asks for older jobs.
  const onNearEnd = React.useCallback(() => (model.filter ? undefined : loadMore()), [model, loadMore]);
  if (error && isEmpty) {
    return (
      <Problem error={error}>
        <button type="button" className="azml-Button" onClick={() => void model.refresh()}>
          {trans.__('Try again')}
        </button>
      </Problem>
    );
  }
  if (isEmpty) {
    return isLoading ? <p className="azml-Loading">{trans.__('Loading jobs…')}</p> : <NoJobs />;
  }
  return (
    <section className="azml-Jobs" aria-label={trans.__('Jobs')}>
      <Filter model={model} />
      {error && <Problem error={error} />}
      <JobListbox
        filter={model.filter}
        jobs={shown}
        selected={model.selected?.name ?? null}
        isBusy={model.isLoadingMore}
        onSelect={onSelect}
        onNearEnd={onNearEnd}
      />
      {model.filter && (
        <footer className="azml-Jobs-footer">
          <span role="status">{trans._n('%1 job matches', '%1 jobs match', shown.length)}</span>
          {model.hasMore && (
            <button
              type="button"
              className="azml-Button azml-mod-quiet"
              disabled={model.isLoadingMore}
              onClick={loadMore}
            >
              {trans.__('Search older jobs')}
            </button>
          )}
        </footer>
      )}
    </section>
  );
}

function Filter({ model }: { model: JobsModel }): React.ReactElement {
  const { trans } = useWords();
  return (
    <div className="azml-Filter">
      <searchIcon.react tag="span" className="azml-Filter-icon" />
      <input
        type="search"
        value={model.filter}
        placeholder={trans.__('Filter jobs')}
        aria-label={trans.__('Filter jobs')}
        spellCheck={false}
        onChange={event => (model.filter = event.target.value)}
      />
    </div>
  );
}

function NoJobs(): React.ReactElement {
  const { trans } = useWords();
  return (
    <Empty title={trans.__('No jobs yet')}>
      {trans.__('Open a notebook and press “Run as job”, or type %1 in a cell.', '%azml run')}
    </Empty>
  );
}

function OfflineBanner(): React.ReactElement {
  const { trans } = useWords();
  return (
    <div className="azml-Banner" role="status">
      {trans.__('The server cannot be reached. Trying again…')}
    </div>
  );
}
