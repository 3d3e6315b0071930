import * as React from 'react';
import type { Request } from '../api/request';
import type {
  BatchDeployment,
  BatchEndpoint,
  Model,
  OnlineDeployment,
  OnlineEndpoint,
  PageBatchEndpoint,
  PageCompute,
  PageOnlineEndpoint
} from '../api/types';
import { CheckField, ChoiceField, NumberField, RadioField, TextField } from '../ui/fields';
import { askForm } from '../ui/formdialog';
import { IWords, useWords } from '../ui/words';
import { batchPath, endpointNameFor, endpointPath, isDeploymentName, isEndpointName } from './names';

/** What was begun: the panel of it is the next thing to look at. */
export interface IDeployed {
  kind: 'endpoint' | 'batch-endpoint';
  endpoint: string;
}

/** What a batch endpoint's first deployment is called. */
const FIRST = 'blue';

export interface IDeployStart {
  endpoint?: string;
  kind?: IDeployed['kind'];
}

class Wish {
  kind: IDeployed['kind'];
  endpoint: string;
  authMode: 'key' | 'aml_token' = 'key';
  deployment = '';
  instances: number | null = 1;
  /** Null: all for the first deployment, none for another. */
  traffic: number | null = null;
  collects = true;
  code = '';
  environment = '';
  compute = 'local';
  online: readonly OnlineEndpoint[] = [];
  batch: readonly BatchEndpoint[] = [];
  computes: readonly string[] = ['local'];

  constructor(
    readonly model: Pick<Model, 'name' | 'version' | 'type'>,
    { endpoint, kind }: IDeployStart
  ) {
    this.endpoint = endpoint ?? endpointNameFor(model.name);
    this.kind = kind ?? 'endpoint';
  }

  /** What there is already; without it, names have to be typed. */
  async read(request: Request): Promise<void> {
    const query = { limit: 1000 };
    const [online, batch, computes] = await Promise.allSettled([
      request<PageOnlineEndpoint>('endpoints', { query }),
      request<PageBatchEndpoint>('batch-endpoints', { query }),
      request<PageCompute>('computes', { query })
    ]);
    this.online = online.status === 'fulfilled' ? online.value.items : [];
    this.batch = batch.status === 'fulfilled' ? batch.value.items : [];
    if (computes.status === 'fulfilled') {
      this.computes = computes.value.items.map(each => each.name);
    }
  }

  get isNew(): boolean {
    const name = this.endpoint.trim().toLowerCase();
    const there = this.kind === 'endpoint' ? this.online : this.batch;
    return !there.some(each => each.name.toLowerCase() === name);
  }

  get needsCode(): boolean {
    return this.model.type !== 'mlflow_model';
  }
}

/** Asks where a model is to answer, and begins it. Null when it was given up. */
export function askDeployment(
  request: Request,
  model: Pick<Model, 'name' | 'version' | 'type'>,
  start: IDeployStart,
  words: IWords
): Promise<IDeployed | null> {
  const { trans } = words;
  const wish = new Wish(model, start);
  return askForm(
    {
      title: trans.__('Deploy %1 version %2', model.name, model.version),
      accept: trans.__('Deploy'),
      fields: changed => <DeployFields request={request} wish={wish} changed={changed} />,
      fault: () => faultOf(wish, words),
      submit: signal =>
        wish.kind === 'endpoint' ? deploy(request, wish, signal) : deployBatch(request, wish, signal)
    },
    words
  );
}

function faultOf(wish: Wish, { trans }: IWords): string | null {
  if (!isEndpointName(wish.endpoint.trim())) {
    return trans.__('An endpoint’s name has 3 to 32 letters, digits and -, from a letter on.');
  }
  if (wish.deployment.trim() && !isDeploymentName(wish.deployment.trim())) {
    return trans.__('A deployment’s name has up to 32 letters, digits and -, from a letter on.');
  }
  if (wish.needsCode && !wish.code.trim()) {
    return trans.__('This is no MLflow model: say which script scores with it.');
  }
  const { instances, traffic } = wish;
  if (wish.kind === 'endpoint' && (instances === null || !(instances >= 1 && instances <= 64))) {
    return trans.__('There can be 1 to 64 instances.');
  }
  return traffic !== null && !(traffic >= 0 && traffic <= 100)
    ? trans.__('A share of the traffic is 0 to 100 per cent.')
    : null;
}

