import * as React from 'react';
import type { Job } from '../api/types';
import type { FollowedJob } from '../jobs/followed';
import { metricValue } from '../jobs/format';
import { ProgressView } from '../jobs/progress';
import { isOwnMetric } from '../chart/series';
import { useNow } from '../ui/hooks';
import { CopyButton } from '../ui/notes';
import { isTerminal } from '../ui/status';
import { useWords } from '../ui/words';
import { factsOf, valueText } from './facts';
import { summariesOf } from './summaries';

interface IProps {
  followed: FollowedJob;
  onTab: (id: string) => void;
  openData: (uri: string) => void;
  openModel: ((name: string) => void) | null;
}

/** Where the job stands, what it was given, and what it measured at last. */
export function Overview({ followed, onTab, openData, openModel }: IProps): React.ReactElement {
  const { trans } = useWords();
  const { job } = followed;
  return (
    <div className="azml-Overview" tabIndex={0} role="region" aria-label={trans.__('Overview')}>
      <ProgressView followed={followed} />
      {job.description && <p className="azml-Overview-about">{job.description}</p>}
      {job.notes?.map(note => (
        <p key={note.code + note.message} className="azml-Reason">
          {note.message}
        </p>
      ))}
      <div className="azml-Overview-cards">
        <Facts job={job} />
        <Parameters job={job} />
        <Inputs job={job} openData={openData} />
        <LastMetrics followed={followed} onTab={onTab} />
        <Models job={job} openModel={openModel} />
        <Tags job={job} />
      </div>
      {job.spec.type === 'command' && (
        <section className="azml-Card-box">
          <h3>{trans.__('Command')}</h3>
          <pre>{job.spec.command}</pre>
        </section>
      )}
    </div>
  );
}

function Facts({ job }: { job: Job }): React.ReactElement {
  const { trans, locale } = useWords();
  const now = useNow(job.started && !isTerminal(job.status) ? 1_000 : null);
  return (
    <section className="azml-Card-box">
      <h3>{trans.__('About')}</h3>
      <dl className="azml-Pairs-list">
        {factsOf(job, now, trans, locale).map(({ label, value, isCopied }) => (
          <React.Fragment key={label}>
            <dt>{label}</dt>
            <dd>
              <span>{value}</span>
              {isCopied && <CopyButton text={() => value} />}
            </dd>
          </React.Fragment>
        ))}
      </dl>
    </section>
  );
}

function Parameters({ job }: { job: Job }): React.ReactElement {
  const { trans } = useWords();
  const entries = Object.entries(job.parameters);
  return (
    <section className="azml-Card-box" aria-label={trans.__('Parameters')}>
      <h3>{trans.__('Parameters')}</h3>
      {entries.length === 0 ? (
        <p className="azml-mod-faint">
          {trans.__(
            'It was given none. A cell tagged “parameters” holds what can be given: %1',
            '%azml run -p NAME VALUE'
          )}
        </p>
      ) : (
        <dl className="azml-Pairs-list">
          {entries.map(([name, value]) => (
            <React.Fragment key={name}>
              <dt title={name}>{name}</dt>
              <dd>
                <code>{valueText(value)}</code>
              </dd>
            </React.Fragment>
          ))}
        </dl>
      )}
    </section>
  );
}

function Inputs({ job, openData }: { job: Job; openData: (uri: string) => void }): React.ReactElement | null {
  const { trans } = useWords();
  const entries = Object.entries(job.inputs ?? {});
  if (entries.length === 0) {
    return null;
  }
  return (
    <section className="azml-Card-box">
      <h3>{trans.__('Inputs')}</h3>
      <dl className="azml-Pairs-list">
        {entries.map(([name, input]) => (
          <React.Fragment key={name}>
            <dt title={name}>{name}</dt>
            <dd>
              <button
                type="button"
                className="azml-Link"
                title={input.path}
                onClick={() => openData(input.path)}
              >
                {input.path}
              </button>
            </dd>
          </React.Fragment>
        ))}
      </dl>
    </section>
  );
}

const MOST = 8;

function LastMetrics({
  followed,
  onTab
}: {
  followed: FollowedJob;
  onTab: (id: string) => void;
}): React.ReactElement | null {
  const { trans, locale } = useWords();
  const own = summariesOf(followed).filter(metric => isOwnMetric(metric.key));
  if (own.length === 0) {
    return null;
  }
  return (
    <section className="azml-Card-box">
      <h3>{trans.__('Last values')}</h3>
      <dl className="azml-Pairs-list azml-mod-numbers">
        {own.slice(0, MOST).map(({ key, last }) => (
          <React.Fragment key={key}>
            <dt title={key}>{key}</dt>
            <dd>{metricValue(last, locale)}</dd>
          </React.Fragment>
        ))}
      </dl>
      <button type="button" className="azml-Link" onClick={() => onTab('metrics')}>
        {trans.__('Curves of all metrics')}
      </button>
    </section>
  );
}

function Models({
  job,
  openModel
}: {
  job: Job;
  openModel: ((name: string) => void) | null;
}): React.ReactElement | null {
  const { trans } = useWords();
  if (!job.models?.length || !openModel) {
    return null;
  }
  return (
    <section className="azml-Card-box">
      <h3>{trans.__('Models')}</h3>
      {job.models.map(model => (
        <button key={model} type="button" className="azml-Link" onClick={() => openModel(model)}>
          {model}
        </button>
      ))}
    </section>
  );
}

function Tags({ job }: { job: Job }): React.ReactElement | null {
  const { trans } = useWords();
  const entries = Object.entries(job.tags).filter(([name]) => !name.startsWith('mlflow.'));
  if (entries.length === 0) {
    return null;
  }
  return (
    <section className="azml-Card-box">
      <h3>{trans.__('Tags')}</h3>
      <dl className="azml-Pairs-list">
        {entries.map(([name, value]) => (
          <React.Fragment key={name}>
            <dt title={name}>{name}</dt>
            <dd>{value}</dd>
          </React.Fragment>
        ))}
      </dl>
    </section>
  );
}
