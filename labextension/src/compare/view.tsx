import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { DiffView } from '../job/diffview';
import { StatusBadge } from '../ui/badge';
import { useChanges } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { Tabs } from '../ui/tabs';
import { useWords } from '../ui/words';
import { titlesOf } from '../watch/titles';
import { CurvesView } from './curvesview';
import type { ComparisonModel } from './model';
import { IPart, partsOf } from './table';

interface IProps {
  model: ComparisonModel;
  openJob: (name: string) => void;
  /** Compares the others; null while there are but two. */
  leaveOut: ((name: string) => void) | null;
}

/** Jobs side by side. */
export function ComparisonView({ model, openJob, leaveOut }: IProps): React.ReactElement {
  const { trans } = useWords();
  const [tab, setTab] = React.useState('table');
  const tabs = [
    {
      id: 'table',
      label: trans.__('Differences'),
      render: () => <Differences model={model} openJob={openJob} leaveOut={leaveOut} />
    },
    {
      id: 'curves',
      label: trans.__('Curves'),
      render: () => <CurvesView source={model.curves} />
    },
    { id: 'source', label: trans.__('Source'), render: () => <Sources model={model} /> }
  ];
  return (
    <article className="azml-Comparison" aria-label={trans.__('Comparison of jobs')}>
      <header className="azml-Panel-head">
        <h2>{trans._n('%1 job side by side', '%1 jobs side by side', model.followed.length)}</h2>
      </header>
      <Tabs label={trans.__('Views')} tabs={tabs} chosen={tab} onChoose={setTab} />
    </article>
  );
}

function Differences({ model, openJob, leaveOut }: IProps): React.ReactElement {
  const { trans, locale } = useWords();
  useChanges(model.changed);
  const [onlyDiffering, setOnlyDiffering] = React.useState(true);
  const { value, error } = model.comparison;
  if (error && !value) {
    return (
      <Problem error={error}>
        <button type="button" className="azml-Button" onClick={() => void model.comparison.load()}>
          {trans.__('Try again')}
        </button>
      </Problem>
    );
  }
  if (!value) {
    return <p className="azml-Loading">{trans.__('Comparing…')}</p>;
  }
  const parts = partsOf(value, trans, locale);
  return (
    <div className="azml-Comparison-table">
      <div className="azml-Comparison-bar">
        <label className="azml-Tick">
          <input
            type="checkbox"
            checked={onlyDiffering}
            onChange={event => setOnlyDiffering(event.target.checked)}
          />
          {trans.__('Only what differs')}
        </label>
      </div>
      {error && <Problem error={error} />}
      <div className="azml-Comparison-scroll" tabIndex={0} role="region" aria-label={trans.__('Differences')}>
        <table>
          <thead>
            <tr>
              <td />
              {model.followed.map(({ job, name }) => (
                <th key={name} scope="col" title={`${job.display_name}\n${name}`}>
                  <span className="azml-Comparison-job">
                    <button type="button" className="azml-Link" onClick={() => openJob(name)}>
                      {job.display_name || name}
                    </button>
                    {leaveOut && (
                      <button
                        type="button"
                        className="azml-IconButton"
                        title={trans.__('Leave out')}
                        aria-label={trans.__('Leave out %1', job.display_name || name)}
                        onClick={() => leaveOut(name)}
                      >
                        <closeIcon.react tag="span" />
                      </button>
                    )}
                  </span>
                  <span className="azml-Comparison-name">{name}</span>
                  <StatusBadge status={job.status} />
                </th>
              ))}
            </tr>
          </thead>
          {parts.map(part => (
            <Part key={part.id} part={part} columns={model.followed.length} onlyDiffering={onlyDiffering} />
          ))}
        </table>
      </div>
    </div>
  );
}

function Part({
  part,
  columns,
  onlyDiffering
}: {
  part: IPart;
  columns: number;
  onlyDiffering: boolean;
}): React.ReactElement {
  const { trans } = useWords();
  const shown = onlyDiffering ? part.rows.filter(row => row.differs) : part.rows;
  const same = part.rows.length - shown.length;
  return (
    <tbody data-part={part.id}>
      <tr className="azml-Comparison-part">
        <th colSpan={columns + 1} scope="rowgroup">
          {part.title}
          {same > 0 && (
            <span className="azml-mod-faint">
              {shown.length === 0
                ? trans.__('no difference')
                : trans._n('%1 is the same', '%1 are the same', same)}
            </span>
          )}
        </th>
      </tr>
      {shown.map(row => (
        <tr key={row.name} className={row.differs ? 'azml-mod-differs' : ''}>
          <th scope="row" title={row.name}>
            {row.name}
          </th>
          {row.cells.map((cell, i) => (
            <td key={i} className={row.isNumber ? 'azml-mod-number' : ''} title={cell.text}>
              {cell.text === '' ? <span className="azml-mod-faint">{NOTHING}</span> : cell.text}
              {cell.detail && <span className="azml-mod-faint azml-Comparison-detail">{cell.detail}</span>}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

const NOTHING = '–';

function Sources({ model }: { model: ComparisonModel }): React.ReactElement {
  const { trans } = useWords();
  useChanges(model.changed);
  const { value, error } = model.comparison;
  if (!value) {
    return error ? <Problem error={error} /> : <p className="azml-Loading">{trans.__('Comparing…')}</p>;
  }
  const titles = titlesOf(model.followed.map(each => each.job));
  const titleOf = (name: string) => titles.get(name) ?? name;
  const first = titleOf(value.jobs[0]);
  return (
    <div className="azml-Comparison-sources">
      {value.changes.length === 0 && (
        <p className="azml-Loading">{trans.__('The source of these jobs cannot be compared.')}</p>
      )}
      {value.changes.map(({ job, text }) => (
        <section key={job}>
          <h3>{trans.__('%1, against %2', titleOf(job), first)}</h3>
          {text === '' ? (
            <p className="azml-mod-faint">{trans.__('The source is the same.')}</p>
          ) : (
            <DiffView text={text} label={trans.__('%1, against %2', titleOf(job), first)} />
          )}
        </section>
      ))}
    </div>
  );
}
