import * as React from 'react';
import { CommandLine } from '../shell/command';
import type { Settings } from '../shell/settings';
import { useChanges } from '../ui/hooks';
import { Empty, Problem } from '../ui/notes';
import { Split } from '../ui/split';
import { useWords } from '../ui/words';
import { BulkBar, IBulkActions } from './bulk';
import { FilterBar } from './filterbar';
import { isEmptyFilter, NO_FILTER } from './filter';
import { FollowView, IJobActions } from './follow';
import { JobListbox } from './listbox';
import type { JobsModel } from './model';
import { flatRows, groupedRows } from './rows';

export interface ISectionActions extends IJobActions, IBulkActions {
  /** In a panel of its own. */
  show: (name: string) => void;
}

interface IProps {
  model: JobsModel;
  actions: ISectionActions;
  settings: Settings;
  experiments: () => Promise<readonly string[]>;
}

/** The jobs, and below them the one that is followed. */
export function JobsView(props: IProps): React.ReactElement {
  const { model, actions } = props;
  useChanges(model.changed);
  const { selected } = model;
  return (
    <Split
      above={<JobsSection {...props} />}
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

function JobsSection({ model, actions, settings, experiments }: IProps): React.ReactElement {
  const { trans } = useWords();
  const { shown, error, isLoading, isEmpty, filter, marks } = model;
  useChanges(marks.changed);
  useChanges(settings.changed);
  const isGrouped = settings.get('groupByExperiment');
  const [closed, setClosed] = React.useState<ReadonlySet<string>>(new Set());
  const onSelect = React.useCallback((name: string) => void model.select(name), [model]);
  const loadMore = React.useCallback(() => void model.loadMore(), [model]);
  const onToggle = React.useCallback(
    (experiment: string) =>
      setClosed(before => {
        const after = new Set(before);
        if (!after.delete(experiment)) {
          after.add(experiment);
        }
        return after;
      }),
    []
  );
  const rows = React.useMemo(
    () => (isGrouped ? groupedRows(shown, closed) : flatRows(shown)),
    [shown, isGrouped, closed]
  );
  const isFiltered = !isEmptyFilter(filter);
  const problem = error && (
    <Problem error={error}>
      <button type="button" className="azml-Button" onClick={() => void model.refresh()}>
        {trans.__('Try again')}
      </button>
    </Problem>
  );
  if (problem && isEmpty) {
    return problem;
  }
  if (isEmpty && !isFiltered) {
    return isLoading ? <p className="azml-Loading">{trans.__('Loading jobs…')}</p> : <NoJobs model={model} />;
  }
  return (
    <section className="azml-Jobs" aria-label={trans.__('Jobs')}>
      <FilterBar
        filter={filter}
        onFilter={next => (model.filter = next)}
        isGrouped={isGrouped}
        onGroup={isOn => void settings.set('groupByExperiment', isOn)}
        experiments={experiments}
      />
      {problem}
      <JobListbox
        filter={JSON.stringify(filter)}
        rows={rows}
        marks={marks}
        selected={model.selected?.name ?? null}
        isBusy={model.isLoadingMore}
        onSelect={onSelect}
        onOpen={actions.show}
        onToggle={onToggle}
        onNearEnd={loadMore}
      />
      {isFiltered && (
        <footer className="azml-Jobs-footer">
          <span role="status">
            {isLoading
              ? trans.__('Searching…')
              : model.hasMore
                ? trans._n('at least %1 job matches', 'at least %1 jobs match', shown.length)
                : trans._n('%1 job matches', '%1 jobs match', shown.length)}
          </span>
          <button
            type="button"
            className="azml-Button azml-mod-quiet"
            onClick={() => (model.filter = NO_FILTER)}
          >
            {trans.__('Show all')}
          </button>
        </footer>
      )}
      <BulkBar model={model} actions={actions} />
    </section>
  );
}

function NoJobs({ model }: { model: JobsModel }): React.ReactElement {
  const { trans } = useWords();
  return (
    <>
      <Empty title={trans.__('No jobs yet')}>
        {trans.__('Open a notebook and press “Run as job”, or run one from a cell.')}
      </Empty>
      <CommandLine command="%azml run" />
      <button
        type="button"
        className="azml-Button azml-mod-quiet azml-Jobs-archived"
        onClick={() => (model.filter = { ...NO_FILTER, isArchived: true })}
      >
        {trans.__('Show archived jobs')}
      </button>
    </>
  );
}
