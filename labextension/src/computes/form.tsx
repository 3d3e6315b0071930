import * as React from 'react';
import type { Compute, ComputeType } from '../api/types';
import { CommandLine, quoted } from '../shell/command';
import { CheckField, ChoiceField, NumberField, RadioField, TextField } from '../ui/fields';
import { askForm } from '../ui/formdialog';
import type { IWords } from '../ui/words';
import type { ComputesModel } from './model';

const EXAMPLES = { amlcompute: 'cpu-cluster', computeinstance: 'my-instance' };
const DEFAULT_SIZE = 'Standard_DS3_v2';
// Azure's rule: letters, digits and single hyphens between them, beginning with a letter.
const NAME = /^[A-Za-z](-?[A-Za-z0-9]+)*$/;

interface IAsked {
  type: Extract<ComputeType, 'amlcompute' | 'computeinstance'>;
  name: string;
  size: string;
  least: number | null;
  most: number | null;
  seconds: number | null;
  minutes: number | null;
  isCheap: boolean;
}

/** A cluster or an instance; null when the user thought better of it. */
export async function askForCompute(model: ComputesModel, words: IWords): Promise<Compute | null> {
  const { trans } = words;
  await model.readSizes();
  const asked: IAsked = {
    type: 'amlcompute',
    name: '',
    size: model.sizes.some(({ name }) => name === DEFAULT_SIZE) ? DEFAULT_SIZE : (model.sizes[0]?.name ?? ''),
    least: 0,
    most: 2,
    seconds: 120,
    minutes: null,
    isCheap: false
  };
  return askForm(
    {
      title: trans.__('New compute'),
      accept: trans.__('Create'),
      fields: changed => <Fields asked={asked} changed={changed} model={model} words={words} />,
      fault: () => faultIn(asked, model, words),
      submit: () => model.create(computeOf(asked))
    },
    words
  );
}

/** Why it cannot be; null when it may. */
export function faultIn(
  { type, name, least, most, seconds, minutes }: IAsked,
  model: Pick<ComputesModel, 'computes'>,
  { trans }: IWords
): string | null {
  const isCluster = type === 'amlcompute';
  const longest = isCluster ? 32 : 24;
  if (!NAME.test(name) || name.length < 3 || name.length > longest) {
    return trans.__(
      'A name has 3 to %1 letters, digits and single hyphens, and begins with a letter.',
      longest
    );
  }
  if (model.computes.some(each => each.name.toLowerCase() === name.toLowerCase())) {
    return trans.__('There is a compute of that name already.');
  }
  const isWhole = (value: number | null, from = 0) => Number.isInteger(value) && value! >= from;
  if (isCluster && !(isWhole(least) && isWhole(most) && least! <= most!)) {
    return trans.__('The numbers of nodes are whole, and the least is not above the most.');
  }
  if (isCluster ? !isWhole(seconds) : minutes !== null && !isWhole(minutes, 1)) {
    return trans.__('A time is a whole number.');
  }
  return null;
}

export function computeOf({
  type,
  name,
  size,
  least,
  most,
  seconds,
  minutes,
  isCheap
}: IAsked): Partial<Compute> {
  if (type === 'computeinstance') {
    return { type, name, size, idle_minutes_before_shutdown: minutes };
  }
  return {
    type,
    name,
    size,
    min_nodes: least!,
    max_nodes: most!,
    idle_seconds_before_scale_down: seconds!,
    tier: isCheap ? 'low_priority' : 'dedicated'
  };
}

export function commandOf({ type, name, size, least, most, seconds, minutes, isCheap }: IAsked): string {
  const words = ['%azml compute create', quoted(name || 'NAME'), '-t', type, '--size', size];
  if (type === 'amlcompute') {
    words.push('--min-instances', String(least ?? 0), '--max-instances', String(most ?? 0));
    words.push('--idle-time-before-scale-down', String(seconds ?? 0));
    if (isCheap) {
      words.push('--tier', 'low_priority');
    }
  } else if (minutes !== null) {
    words.push('--set', `idle_time_before_shutdown_minutes=${minutes}`);
  }
  return words.join(' ');
}

function Fields({
  asked,
  changed,
  model,
  words
}: {
  asked: IAsked;
  changed: () => void;
  model: ComputesModel;
  words: IWords;
}): React.ReactElement {
  const { trans } = words;
  const put = (change: Partial<IAsked>) => {
    Object.assign(asked, change);
    changed();
  };
  const isCluster = asked.type === 'amlcompute';
  return (
    <>
      <RadioField
        label={trans.__('Kind')}
        value={asked.type}
        choices={[
          { value: 'amlcompute', label: trans.__('Cluster: as many nodes as jobs need') },
          { value: 'computeinstance', label: trans.__('Instance: one machine, started and stopped') }
        ]}
        onChange={type => put({ type })}
      />
      <TextField
        label={trans.__('Name')}
        value={asked.name}
        placeholder={EXAMPLES[asked.type]}
        onChange={name => put({ name: name.trim() })}
      />
      <ChoiceField
        label={trans.__('Size')}
        hint={quotaHint(model, asked.size, words)}
        value={asked.size}
        choices={model.sizes.map(({ name, cores, memory_gb, gpus, gpu }) => ({
          value: name,
          label: `${name} · ${cores} vCPU · ${memory_gb} GB${gpus ? ` · ${gpus} × ${gpu}` : ''}`
        }))}
        onChange={size => put({ size })}
      />
      {isCluster ? (
        <>
          <div className="azml-Fields-pair">
            <NumberField
              label={trans.__('Least nodes')}
              value={asked.least}
              min={0}
              onChange={least => put({ least })}
            />
            <NumberField
              label={trans.__('Most nodes')}
              value={asked.most}
              min={0}
              onChange={most => put({ most })}
            />
          </div>
          <NumberField
            label={trans.__('Seconds until an idle node leaves')}
            value={asked.seconds}
            min={0}
            onChange={seconds => put({ seconds })}
          />
          <CheckField
            label={trans.__('Low priority: cheaper, and Azure may take nodes back')}
            value={asked.isCheap}
            onChange={isCheap => put({ isCheap })}
          />
        </>
      ) : (
        <NumberField
          label={trans.__('Minutes until it stops when idle')}
          hint={trans.__('Leave it empty to keep it running.')}
          value={asked.minutes}
          min={1}
          onChange={minutes => put({ minutes })}
        />
      )}
      <CommandLine command={commandOf(asked)} />
    </>
  );
}

/** What is left of the quota that the size counts in. */
function quotaHint({ sizes, usage }: ComputesModel, name: string, { trans }: IWords): string | undefined {
  const family = sizes.find(each => each.name === name)?.family.replace(/^standard(.+)Family$/, '$1');
  const quota = family && usage.find(each => each.name.includes(` ${family} `));
  return quota ? trans.__('%1 of %2 cores of this family are taken.', quota.used, quota.limit) : undefined;
}
