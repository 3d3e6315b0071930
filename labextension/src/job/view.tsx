import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import * as React from 'react';
import type { Job } from '../api/types';
import { CurvesView } from '../compare/curvesview';
import { dateTime, duration } from '../jobs/format';
import { notebookOf } from '../jobs/record';
import { StatusBadge } from '../ui/badge';
import { useChanges, useNow } from '../ui/hooks';
import { CopyButton, Problem } from '../ui/notes';
import { canCancel, isTerminal } from '../ui/status';
import { ITab, Tabs } from '../ui/tabs';
import { useWords } from '../ui/words';
import { CellsView } from './cellsview';
import { CodeView } from './codeview';
import { FilesView } from './filesview';
import { LineageView } from './lineageview';
import { LogView } from './logview';
import type { JobPanelModel } from './model';
import { Overview } from './overview';

export interface IPanelActions {
  openNotebook: () => void;
  cancel: () => void;
  again: () => void;
  archive: () => void;
  restore: () => void;
  remove: () => void;
  link: (() => void) | null;
  /** How a job, data, model, endpoint is looked at; null where nobody can. */
  openThing: (kind: string, uri: string) => (() => void) | null;
  insert: (uri: string, name: string, isTable: boolean) => void;
  copy: (uri: string) => void;
  openFile: (path: string) => void;
  download: (path: string) => void;
}

interface IProps {
  model: JobPanelModel;
  rendermime: IRenderMimeRegistry | null;
  actions: IPanelActions;
}

/** A job: where it stands, and one of its many sides. */
export function JobView({ model, rendermime, actions }: IProps): React.ReactElement {
  const { trans } = useWords();
  const { followed } = model;
  useChanges(followed.changed);
  useChanges(model.changed);
  const { job } = followed;
  const hasCells = rendermime !== null && (job.type === 'notebook' || job.type === 'cell');
  const choose = (id: string) => (model.tab = id);
  const tabs: ITab[] = [
    {
      id: 'overview',
      label: trans.__('Overview'),
      render: () => (
        <Overview
          followed={followed}
          onTab={choose}
          openData={uri => actions.openThing('data', uri)?.()}
          openModel={actions.openThing('model', 'x') && (name => actions.openThing('model', name)?.())}
        />
      )
    },
    ...(hasCells
      ? [
          {
            id: 'cells',
            label: trans.__('Cells'),
            render: () => <CellsView model={model.cells} rendermime={rendermime} />
          }
        ]
      : []),
    { id: 'metrics', label: trans.__('Metrics'), render: () => <CurvesView source={model.curves} /> },
    {
      id: 'log',
      label: trans.__('Log'),
      render: () => (
        <LogView
          key={model.log.path}
          log={model.log}
          files={model.logs}
          onChoose={path => model.chooseLog(path)}
          onDownload={() => actions.download(model.log.path)}
        />
      )
    },
    {
      id: 'outputs',
      label: trans.__('Outputs'),
      render: () => (
        <FilesView
          model={model.files}
          look={uri => model.look(uri)}
          actions={{
            insert: actions.insert,
            copy: actions.copy,
            open: actions.openFile,
            download: actions.download
          }}
        />
      )
    },
    {
      id: 'code',
      label: trans.__('Code'),
      render: () => <CodeView changes={model.changes} fileOf={path => model.fileOf(path)} />
    },
    {
      id: 'lineage',
      label: trans.__('Lineage'),
      render: () => (
        <LineageView
          lineage={model.lineage}
          opener={node =>
            node.kind === 'job' && node.uri === job.name ? null : actions.openThing(node.kind, node.uri)
          }
        />
      )
    }
  ];
  return (
    <article className="azml-JobPanel" aria-label={trans.__('Job %1', job.display_name)} data-job={job.name}>
      <Head model={model} actions={actions} />
      {followed.error && <Problem error={followed.error} />}
      <Tabs label={trans.__('Views')} tabs={tabs} chosen={model.tab} onChoose={choose} />
    </article>
  );
}

function Head({ model, actions }: { model: JobPanelModel; actions: IPanelActions }): React.ReactElement {
  const { trans } = useWords();
  const { job } = model.followed;
  const isOver = isTerminal(job.status);
  return (
    <header className="azml-Panel-head">
      <div className="azml-Panel-title">
        <h2 title={`${job.display_name}\n${job.name}`}>{job.display_name || job.name}</h2>
        <span className="azml-Panel-facts">
          <StatusBadge status={job.status} />
          <Elapsed job={job} />
          <span className="azml-mod-faint">{`${job.experiment} · ${job.compute}`}</span>
          {job.archived && <span className="azml-Pill">{trans.__('Archived')}</span>}
        </span>
      </div>
      <div className="azml-Actions">
        {notebookOf(job) && (
          <button type="button" className="azml-Button azml-mod-main" onClick={actions.openNotebook}>
            {trans.__('Open notebook')}
          </button>
        )}
        {canCancel(job.status) && (
          <button type="button" className="azml-Button" onClick={actions.cancel}>
            {trans.__('Cancel job')}
          </button>
        )}
        {job.type === 'notebook' && (
          <button type="button" className="azml-Button" onClick={actions.again}>
            {trans.__('Run again…')}
          </button>
        )}
        {actions.link && (
          <button type="button" className="azml-Button azml-mod-quiet" onClick={actions.link}>
            {trans.__('Copy link')}
          </button>
        )}
        {isOver && (
          <>
            <button
              type="button"
              className="azml-Button azml-mod-quiet"
              onClick={job.archived ? actions.restore : actions.archive}
            >
              {job.archived ? trans.__('Restore') : trans.__('Archive')}
            </button>
            <button type="button" className="azml-Button azml-mod-quiet" onClick={actions.remove}>
              {trans.__('Delete…')}
            </button>
          </>
        )}
      </div>
      <Reason job={job} />
    </header>
  );
}

function Elapsed({ job }: { job: Job }): React.ReactElement | null {
  const { trans, locale } = useWords();
  const isTicking = job.started !== null && job.ended === null && !isTerminal(job.status);
  const now = useNow(isTicking ? 1_000 : null);
  const until = job.ended ? Date.parse(job.ended) : isTicking ? now : null;
  if (!job.started || until === null) {
    return null;
  }
  return (
    <span title={trans.__('Started %1', dateTime(job.started, locale))}>
      {duration((until - Date.parse(job.started)) / 1000, locale)}
    </span>
  );
}

/** Why it waits, or why it failed; a completed job needs no explanation. */
function Reason({ job }: { job: Job }): React.ReactElement | null {
  const { reason, status } = job;
  if (!reason?.message || status === 'Completed') {
    return null;
  }
  return (
    <div className={`azml-Reason azml-Panel-reason${status === 'Failed' ? ' azml-mod-bad' : ''}`}>
      <span>{reason.message}</span>
      {status === 'Failed' && <CopyButton text={() => `${reason.code}: ${reason.message}`} />}
    </div>
  );
}
