import * as React from 'react';
import type { Request } from '../api/request';
import type { BatchEndpoint, Job, OnlineEndpoint, PageDataAsset, PageModel } from '../api/types';
import { CommandLine, quoted } from '../shell/command';
import { Described, DescribedFields } from '../ui/described';
import { ChoiceField, NumberField, RadioField, TextField } from '../ui/fields';
import { askForm } from '../ui/formdialog';
import { IWords, useWords } from '../ui/words';
import type { BatchLook } from './batchlook';
import type { EndpointLook } from './look';
import type { EndpointsModel } from './model';
import { ASSET_SHAPE, isEndpointName } from './names';

export interface IMade {
  kind: 'endpoint' | 'batch-endpoint';
  name: string;
}

/** Asks for a new endpoint; a deployment lets it answer. */
export function askEndpoint(model: EndpointsModel, words: IWords): Promise<IMade | null> {
  const { trans } = words;
  let kind: IMade['kind'] = 'endpoint';
  let name = '';
  let auth: 'key' | 'aml_token' = 'key';
  let description = '';
  return askForm<IMade>(
    {
      title: trans.__('New endpoint'),
      accept: trans.__('Create'),
      fields: changed => {
        const set = (change: () => void) => {
          change();
          changed();
        };
        return (
          <>
            <RadioField<IMade['kind']>
              label={trans.__('It answers')}
              value={kind}
              choices={[
                { value: 'endpoint', label: trans.__('requests, at once (online)') },
                { value: 'batch-endpoint', label: trans.__('whole data assets, as a job (batch)') }
              ]}
              onChange={value => set(() => (kind = value))}
            />
            <TextField
              label={trans.__('Name')}
              value={name}
              hint={trans.__('3 to 32 letters, digits and -')}
              placeholder={EXAMPLE}
              onChange={value => set(() => (name = value))}
            />
            {kind === 'endpoint' && (
              <ChoiceField
                label={trans.__('Callers show')}
                value={auth}
                choices={[
                  { value: 'key', label: trans.__('a key') },
                  { value: 'aml_token', label: trans.__('a token, which has an end') }
                ]}
                onChange={value => set(() => (auth = value))}
              />
            )}
            <TextField
              label={trans.__('Description')}
              value={description}
              isLong
              onChange={value => set(() => (description = value))}
            />
            <CommandLine command={commandOf(kind, name.trim(), auth)} />
          </>
        );
      },
      fault: () =>
        isEndpointName(name.trim())
          ? null
          : trans.__('An endpoint’s name has 3 to 32 letters, digits and -, from a letter on.'),
      submit: async () => {
        const made: OnlineEndpoint | BatchEndpoint =
          kind === 'endpoint'
            ? await model.create({ name: name.trim(), auth_mode: auth, description })
            : await model.createBatch({ name: name.trim(), description });
        return { kind, name: made.name };
      }
    },
    words
  );
}

const EXAMPLE = 'churn';

function commandOf(kind: IMade['kind'], name: string, auth: string): string {
  const mode = kind === 'endpoint' && auth !== 'key' ? ` --auth-mode ${auth}` : '';
  return `%azml ${kind} create ${quoted(name || 'NAME')}${mode}`;
}

/** Asks for another description and tags. */
export function askDescription(look: EndpointLook, words: IWords): Promise<true | null> {
  const { trans } = words;
  const described = new Described(look.endpoint!);
  return askForm<true>(
    {
      title: look.name,
      accept: trans.__('Save'),
      fields: changed => <DescribedFields described={described} changed={changed} />,
      submit: async () => {
        await look.describe(described.description, described.tags);
        return true as const;
      }
    },
    words
  );
}

/** Asks which model is to be deployed; `NAME:VERSION`, null when it was given up. */
export async function askModel(
  request: Request,
  words: IWords
): Promise<{ name: string; version: string } | null> {
  const { trans } = words;
  const { items } = await request<PageModel>('models', { query: { limit: 1000 } });
  let chosen = items.length > 0 ? `${items[0].name}:${items[0].version}` : '';
  return askForm<{ name: string; version: string }>(
    {
      title: trans.__('Which model?'),
      accept: trans.__('Next'),
      fields: changed => (
        <TextField
          label={trans.__('Model')}
          hint={
            items.length > 0
              ? trans.__('NAME:VERSION; the newest versions are offered.')
              : trans.__('There is no model yet. Register one in the sidebar, under Models.')
          }
          value={chosen}
          options={items.map(each => `${each.name}:${each.version}`)}
          onChange={value => {
            chosen = value;
            changed();
          }}
        />
      ),
      fault: () => (/^[^:]+:.+$/.test(chosen.trim()) ? null : trans.__('Write it as NAME:VERSION.')),
      submit: async () => {
        const [name, version] = chosen.trim().split(/:(.*)/s);
        return { name, version };
      }
    },
    words
  );
}

/** Asks which data is to be scored, and begins the job. */
export function askInvocation(look: BatchLook, words: IWords): Promise<Job | null> {
  const { trans } = words;
  const wanted = { path: '', deployment: '', batch: null as number | null, assets: [] as readonly string[] };
  return askForm<Job>(
    {
      title: trans.__('Score data with %1', look.name),
      accept: trans.__('Score'),
      fields: changed => <InvocationFields look={look} wanted={wanted} changed={changed} />,
      fault: () => (wanted.path.trim() ? null : trans.__('Say which data is to be scored.')),
      submit: signal =>
        look.invoke(
          {
            path: wanted.path.trim(),
            deployment: wanted.deployment || null,
            settings: wanted.batch === null ? {} : { mini_batch_size: wanted.batch }
          },
          signal
        )
    },
    words
  );
}

interface IWanted {
  path: string;
  deployment: string;
  batch: number | null;
  assets: readonly string[];
}

function InvocationFields({
  look,
  wanted,
  changed
}: {
  look: BatchLook;
  wanted: IWanted;
  changed: () => void;
}): React.ReactElement {
  const { trans } = useWords();
  const set = (change: Partial<IWanted>) => {
    Object.assign(wanted, change);
    changed();
  };
  React.useEffect(() => {
    void look.request<PageDataAsset>('data', { query: { limit: 200 } }).then(
      page => set({ assets: page.items.map(each => `azureml:${each.name}:${each.version}`) }),
      () => undefined
    );
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [look]);
  return (
    <>
      <TextField
        label={trans.__('Data')}
        hint={trans.__(
          'A data asset, or an address: azureml://datastores/…. Each file of a folder is scored.'
        )}
        value={wanted.path}
        options={wanted.assets}
        placeholder={ASSET_SHAPE}
        onChange={path => set({ path })}
      />
      <div className="azml-Form-row">
        <ChoiceField
          label={trans.__('Deployment')}
          value={wanted.deployment}
          choices={[
            { value: '', label: trans.__('the usual one: %1', look.endpoint?.default_deployment ?? '') },
            ...look.deployments.map(({ name }) => ({ value: name, label: name }))
          ]}
          onChange={deployment => set({ deployment })}
        />
        <NumberField
          label={trans.__('Files at once')}
          value={wanted.batch}
          min={1}
          onChange={batch => set({ batch })}
        />
      </div>
    </>
  );
}
