import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Model } from '../api/types';
import { metricValue } from '../jobs/format';
import { FactList } from '../ui/facts';
import { Table } from '../ui/table';
import { useWords } from '../ui/words';
import type { IModelPanelActions } from './panel';
import { columnsOf, IColumn } from './signature';

/** What a version is: description, names that mean it, metrics, what it takes and gives. */
export function Overview({
  model,
  actions
}: {
  model: Model;
  actions: IModelPanelActions;
}): React.ReactElement {
  const { trans, locale } = useWords();
  const { lineage } = model;
  const metrics = Object.entries(lineage.metrics).map(
    ([name, value]) => [name, metricValue(Number(value), locale)] as const
  );
  const parts = [
    [trans.__('Takes'), columnsOf(model, 'inputs')],
    [trans.__('Gives'), columnsOf(model, 'outputs')],
    [trans.__('Parameters'), columnsOf(model, 'params')]
  ] as const;
  return (
    <div className="azml-Thing-body" tabIndex={0} role="region" aria-label={trans.__('Overview')}>
      {model.description && <p className="azml-Thing-text">{model.description}</p>}
      <section aria-label={trans.__('Aliases')}>
        <h3>{trans.__('Aliases')}</h3>
        <div className="azml-Chips">
          {model.aliases.map(alias => (
            <span key={alias} className="azml-Chip">
              {`@${alias}`}
              <button
                type="button"
                className="azml-IconButton"
                title={trans.__('Remove')}
                aria-label={trans.__('Remove the alias %1', alias)}
                onClick={() => actions.dropAlias(model, alias)}
              >
                <closeIcon.react tag="span" />
              </button>
            </span>
          ))}
          <button type="button" className="azml-Button azml-mod-quiet" onClick={() => actions.alias(model)}>
            {trans.__('Set an alias…')}
          </button>
        </div>
      </section>
      <FactList title={trans.__('Metrics of its job')} facts={metrics} />
      {parts
        .filter(([, columns]) => columns.length > 0)
        .map(([title, columns]) => (
          <Columns key={title} title={title} columns={columns} />
        ))}
      <FactList title={trans.__('Tags')} facts={Object.entries(model.tags)} />
      <FactList title={trans.__('Properties')} facts={Object.entries(model.properties)} />
      <FactList
        title={trans.__('Where it is')}
        facts={[
          [trans.__('Path'), model.path],
          [trans.__('Registered from'), model.source],
          [trans.__('Flavors'), Object.keys(model.flavors).join(', ')],
          [trans.__('Content (SHA-256)'), model.hash]
        ]}
      />
    </div>
  );
}

function Columns({ title, columns }: { title: string; columns: readonly IColumn[] }): React.ReactElement {
  const { trans } = useWords();
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <Table label={title} columns={[trans.__('Name'), trans.__('Type'), trans.__('Required')]}>
        {columns.map((column, i) => (
          <tr key={i}>
            <th scope="row">{column.name}</th>
            <td>
              <code>{column.shape ? `${column.type} [${column.shape.join(', ')}]` : column.type}</code>
            </td>
            <td>{column.isRequired ? trans.__('yes') : trans.__('no')}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
