import * as React from 'react';
import type { Comparison, Fact } from '../api/types';
import { metricValue } from '../jobs/format';
import { useWords } from '../ui/words';
import { factWord } from './words';

/** Versions side by side; what is the same everywhere is left out unless asked for. */
export function CompareModels({
  comparison,
  open
}: {
  comparison: Comparison;
  open: (reference: string) => void;
}): React.ReactElement {
  const { trans, locale } = useWords();
  const [isAll, setAll] = React.useState(false);
  const titles: Record<Fact['kind'], string> = {
    about: trans.__('About'),
    model: trans.__('Model'),
    parameter: trans.__('Parameters of the job'),
    input: trans.__('Data'),
    environment: trans.__('Environment'),
    git: trans.__('Git'),
    file: trans.__('Files')
  };
  const facts = comparison.facts.filter(fact => isAll || fact.differs);
  const kinds = [...new Set(facts.map(fact => fact.kind))];
  const hidden = comparison.facts.length - comparison.facts.filter(fact => fact.differs).length;
  return (
    <article className="azml-Thing" aria-label={trans.__('Models side by side')}>
      <header className="azml-Thing-head">
        <div className="azml-Thing-what">
          <div className="azml-Thing-title">
            <h2>{trans.__('Models side by side')}</h2>
          </div>
          <p className="azml-mod-faint">
            {trans._n('%1 fact is the same in all.', '%1 facts are the same in all.', hidden)}
          </p>
        </div>
        <label className="azml-Toggle">
          <input type="checkbox" checked={isAll} onChange={event => setAll(event.target.checked)} />
          {trans.__('Show what is the same, too')}
        </label>
      </header>
      <div
        className="azml-Table azml-mod-whole"
        tabIndex={0}
        role="region"
        aria-label={trans.__('Comparison')}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">{trans.__('What')}</th>
              {comparison.titles.map((title, i) => (
                <th key={i} scope="col">
                  <button type="button" className="azml-Link" onClick={() => open(comparison.jobs[i])}>
                    {title}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          {comparison.metrics.length > 0 && (
            <tbody>
              <GroupRow title={trans.__('Metrics')} columns={comparison.titles.length} />
              {comparison.metrics.map(metric => {
                const values = metric.summaries.map(each => (each === null ? null : Number(each.last)));
                return (
                  <tr key={metric.key} className={differ(values) ? 'azml-mod-differs' : ''}>
                    <th scope="row">{metric.key}</th>
                    {values.map((value, i) => (
                      <td key={i} className="azml-mod-number">
                        {value === null ? '–' : metricValue(value, locale, 6)}
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          )}
          {kinds.map(kind => (
            <tbody key={kind}>
              <GroupRow title={titles[kind]} columns={comparison.titles.length} />
              {facts
                .filter(fact => fact.kind === kind)
                .map(fact => (
                  <tr key={fact.name} className={fact.differs ? 'azml-mod-differs' : ''}>
                    <th scope="row">{kind === 'model' ? factWord(fact.name, trans) : fact.name}</th>
                    {fact.values.map((value, i) => (
                      <td key={i}>
                        {value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value)}
                      </td>
                    ))}
                  </tr>
                ))}
            </tbody>
          ))}
        </table>
        {facts.length === 0 && comparison.metrics.length === 0 && (
          <p className="azml-Loading">{trans.__('Nothing tells them apart.')}</p>
        )}
      </div>
    </article>
  );
}

function GroupRow({ title, columns }: { title: string; columns: number }): React.ReactElement {
  return (
    <tr className="azml-Table-group">
      <th scope="colgroup" colSpan={columns + 1}>
        {title}
      </th>
    </tr>
  );
}

const differ = (values: readonly (number | null)[]): boolean =>
  values.some(value => !Object.is(value, values[0]));
