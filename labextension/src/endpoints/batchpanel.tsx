import * as React from 'react';
import { AzmlError } from '../api/errors';
import { dateTime } from '../jobs/format';
import { StatusBadge } from '../ui/badge';
import { useChanges } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { ofNumbers, Table } from '../ui/table';
import { useWords } from '../ui/words';
import type { BatchLook } from './batchlook';

export interface IBatchActions {
  invoke: () => void;
  openModel: (reference: string) => void;
  openJob: (name: string) => void;
  remove: () => void;
  removeDeployment: (name: string) => void;
}

/** A batch endpoint: which deployment scores, and the jobs that did. */
export function BatchPanel({
  look,
  actions
}: {
  look: BatchLook;
  actions: IBatchActions;
}): React.ReactElement {
  const { trans } = useWords();
  useChanges(look.changed);
  const { endpoint, error, deployments } = look;
  if (!endpoint || look.isGone) {
    return error ? <Problem error={error} /> : <p className="azml-Loading">{trans.__('Loading…')}</p>;
  }
  return (
    <article
      className="azml-Thing"
      aria-label={trans.__('Batch endpoint %1', endpoint.name)}
      data-endpoint={endpoint.name}
    >
      <header className="azml-Thing-head">
        <div className="azml-Thing-what">
          <div className="azml-Thing-title">
            <h2 title={endpoint.name}>{endpoint.name}</h2>
            <span className="azml-Pill">{trans.__('Batch')}</span>
          </div>
          {endpoint.description && <p className="azml-mod-faint">{endpoint.description}</p>}
        </div>
        <div className="azml-Actions">
          <button
            type="button"
            className="azml-Button azml-mod-main"
            disabled={deployments.length === 0}
            onClick={actions.invoke}
          >
            {trans.__('Score data…')}
          </button>
          <button type="button" className="azml-Button azml-mod-danger" onClick={actions.remove}>
            {trans.__('Delete…')}
          </button>
        </div>
      </header>
      {error && <Problem error={error} />}
      <div className="azml-Thing-body" tabIndex={0} role="region" aria-label={endpoint.name}>
        <Deployments look={look} actions={actions} />
        <Jobs look={look} actions={actions} />
      </div>
    </article>
  );
}

function Deployments({ look, actions }: { look: BatchLook; actions: IBatchActions }): React.ReactElement {
  const { trans } = useWords();
  const [error, setError] = React.useState<AzmlError | null>(null);
  const name = React.useId();
  const choose = async (deployment: string) => {
    try {
      await look.setDefault(deployment);
      setError(null);
    } catch (reason) {
      setError(AzmlError.of(reason));
    }
  };
  return (
    <section aria-label={trans.__('Deployments')}>
      <h3>{trans.__('Deployments')}</h3>
      {error && <Problem error={error} />}
      {look.deployments.length === 0 ? (
        <p className="azml-Reason">
          {trans.__(
            'Nothing scores yet. Open a model and deploy it here, or type %1 in a cell.',
            '%azml batch-deployment create -f FILE'
          )}
        </p>
      ) : (
        <Table
          label={trans.__('Deployments')}
          columns={[
            trans.__('Scores'),
            trans.__('Name'),
            trans.__('Model'),
            trans.__('Compute'),
            ofNumbers(trans.__('Files at once')),
            trans.__('Delete')
          ]}
        >
          {look.deployments.map(each => (
            <tr key={each.name} data-deployment={each.name}>
              <td>
                <input
                  type="radio"
                  name={name}
                  checked={each.name === look.endpoint?.default_deployment}
                  aria-label={trans.__('%1 scores where none is named', each.name)}
                  onChange={() => void choose(each.name)}
                />
              </td>
              <th scope="row">{each.name}</th>
              <td>
                <button
                  type="button"
                  className="azml-Link"
                  onClick={() => actions.openModel(each.model.replace(/^azureml:/, ''))}
                >
                  {each.model.replace(/^azureml:/, '')}
                </button>
              </td>
              <td>{each.compute}</td>
              <td className="azml-mod-number">{each.settings.mini_batch_size}</td>
              <td>
                <button
                  type="button"
                  className="azml-Button azml-mod-quiet azml-mod-danger"
                  aria-label={trans.__('Delete the deployment %1…', each.name)}
                  onClick={() => actions.removeDeployment(each.name)}
                >
                  {trans.__('Delete…')}
                </button>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

function Jobs({ look, actions }: { look: BatchLook; actions: IBatchActions }): React.ReactElement {
  const { trans, locale } = useWords();
  return (
    <section aria-label={trans.__('Jobs')}>
      <h3>{trans.__('Jobs')}</h3>
      {look.jobs.length === 0 ? (
        <p className="azml-mod-faint">{trans.__('It has not scored anything yet.')}</p>
      ) : (
        <Table
          label={trans.__('Jobs')}
          columns={[
            trans.__('State'),
            trans.__('Job'),
            trans.__('Data'),
            trans.__('Deployment'),
            trans.__('Created')
          ]}
        >
          {look.jobs.map(job => (
            <tr key={job.name} data-job-row={job.name}>
              <td>
                <StatusBadge status={job.status} />
              </td>
              <th scope="row">
                <button type="button" className="azml-Link" onClick={() => actions.openJob(job.name)}>
                  {job.display_name || job.name}
                </button>
              </th>
              <td>{Object.values(job.inputs)[0]?.path ?? ''}</td>
              <td>{job.tags.batch_deployment ?? ''}</td>
              <td>{dateTime(job.created, locale)}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}
