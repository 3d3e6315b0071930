import * as React from 'react';
import type { Alert, OnlineDeployment, PageDataAsset } from '../api/types';
import { orNotice } from '../jobs/notices';
import type { IHere } from '../shell/here';
import { SIDEBAR_ID } from '../shell/ids';
import type { IPlace } from '../shell/panels';
import type { AlertsLook } from './alerts';
import { addEndpointCommands } from './commands';
import { announceAlerts, Firing } from './firing';
import { batchIcon, endpointIcon } from './icons';
import { EndpointCommandIDs } from './ids';
import type { EndpointLook } from './look';
import { EndpointsModel } from './model';
import { EndpointsSection } from './section';
import { AlertItem } from './statusitem';
import { isSure } from './sure';

/** The sidebar's part for endpoints, their panels and commands, and alerts wherever one looks. */
export function addEndpoints(here: IHere): void {
  const { app, request, stream, sections, panels, statusBar, workspace, state, words } = here;
  const { trans } = words;
  const model = new EndpointsModel(request);
  const firing = new Firing(stream);
  void state?.fetch(USED).then(
    isUsed => isUsed === true && firing.listen(),
    () => undefined
  );
  workspace.changed.connect(() => {
    if (workspace.info) {
      firing.listen();
      void state?.save(USED, true);
    }
  });
  addEndpointCommands(here, model);
  announceAlerts(firing, endpoint => panels.open('endpoint', endpoint), words);

  sections.add({
    id: 'endpoints',
    label: trans.__('Endpoints'),
    caption: trans.__('Show the endpoints of the Azure ML workspace'),
    icon: endpointIcon,
    rank: 60,
    render: () =>
      React.createElement(EndpointsSection, {
        model,
        firing,
        actions: {
          open: listed => panels.open(listed.kind === 'online' ? 'endpoint' : 'batch-endpoint', listed.name),
          create: () => void app.commands.execute(EndpointCommandIDs.create)
        }
      }),
    refresh: () => model.refresh(),
    setVisible: isVisible => (model.isVisible = isVisible),
    forget: () => {
      firing.forget();
      model.forget();
    }
  });

  panels.add({
    id: 'endpoint',
    label: trans.__('Open endpoint'),
    icon: endpointIcon,
    nameDescription: 'The name of the endpoint',
    load: (name, place) => loadEndpoint(here, model, firing, name, place)
  });
  panels.add({
    id: 'batch-endpoint',
    label: trans.__('Open batch endpoint'),
    icon: batchIcon,
    nameDescription: 'The name of the batch endpoint',
    load: (name, place) => loadBatch(here, name, place)
  });

  statusBar?.registerStatusItem('jupyter-azml:alerts', {
    item: new AlertItem(
      firing,
      () => {
        const endpoints = new Set(firing.alerts.map(alert => alert.rule.endpoint));
        if (endpoints.size === 1) {
          panels.open('endpoint', [...endpoints][0]);
        } else {
          sections.choose('endpoints');
          app.shell.activateById(SIDEBAR_ID);
        }
      },
      words
    ),
    align: 'left',
    rank: 91
  });
}

/** Whether somebody has looked at a workspace here before. */
const USED = 'jupyter-azml:used';

