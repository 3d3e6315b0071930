import * as React from 'react';
import { dateTime, metricValue } from '../jobs/format';
import { useRedraw } from '../ui/hooks';
import { Table } from '../ui/table';
import { useWords } from '../ui/words';
import type { ModelLook } from './look';
import type { IModelPanelActions } from './panel';

/** Columns of metrics that a table still takes; the comparison has them all. */
const MOST_METRICS = 4;

/** All versions with what tells them apart; two or more are compared. */
export function VersionsView({
  look,
  actions
}: {
  look: ModelLook;
  actions: IModelPanelActions;
}): React.ReactElement {
  const { trans, locale } = useWords();
  const { versions, chosen, model } = look;
  const redraw = useRedraw();
  const metrics = [...new Set(versions.flatMap(each => Object.keys(each.lineage.metrics)))].slice(
    0,
    MOST_METRICS
  );
  const references = versions
    .filter(each => chosen.has(each.version))
    .map(each => `${look.name}:${each.version}`);
  return (
    <div className="azml-Thing-body" tabIndex={0} role="region" aria-label={trans.__('Versions')}>
      <div className="azml-Actions">
        <button
          type="button"
          className="azml-Button azml-mod-main"
          disabled={references.length < 2}
          onClick={() => actions.compare(references)}
        >
          {trans.__('Compare')}
        </button>
        {model && (
          <button type="button" className="azml-Button" onClick={() => actions.registerVersion(model)}>
            {trans.__('Register a version…')}
          </button>
        )}
        <span className="azml-mod-faint" role="status">
          {references.length < 2
            ? trans.__('Choose two or more versions to compare them.')
            : trans._n('%1 version chosen', '%1 versions chosen', references.length)}
        </span>
      </div>
      <Table
        label={trans.__('Versions')}
        columns={[
          trans.__('Compare'),
          trans.__('Version'),
          trans.__('Aliases'),
          trans.__('Stage'),
          trans.__('Job'),
          ...metrics.map(metric => ({ label: metric, isNumber: true, title: metric })),
          trans.__('Created')
        ]}
      >
        {versions.map(each => (
          <tr key={each.version} aria-current={each.version === model?.version ? 'true' : undefined}>
            <td>
              <input
                type="checkbox"
                checked={chosen.has(each.version)}
                aria-label={trans.__('Compare version %1', each.version)}
                onChange={() => {
                  look.toggle(each.version);
                  redraw();
                }}
              />
            </td>
            <th scope="row">
              <button type="button" className="azml-Link" onClick={() => look.choose(each.version)}>
                {each.version}
              </button>{' '}
              {each.archived && <span className="azml-Pill">{trans.__('archived')}</span>}
            </th>
            <td>{each.aliases.map(alias => `@${alias}`).join(' ')}</td>
            <td>{each.stage}</td>
            <td>
              {each.lineage.job && (
                <button
                  type="button"
                  className="azml-Link"
                  onClick={() => actions.openJob(each.lineage.job!)}
                >
                  {each.lineage.job}
                </button>
              )}
            </td>
            {metrics.map(metric => (
              <td key={metric} className="azml-mod-number">
                {metric in each.lineage.metrics
                  ? metricValue(Number(each.lineage.metrics[metric]), locale)
                  : ''}
              </td>
            ))}
            <td>{each.created ? dateTime(each.created, locale) : ''}</td>
          </tr>
        ))}
      </Table>
      {look.hasMore && (
        <button type="button" className="azml-Button" onClick={() => void look.loadMore()}>
          {trans.__('Older versions')}
        </button>
      )}
    </div>
  );
}
