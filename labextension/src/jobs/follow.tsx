import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Job } from '../api/types';
import { StatusBadge } from '../ui/badge';
import { useChanges, useNow } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { canCancel, isTerminal } from '../ui/status';
import { useWords } from '../ui/words';
import { isOwnMetric, type Series } from '../chart/series';
import type { FollowedJob } from './followed';
import { dateTime, duration, metricValue } from './format';
import { LogView } from './logview';
import { ProgressView } from './progress';
import { notebookOf } from './record';

// The chart is the heaviest part of the page and most sessions never need it.
const Metric = React.lazy(async () => ({ default: (await import('../chart/metric')).Metric }));

/** What can be done with a job. */
export interface IJobActions {
  open: (job: Job) => void;
  cancel: (job: Job) => void;
  /** In the main area, all there is of it. */
  show: (name: string) => void;
}

interface IProps {
  followed: FollowedJob;
  actions: IJobActions;
  onClose: () => void;
}

/** The followed job: where it stands, what it measured, what it printed. */
export function FollowView({ followed, actions, onClose }: IProps): React.ReactElement {
  const { trans } = useWords();
  useChanges(followed.changed);
  const { job } = followed;
  return (
    <article className="azml-Follow" aria-label={trans.__('Job %1', job.display_name)} data-job={job.name}>
      <div className="azml-Follow-title">
        <h2 title={`${job.display_name}\n${job.name}`}>{job.display_name || job.name}</h2>
        <button
          type="button"
          className="azml-IconButton"
          title={trans.__('Close')}
          aria-label={trans.__('Close')}
          onClick={onClose}
        >
          <closeIcon.react tag="span" />
        </button>
      </div>
      <Facts job={job} />
      <Reason job={job} />
      <Actions job={job} actions={actions} />
      {followed.error && <Problem error={followed.error} />}
      <ProgressView followed={followed} />
      <Metrics followed={followed} />
      <Parameters job={job} />
      <LogView log={followed.log} isRunning={!isTerminal(job.status)} />
    </article>
  );
}

function Facts({ job }: { job: Job }): React.ReactElement {
  const { trans, locale } = useWords();
  const isTicking = job.started !== null && job.ended === null && !isTerminal(job.status);
  const now = useNow(isTicking ? 1_000 : null);
  const until = job.ended ? Date.parse(job.ended) : isTicking ? now : null;
  return (
    <div className="azml-Facts">
      <StatusBadge status={job.status} />
      {job.started && until !== null && (
        <span className="azml-Facts-elapsed" title={trans.__('Started %1', dateTime(job.started, locale))}>
          {duration((until - Date.parse(job.started)) / 1000, locale)}
        </span>
      )}
      <span
        className="azml-Facts-rest"
        title={trans.__('Experiment %1, compute %2', job.experiment, job.compute)}
      >
        {`${job.experiment} · ${job.compute}`}
      </span>
    </div>
  );
}

/** A completed job needs no explanation; one that waits or failed does. */
function Reason({ job }: { job: Job }): React.ReactElement | null {
  if (!job.reason?.message || job.status === 'Completed') {
    return null;
  }
  return (
    <p className={`azml-Reason${job.status === 'Failed' ? ' azml-mod-bad' : ''}`}>{job.reason.message}</p>
  );
}

function Actions({ job, actions }: { job: Job; actions: IJobActions }): React.ReactElement {
  const { trans } = useWords();
  const canOpen = notebookOf(job) !== null;
  return (
    <div className="azml-Actions">
      {canOpen && (
        <button type="button" className="azml-Button azml-mod-main" onClick={() => actions.open(job)}>
          {trans.__('Open notebook')}
        </button>
      )}
      <button type="button" className="azml-Button" onClick={() => actions.show(job.name)}>
        {trans.__('Details')}
      </button>
      {canCancel(job.status) && (
        <button type="button" className="azml-Button" onClick={() => actions.cancel(job)}>
          {trans.__('Cancel job')}
        </button>
      )}
    </div>
  );
}

function Metrics({ followed }: { followed: FollowedJob }): React.ReactElement | null {
  const { trans } = useWords();
  const [isOpen, setOpen] = React.useState(false);
  const courses = [...followed.series];
  const own = courses.filter(([key]) => isOwnMetric(key));
  const usage = courses.filter(([key]) => !isOwnMetric(key));
  return (
    <>
      {own.length > 0 && (
        <section className="azml-Section" aria-label={trans.__('Metrics')}>
          <h3>{trans.__('Metrics')}</h3>
          <Charts courses={own} />
        </section>
      )}
      {usage.length > 0 && (
        <details className="azml-Section" onToggle={event => setOpen(event.currentTarget.open)}>
          <summary>{trans.__('Use of the machine')}</summary>
          {isOpen && <Charts courses={usage} />}
        </details>
      )}
    </>
  );
}

function Charts({ courses }: { courses: [string, Series][] }): React.ReactElement {
  const { trans, locale } = useWords();
  const format = React.useCallback((value: number) => metricValue(value, locale), [locale]);
  return (
    <div className="azml-Metrics">
      <React.Suspense fallback={null}>
        {courses.map(([key, series]) => (
          <Metric
            key={key}
            name={key}
            series={series}
            points={series.count}
            format={format}
            label={trans.__('%1: last value %2', key, format(series.last))}
            stepWord={trans.__('step')}
          />
        ))}
      </React.Suspense>
    </div>
  );
}

function Parameters({ job }: { job: Job }): React.ReactElement | null {
  const { trans } = useWords();
  const entries = Object.entries(job.parameters);
  if (entries.length === 0) {
    return null;
  }
  return (
    <section className="azml-Section" aria-label={trans.__('Parameters')}>
      <h3>{trans.__('Parameters')}</h3>
      <dl className="azml-Parameters">
        {entries.map(([key, value]) => (
          <React.Fragment key={key}>
            <dt title={key}>{key}</dt>
            <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </React.Fragment>
        ))}
      </dl>
    </section>
  );
}
