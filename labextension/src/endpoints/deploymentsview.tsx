import * as React from 'react';
import { AzmlError } from '../api/errors';
import type { OnlineDeployment } from '../api/types';
import { dateTime } from '../jobs/format';
import { useRedraw } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import type { EndpointLook } from './look';
import { isSettled, StateBadge } from './state';

export interface IDeploymentActions {
  openModel: (reference: string) => void;
  remove: (deployment: OnlineDeployment) => void;
  logs: (deployment: OnlineDeployment) => void;
}

/** The models behind an endpoint: state and why, how many serve, what each has printed. */
export function DeploymentsView({
  look,
  actions
}: {
  look: EndpointLook;
  actions: IDeploymentActions;
}): React.ReactElement {
  const { trans } = useWords();
  const { deployments } = look;
  return (
    <section aria-label={trans.__('Deployments')}>
      <h3>{trans.__('Deployments')}</h3>
      {deployments.length === 0 ? (
        <p className="azml-Reason">
          {trans.__(
            'Nothing answers yet. Press “Deploy a model…”, or type %1 in a cell.',
            `%azml endpoint deploy ${look.name} --model NAME:VERSION`
          )}
        </p>
      ) : (
        <ul className="azml-Deployments">
          {deployments.map(deployment => (
            <Deployment key={deployment.name} look={look} deployment={deployment} actions={actions} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Deployment({
  look,
  deployment,
  actions
}: {
  look: EndpointLook;
  deployment: OnlineDeployment;
  actions: IDeploymentActions;
}): React.ReactElement {
  const { trans, locale } = useWords();
  const [error, setError] = React.useState<AzmlError | null>(null);
  const redraw = useRedraw();
  const { name, state, reason, notes } = deployment;
  const share = look.traffic[name] ?? 0;
  const copies = look.mirror[name] ?? 0;
  const trace = typeof reason?.values.traceback === 'string' ? reason.values.traceback : '';
  const orError = async (run: () => Promise<void>) => {
    try {
      setError(null);
      await run();
    } catch (failed) {
      setError(AzmlError.of(failed));
    }
  };
  const code = deployment.code_configuration;
  const facts = [
    trans.__('%1 % of the traffic', share),
    copies > 0 ? trans.__('copies of %1 %', copies) : '',
    deployment.data_collector ? trans.__('keeps inputs and predictions') : '',
    code ? code.scoring_script : '',
    deployment.created ? dateTime(deployment.created, locale) : ''
  ];
  return (
    <li className="azml-Deployment" data-deployment={name} data-state={state}>
      <div className="azml-Deployment-head">
        <h4 title={name}>{name}</h4>
        <StateBadge state={state} />
        {deployment.model && (
          <button
            type="button"
            className="azml-Link"
            onClick={() => actions.openModel(deployment.model.replace(/^azureml:/, ''))}
          >
            {deployment.model.replace(/^azureml:/, '')}
          </button>
        )}
      </div>
      <p className="azml-mod-faint">{facts.filter(Boolean).join(' · ')}</p>
      {reason?.message && (
        <p className={`azml-Reason${state === 'Failed' ? ' azml-mod-bad' : ''}`}>
          {reason.message}
          {state === 'Failed' && deployment.is_answering && (
            <span>{` ${trans.__('The one before goes on answering.')}`}</span>
          )}
        </p>
      )}
      {trace && (
        <details className="azml-Trace">
          <summary>{trans.__('Where it failed')}</summary>
          <pre tabIndex={0} aria-label={trans.__('Where it failed')}>
            {trace}
          </pre>
        </details>
      )}
      {notes.map(note => (
        <p key={`${note.code} ${note.message}`} className="azml-Reason">
          {note.message}
        </p>
      ))}
      {error && <Problem error={error} />}
      <div className="azml-Actions">
        <Instances
          deployment={deployment}
          onApply={count => orError(() => look.changeDeployment(name, { instance_count: count }))}
        />
        <button type="button" className="azml-Button" onClick={() => actions.logs(deployment)}>
          {trans.__('Logs')}
        </button>
        <label className="azml-Toggle">
          <input
            type="checkbox"
            checked={deployment.data_collector !== null}
            disabled={!isSettled(state)}
            onChange={event => {
              void orError(() => look.changeDeployment(name, { collect: event.target.checked }));
              redraw();
            }}
          />
          {trans.__('Keep inputs and predictions')}
        </label>
        <button
          type="button"
          className="azml-Button azml-mod-danger"
          disabled={state === 'Deleting'}
          aria-label={trans.__('Delete the deployment %1…', name)}
          onClick={() => actions.remove(deployment)}
        >
          {trans.__('Delete…')}
        </button>
      </div>
    </li>
  );
}

/** How many model servers there are to be. */
function Instances({
  deployment,
  onApply
}: {
  deployment: OnlineDeployment;
  onApply: (count: number) => Promise<void>;
}): React.ReactElement {
  const { trans } = useWords();
  const [wanted, setWanted] = React.useState<number | null>(null);
  const count = wanted ?? deployment.instance_count;
  const isAllowed = Number.isInteger(count) && count >= 1 && count <= 64;
  return (
    <form
      className="azml-Instances"
      onSubmit={event => {
        event.preventDefault();
        if (isAllowed && wanted !== null && wanted !== deployment.instance_count) {
          void onApply(wanted).finally(() => setWanted(null));
        }
      }}
    >
      <label>
        {trans.__('Instances')}{' '}
        <input
          type="number"
          min={1}
          max={64}
          value={Number.isNaN(count) ? '' : count}
          onChange={event => setWanted(event.target.valueAsNumber)}
        />
      </label>
      {wanted !== null && wanted !== deployment.instance_count && (
        <button type="submit" className="azml-Button" disabled={!isAllowed}>
          {trans.__('Apply')}
        </button>
      )}
    </form>
  );
}
