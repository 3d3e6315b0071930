import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { AzmlError } from '../api/errors';
import type { Alert, AlertChange, AlertRule, AlertTrial } from '../api/types';
import { dateTime, duration, metricValue } from '../jobs/format';
import { Sign } from '../ui/badge';
import { useChanges } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { Table } from '../ui/table';
import { useWords } from '../ui/words';
import type { AlertsLook } from './alerts';
import type { EndpointLook } from './look';
import { draftOf, ruleOf } from './rule';
import { alertWord, lookOfAlert } from './state';

export interface IAlertActions {
  createAlert: () => void;
  editAlert: (alert: Alert) => void;
  removeAlert: (alert: Alert) => void;
}

/** The rules that watch an endpoint, and what became of them. */
export function AlertsView({
  look,
  alerts,
  actions
}: {
  look: EndpointLook;
  alerts: AlertsLook;
  actions: IAlertActions;
}): React.ReactElement {
  const { trans, locale } = useWords();
  useChanges(alerts.changed);
  React.useEffect(() => alerts.setVisible(look.isVisible), [alerts, look.isVisible]);
  React.useEffect(() => () => alerts.setVisible(false), [alerts]);
  const { alerts: found, error, history } = alerts;
  return (
    <div className="azml-Thing-body" tabIndex={0} role="region" aria-label={trans.__('Alerts')}>
      <div className="azml-Key-head">
        <h3>{trans.__('Rules')}</h3>
        <button type="button" className="azml-Button azml-mod-main" onClick={actions.createAlert}>
          {trans.__('New alert…')}
        </button>
      </div>
      {error && <Problem error={error} />}
      {!found && !error && <p className="azml-Loading">{trans.__('Loading…')}</p>}
      {found && found.length === 0 && (
        <p className="azml-Reason">
          {trans.__(
            'Nothing watches this endpoint. Make a rule here, or type %1 in a cell.',
            `%azml endpoint alert create ${look.name} slow --metric latency --above 250ms`
          )}
        </p>
      )}
      {found && found.length > 0 && (
        <ul className="azml-Alerts">
          {found.map(alert => (
            <Rule key={alert.rule.name} alert={alert} alerts={alerts} actions={actions} />
          ))}
        </ul>
      )}
      {history.length > 0 && (
        <section aria-label={trans.__('History')}>
          <h3>{trans.__('History')}</h3>
          <Table
            label={trans.__('History')}
            columns={[trans.__('When'), trans.__('Alert'), trans.__('What'), trans.__('Why')]}
          >
            {history.map((change, i) => (
              <tr key={i}>
                <td>{dateTime(change.at, locale)}</td>
                <th scope="row">{change.alert}</th>
                <td>{changeWord(change, trans)}</td>
                <td>{change.error || change.message}</td>
              </tr>
            ))}
          </Table>
        </section>
      )}
    </div>
  );
}

function Rule({
  alert,
  alerts,
  actions
}: {
  alert: Alert;
  alerts: AlertsLook;
  actions: IAlertActions;
}): React.ReactElement {
  const { trans, locale } = useWords();
  const [said, setSaid] = React.useState<AlertTrial | null>(null);
  const [error, setError] = React.useState<AzmlError | null>(null);
  const { rule, state } = alert;
  const test = async () => {
    setError(null);
    try {
      setSaid(await alerts.try(ruleOf(draftOf(rule), rule.endpoint), false));
    } catch (reason) {
      setSaid(null);
      setError(AzmlError.of(reason));
    }
  };
  return (
    <li className="azml-Alert" data-alert={rule.name} data-state={state}>
      <div className="azml-Deployment-head">
        <span className={`azml-Badge azml-mod-${lookOfAlert(state).tone}`} role="status" aria-live="polite">
          <Sign look={lookOfAlert(state)} />
          {alertWord(state, trans)}
        </span>
        <h4 title={rule.name}>{rule.name}</h4>
        <span className="azml-mod-faint">{ruleText(rule, trans, locale)}</span>
      </div>
      {alert.message && state !== 'ok' && (
        <p className={`azml-Reason${state === 'firing' ? ' azml-mod-bad' : ''}`}>
          {alert.message}
          {alert.since && <span className="azml-mod-faint">{` ${dateTime(alert.since, locale)}`}</span>}
        </p>
      )}
      {!alert.is_watched && (
        <p className="azml-Reason">
          {trans.__('Nobody looks at it now: no gateway runs. It begins with the first deployment.')}
        </p>
      )}
      {said && (
        <p className={`azml-Reason${said.is_breached ? ' azml-mod-bad' : ''}`} role="status">
          <b>
            {said.is_breached === null
              ? trans.__('It cannot be told yet.')
              : said.is_breached
                ? trans.__('It would fire.')
                : trans.__('It would not fire.')}
          </b>{' '}
          {said.message}
        </p>
      )}
      {error && <Problem error={error} />}
      <div className="azml-Actions">
        <button
          type="button"
          className="azml-Button"
          aria-label={trans.__('Test %1', rule.name)}
          onClick={() => void test()}
        >
          {trans.__('Test')}
        </button>
        <button
          type="button"
          className="azml-Button"
          aria-label={trans.__('Change the alert %1', rule.name)}
          onClick={() => actions.editAlert(alert)}
        >
          {trans.__('Change…')}
        </button>
        <button
          type="button"
          className="azml-Button azml-mod-danger"
          aria-label={trans.__('Delete the alert %1', rule.name)}
          onClick={() => actions.removeAlert(alert)}
        >
          {trans.__('Delete…')}
        </button>
      </div>
    </li>
  );
}

/** What a rule watches, in one line. */
export function ruleText(rule: AlertRule, trans: TranslationBundle, locale: string): string {
  const limit = (factor: number) => metricValue((rule.threshold ?? 0) * factor, locale);
  const texts = {
    latency: trans.__(
      'latency of %1 % of the requests above %2 ms',
      metricValue(rule.quantile * 100, locale),
      limit(1000)
    ),
    errors: trans.__('errors above %1 %', limit(100)),
    drift:
      rule.threshold === null
        ? trans.__('drift from %1', rule.baseline)
        : trans.__('drift from %1 above %2', rule.baseline, limit(1)),
    silence: trans.__('nobody asks')
  };
  const over = trans.__('over %1', duration(rule.window, locale));
  const lasting = rule.hold > 0 ? trans.__('for %1', duration(rule.hold, locale)) : '';
  return [texts[rule.metric], over, lasting, rule.deployment].filter(Boolean).join(' · ');
}

function changeWord(change: AlertChange, trans: TranslationBundle): string {
  switch (change.action) {
    case 'webhook':
      return change.error ? trans.__('Webhook failed') : trans.__('Webhook was told');
    case 'command':
      return change.error ? trans.__('Command failed') : trans.__('Command ran');
    default:
      return alertWord(change.state, trans);
  }
}
