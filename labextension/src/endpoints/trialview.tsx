import * as React from 'react';
import { metricValue } from '../jobs/format';
import { ChoiceField } from '../ui/fields';
import { useChanges, useRedraw } from '../ui/hooks';
import { CopyButton, Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import { silenceOf } from './health';
import type { EndpointLook } from './look';
import type { Trial } from './trial';

/** A request to send and the answer beside it. */
export function TrialView({ look, trial }: { look: EndpointLook; trial: Trial }): React.ReactElement {
  const { trans, locale } = useWords();
  useChanges(trial.changed);
  const redraw = useRedraw();
  const set = (change: Parameters<Trial['set']>[0]) => {
    trial.set(change);
    redraw();
  };
  const id = React.useId();
  const { deployments, endpoint } = look;
  const answering = deployments.find(each => each.name === trial.deployment) ?? mostAsked(look);
  const model = answering?.model ?? '';
  React.useEffect(() => {
    if (model) {
      void trial.suggest(model);
    }
  }, [trial, model]);
  const { fault, answer, error, isBusy } = trial;
  const silence = silenceOf(deployments, look.traffic, trial.deployment);
  const canSend = Boolean(trial.deployment) || Object.values(look.traffic).some(share => share > 0);
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && canSend && !isBusy) {
      event.preventDefault();
      event.stopPropagation();
      void trial.send();
    }
  };
  return (
    <div className="azml-Trial" onKeyDown={onKeyDown}>
      <section className="azml-Trial-part" aria-label={trans.__('Request')}>
        <div className="azml-Trial-bar">
          <h3>
            <label htmlFor={id}>{trans.__('Request')}</label>
          </h3>
          <ChoiceField
            label={trans.__('To')}
            value={trial.deployment}
            choices={[
              { value: '', label: trans.__('whoever gets the traffic') },
              ...deployments.map(({ name }) => ({ value: name, label: name }))
            ]}
            onChange={deployment => set({ deployment })}
          />
        </div>
        <textarea
          id={id}
          className="azml-Trial-body"
          value={trial.body}
          spellCheck={false}
          aria-invalid={fault !== null}
          aria-describedby={`${id}-said`}
          onChange={event => set({ body: event.target.value })}
        />
        <p id={`${id}-said`} className={`azml-Trial-said${fault ? ' azml-mod-bad' : ''}`}>
          {fault
            ? fault.line === null
              ? trans.__('Not JSON: %1', fault.message)
              : trans.__('Not JSON, line %1: %2', fault.line, fault.message)
            : trial.origin === 'signature'
              ? trans.__('Made from the model’s signature.')
              : trial.origin === 'example'
                ? trans.__('The example that was kept with the model.')
                : ' '}
        </p>
        <div className="azml-Actions">
          <button
            type="button"
            className="azml-Button azml-mod-main"
            disabled={!canSend}
            aria-disabled={isBusy}
            title={trans.__('Ctrl+Enter')}
            onClick={() => void (isBusy || trial.send())}
          >
            {trans.__('Send')}
          </button>
          {isBusy && (
            <button type="button" className="azml-Button" onClick={() => trial.cancel()}>
              {trans.__('Cancel')}
            </button>
          )}
          <button
            type="button"
            className="azml-Button"
            disabled={fault !== null}
            onClick={() => trial.format()}
          >
            {trans.__('Format')}
          </button>
          {model && (
            <button type="button" className="azml-Button" onClick={() => void trial.suggest(model, true)}>
              {trans.__('Example')}
            </button>
          )}
          <CopyButton text={() => commandOf(endpoint?.name ?? look.name, trial)} />
        </div>
        {silence && !isBusy && <Silence why={silence} />}
      </section>
      <section className="azml-Trial-part" aria-label={trans.__('Answer')} aria-busy={isBusy}>
        <div className="azml-Trial-bar">
          <h3>{trans.__('Answer')}</h3>
          {answer && (
            <p className="azml-Trial-facts" role="status">
              <span className={`azml-Pill ${answer.status < 400 ? 'azml-mod-good' : 'azml-mod-bad'}`}>
                {answer.status}
              </span>
              <span>{trans.__('%1 ms', metricValue(answer.milliseconds, locale, 3))}</span>
              {answer.served !== null && (
                <span className="azml-mod-faint">
                  {trans.__('(the endpoint: %1 ms)', metricValue(answer.served, locale, 3))}
                </span>
              )}
              {answer.deployment && (
                <span className="azml-mod-faint">{trans.__('from %1', answer.deployment)}</span>
              )}
              <CopyButton text={() => answer.text} />
            </p>
          )}
        </div>
        {isBusy && <p className="azml-Loading">{trans.__('Waiting for the answer…')}</p>}
        {error && <Problem error={error} />}
        {answer && !isBusy && (
          <pre className="azml-Trial-answer" tabIndex={0} aria-label={trans.__('Answer')}>
            {answer.text}
            {answer.isCut && '\n…'}
          </pre>
        )}
        {!answer && !error && !isBusy && (
          <p className="azml-Loading">{trans.__('Send the request, and the answer stands here.')}</p>
        )}
      </section>
    </div>
  );
}

/** Why nobody would answer. */
function Silence({ why }: { why: NonNullable<ReturnType<typeof silenceOf>> }): React.ReactElement {
  const { trans } = useWords();
  switch (why.kind) {
    case 'failed':
      return (
        <p className="azml-Reason azml-mod-bad" role="status">
          <b>{trans.__('The deployment %1 has failed.', why.deployment.name)}</b>{' '}
          {why.deployment.reason?.message ?? trans.__('Its log says why: see Logs.')}
        </p>
      );
    case 'coming':
      return (
        <p className="azml-Reason" role="status">
          {trans.__('The deployment %1 is on its way, and answers when it is ready.', why.deployment.name)}
        </p>
      );
    case 'empty':
      return <p className="azml-Reason">{trans.__('Nothing answers yet: deploy a model.')}</p>;
    default:
      return (
        <p className="azml-Reason">
          {trans.__('Nobody gets the traffic. Choose a deployment, or give traffic to one.')}
        </p>
      );
  }
}

function mostAsked({ deployments, traffic }: EndpointLook) {
  return [...deployments].sort((a, b) => (traffic[b.name] ?? 0) - (traffic[a.name] ?? 0))[0];
}

/** The same request for a terminal, without a key in it. */
function commandOf(endpoint: string, { body, deployment }: Trial): string {
  const option = deployment ? ` --deployment-name ${deployment}` : '';
  const quoted = body.replace(/'/g, `'\\''`);
  return `printf %s '${quoted}' | azml endpoint invoke ${endpoint}${option} --request-file -`;
}