async function loadEndpoint(
  here: IHere,
  model: EndpointsModel,
  firing: Firing,
  name: string,
  place: IPlace
): Promise<React.ReactElement> {
  const { app, request, panels, words } = here;
  const { commands, serviceManager } = app;
  const { trans, locale } = words;
  const [
    { EndpointPanel },
    { EndpointLook },
    { Trial },
    { MetricsLook },
    { DriftLook },
    { AlertsLook },
    forms,
    alertForm
  ] = await Promise.all([
    import('./panel'),
    import('./look'),
    import('./trial'),
    import('./metrics'),
    import('./drift'),
    import('./alerts'),
    import('./forms'),
    import('./alertform')
  ]);
  const look = new EndpointLook(request, name);
  const metrics = new MetricsLook(request, name);
  const alerts = new AlertsLook(request, name);
  place.whenClosed(() => [look, metrics, alerts].forEach(each => each.dispose()));
  await look.load();
  firing.listen();
  place.whenSeen(isSeen => look.setVisible(isSeen));
  look.touched.connect(() => model.refresh());
  look.changed.connect(() => look.isGone && place.close());
  const askRule = async (existing: Alert | null) =>
    alertForm.askRule(alerts, existing, await surroundings(look, alerts, here), words);
  const ask = (title: string, body: string, accept: string) => isSure(title, body, accept, words);
  return React.createElement(EndpointPanel, {
    look,
    metrics,
    alerts,
    firing,
    trial: new Trial(request, serviceManager.serverSettings, name, locale),
    drift: new DriftLook(request, name),
    actions: {
      deploy: () => void commands.execute(EndpointCommandIDs.deploy, { name }),
      edit: () => void orNotice(() => forms.askDescription(look, words)),
      removeEndpoint: () =>
        void commands.execute(EndpointCommandIDs.remove, { name }).then(() => look.refresh()),
      openModel: reference => panels.open('model', reference),
      remove: deployment =>
        void orNotice(async () => {
          const body = trans.__(
            '%1 answers what it has begun, and then goes. The model stays.',
            deployment.name
          );
          if (await ask(trans.__('Delete the deployment?'), body, trans.__('Delete'))) {
            await look.removeDeployment(deployment.name);
          }
        }),
      isSureToRegenerate: key =>
        ask(
          trans.__('Make a new key?'),
          key === 'primary'
            ? trans.__('Whoever calls %1 with the primary key is refused from then on.', name)
            : trans.__('Whoever calls %1 with the secondary key is refused from then on.', name),
          trans.__('Make anew')
        ),
      createAlert: () => void orNotice(() => askRule(null)),
      editAlert: alert => void orNotice(() => askRule(alert)),
      removeAlert: alert =>
        void orNotice(async () => {
          const body = trans.__('Nobody is told of it any more. Its history stays.');
          if (await ask(trans.__('Delete the alert %1?', alert.rule.name), body, trans.__('Delete'))) {
            await alerts.remove(alert.rule.name);
          }
        })
    }
  });
}

/** What a rule may be about. */
async function surroundings(look: EndpointLook, alerts: AlertsLook, { request }: IHere) {
  const assets = await request<PageDataAsset>('data', { query: { limit: 200 } }).then(
    page => page.items.map(each => `azureml:${each.name}:${each.version}`),
    () => []
  );
  return {
    assets,
    deployments: look.deployments.map((each: OnlineDeployment) => each.name),
    taken: alerts.alerts?.map(each => each.rule.name) ?? []
  };
}

async function loadBatch(here: IHere, name: string, place: IPlace): Promise<React.ReactElement> {
  const { app, request, panels, words } = here;
  const { trans } = words;
  const [{ BatchPanel }, { BatchLook }, { askInvocation }] = await Promise.all([
    import('./batchpanel'),
    import('./batchlook'),
    import('./forms')
  ]);
  const look = new BatchLook(request, name);
  place.whenClosed(() => look.dispose());
  await look.load();
  place.whenSeen(isSeen => look.setVisible(isSeen));
  look.changed.connect(() => look.isGone && place.close());
  return React.createElement(BatchPanel, {
    look,
    actions: {
      invoke: () => void orNotice(() => askInvocation(look, words)),
      openModel: reference => panels.open('model', reference),
      openJob: job => panels.open('job', job),
      remove: () =>
        void app.commands
          .execute(EndpointCommandIDs.remove, { name, kind: 'batch' })
          .then(() => look.load())
          .catch(() => place.close()),
      removeDeployment: deployment =>
        void orNotice(async () => {
          const body = trans.__('Jobs that it scored stay with their results. The model stays, too.');
          if (await isSure(trans.__('Delete the deployment?'), body, trans.__('Delete'), words)) {
            await look.removeDeployment(deployment);
          }
        })
    }
  });
}
