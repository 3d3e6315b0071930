import * as React from 'react';
import type { OnlineEndpoint } from '../api/types';
import { Sign } from '../ui/badge';
import { useChanges } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { Tabs } from '../ui/tabs';
import { useWords } from '../ui/words';
import type { AlertsLook } from './alerts';
import { AlertsView, IAlertActions } from './alertsview';
import type { IDeploymentActions } from './deploymentsview';
import type { DriftLook } from './drift';
import { DriftView } from './driftview';
import type { Firing } from './firing';
import { healthOf } from './health';
import type { EndpointLook } from './look';
import { LogsView } from './logsview';
import type { MetricsLook } from './metrics';
import { MetricsView } from './metricsview';
import { Overview } from './overview';
import { HealthBadge, lookOfAlert } from './state';
import { TrafficBar, TrafficView } from './trafficview';
import type { Trial } from './trial';
import { TrialView } from './trialview';

export interface IEndpointPanelActions extends Omit<IDeploymentActions, 'logs'>, IAlertActions {
  deploy: () => void;
  isSureToRegenerate: (key: 'primary' | 'secondary') => Promise<boolean>;
  edit: (endpoint: OnlineEndpoint) => void;
  removeEndpoint: (endpoint: OnlineEndpoint) => void;
  logs: IDeploymentActions['logs'];
}

export interface IEndpointLooks {
  look: EndpointLook;
  trial: Trial;
  metrics: MetricsLook;
  drift: DriftLook;
  alerts: AlertsLook;
  firing: Firing;
}

interface IProps extends IEndpointLooks {
  actions: Omit<IEndpointPanelActions, 'logs'>;
}

/** An endpoint: what stands behind it, a request to try, who answers, how it does, and who is told when it does badly. */
export function EndpointPanel({
  look,
  trial,
  metrics,
  drift,
  alerts,
  firing,
  actions
}: IProps): React.ReactElement {
  const { trans } = useWords();
  useChanges(look.changed);
  useChanges(firing.changed);
  const [tab, setTab] = React.useState('overview');
  const [logOf, setLogOf] = React.useState('');
  const { endpoint, error } = look;
  if (!endpoint || look.isGone) {
    return error ? <Problem error={error} /> : <p className="azml-Loading">{trans.__('Loading…')}</p>;
  }
  const all: IEndpointPanelActions = {
    ...actions,
    logs: deployment => {
      setLogOf(deployment.name);
      setTab('logs');
    }
  };
  const burning = firing.of(endpoint.name);
  return (
    <article
      className="azml-Thing"
      aria-label={trans.__('Endpoint %1', endpoint.name)}
      data-endpoint={endpoint.name}
    >
      <header className="azml-Thing-head">
        <div className="azml-Thing-what">
          <div className="azml-Thing-title">
            <h2 title={endpoint.name}>{endpoint.name}</h2>
            <HealthBadge state={endpoint.state} health={healthOf(look.deployments)} />
            {burning.length > 0 && (
              <button type="button" className="azml-AlertCount azml-mod-bad" onClick={() => setTab('alerts')}>
                <Sign look={lookOfAlert('firing')} />
                {trans._n('%1 alert', '%1 alerts', burning.length)}
              </button>
            )}
          </div>
          <TrafficBar traffic={look.traffic} names={look.deployments.map(each => each.name)} />
        </div>
        <div className="azml-Actions">
          <button type="button" className="azml-Button azml-mod-main" onClick={actions.deploy}>
            {trans.__('Deploy a model…')}
          </button>
          <button type="button" className="azml-Button" onClick={() => actions.edit(endpoint)}>
            {trans.__('Edit…')}
          </button>
          <button
            type="button"
            className="azml-Button azml-mod-danger"
            disabled={endpoint.state === 'Deleting'}
            onClick={() => actions.removeEndpoint(endpoint)}
          >
            {trans.__('Delete…')}
          </button>
        </div>
      </header>
      {endpoint.reason?.message && <p className="azml-Reason azml-Thing-note">{endpoint.reason.message}</p>}
      {error && <Problem error={error} />}
      <Tabs
        label={trans.__('Views')}
        chosen={tab}
        onChoose={setTab}
        tabs={[
          {
            id: 'overview',
            label: trans.__('Overview'),
            render: () => <Overview look={look} actions={all} />
          },
          { id: 'test', label: trans.__('Test'), render: () => <TrialView look={look} trial={trial} /> },
          { id: 'traffic', label: trans.__('Traffic'), render: () => <TrafficView look={look} /> },
          {
            id: 'monitoring',
            label: trans.__('Monitoring'),
            render: () => <MetricsView look={look} metrics={metrics} />
          },
          { id: 'drift', label: trans.__('Drift'), render: () => <DriftView look={look} drift={drift} /> },
          {
            id: 'alerts',
            label: trans.__('Alerts'),
            render: () => <AlertsView look={look} alerts={alerts} actions={all} />
          },
          {
            id: 'logs',
            label: trans.__('Logs'),
            render: () => <LogsView request={look.request} look={look} chosen={logOf} onChoose={setLogOf} />
          }
        ]}
      />
    </article>
  );
}