async function deploy(request: Request, wish: Wish, signal: AbortSignal): Promise<IDeployed> {
  const { model } = wish;
  const made = await request<OnlineDeployment>(endpointPath(wish.endpoint.trim(), 'deployments'), {
    method: 'POST',
    signal,
    body: {
      name: wish.deployment.trim() || null,
      model: `azureml:${model.name}:${model.version}`,
      instance_count: wish.instances,
      traffic: wish.traffic,
      auth_mode: wish.authMode,
      environment: wish.environment.trim(),
      code: wish.code.trim() || null,
      collect: wish.collects,
      wait: false
    }
  });
  return { kind: 'endpoint', endpoint: made.endpoint_name };
}

async function deployBatch(request: Request, wish: Wish, signal: AbortSignal): Promise<IDeployed> {
  const { model } = wish;
  const endpoint = wish.endpoint.trim();
  if (wish.isNew) {
    await request<BatchEndpoint>('batch-endpoints', { method: 'POST', signal, body: { name: endpoint } });
  }
  const made = await request<BatchDeployment>(batchPath(endpoint, 'deployments'), {
    method: 'POST',
    signal,
    body: {
      name: wish.deployment.trim() || FIRST,
      model: `azureml:${model.name}:${model.version}`,
      compute: wish.compute,
      environment: wish.environment.trim() || null,
      code: wish.code.trim() || null
    }
  });
  return { kind: 'batch-endpoint', endpoint: made.endpoint_name };
}

function DeployFields({
  request,
  wish,
  changed
}: {
  request: Request;
  wish: Wish;
  changed: () => void;
}): React.ReactElement {
  const { trans } = useWords();
  React.useEffect(() => {
    void wish.read(request).then(changed);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [wish, request]);
  const set = (change: Partial<Wish>) => {
    Object.assign(wish, change);
    changed();
  };
  const isOnline = wish.kind === 'endpoint';
  const there = (isOnline ? wish.online : wish.batch).map(each => each.name);
  return (
    <>
      <RadioField<IDeployed['kind']>
        label={trans.__('It answers')}
        value={wish.kind}
        choices={[
          { value: 'endpoint', label: trans.__('requests, at once (online)') },
          { value: 'batch-endpoint', label: trans.__('whole data assets, as a job (batch)') }
        ]}
        onChange={kind => set({ kind })}
      />
      <TextField
        label={trans.__('Endpoint')}
        hint={
          wish.isNew
            ? trans.__('A new one is made.')
            : trans.__('It is there already: this becomes one more deployment of it.')
        }
        value={wish.endpoint}
        options={there}
        onChange={endpoint => set({ endpoint })}
      />
      {isOnline && wish.isNew && (
        <ChoiceField
          label={trans.__('Callers show')}
          value={wish.authMode}
          choices={[
            { value: 'key', label: trans.__('a key') },
            { value: 'aml_token', label: trans.__('a token, which has an end') }
          ]}
          onChange={authMode => set({ authMode })}
        />
      )}
      <div className="azml-Form-row">
        <TextField
          label={trans.__('Deployment')}
          value={wish.deployment}
          placeholder={isOnline ? trans.__('blue, then green, …') : FIRST}
          onChange={deployment => set({ deployment })}
        />
        {isOnline ? (
          <NumberField
            label={trans.__('Instances')}
            value={wish.instances}
            min={1}
            max={64}
            onChange={instances => set({ instances })}
          />
        ) : (
          <ChoiceField
            label={trans.__('Compute')}
            value={wish.compute}
            choices={wish.computes.map(value => ({ value, label: value }))}
            onChange={compute => set({ compute })}
          />
        )}
      </div>
      {isOnline && (
        <NumberField
          label={trans.__('Traffic once it answers (%)')}
          hint={trans.__('Left empty: all for the first deployment, none for another.')}
          value={wish.traffic}
          min={0}
          max={100}
          onChange={traffic => set({ traffic })}
        />
      )}
      {wish.needsCode && (
        <TextField
          label={trans.__('Scoring script')}
          hint={trans.__('As the file browser knows it, such as serve/score.py, with init() and run(data)')}
          value={wish.code}
          onChange={code => set({ code })}
        />
      )}
      <TextField
        label={trans.__('Environment')}
        hint={trans.__('azureml:NAME:VERSION; left empty: the Python that Jupyter runs with')}
        value={wish.environment}
        onChange={environment => set({ environment })}
      />
      {isOnline && (
        <CheckField
          label={trans.__('Keep inputs and predictions')}
          hint={trans.__('Drift is told from them. They stay in the workspace’s own datastore.')}
          value={wish.collects}
          onChange={collects => set({ collects })}
        />
      )}
    </>
  );
}
