import * as React from 'react';
import type { Compute, Node } from '../api/types';
import { CommandLine } from '../shell/command';
import { RowsSection } from '../shell/rowssection';
import { useChanges } from '../ui/hooks';
import { Empty } from '../ui/notes';
import { useWords } from '../ui/words';
import { ComputesModel, isMoving, Verb } from './model';
import { Scale } from './scale';
import { nodeWord, occupation, stateWord, toneOf, typeWord } from './words';

export interface IComputeActions {
  act: (verb: Verb, compute: Compute) => void;
  remove: (compute: Compute) => void;
  follow: (job: string) => void;
  create: () => void;
}

interface IProps {
  model: ComputesModel;
  actions: IComputeActions;
}

/** The part of the sidebar that shows where jobs run. */
export function ComputesSection({ model, actions }: IProps): React.ReactElement {
  const { trans } = useWords();
  useChanges(model.changed);
  const hasOwn = model.computes.some(each => each.type !== 'local');
  return (
    <RowsSection
      label={trans.__('Computes')}
      placeholder={trans.__('Filter computes')}
      loading={trans.__('Loading computes…')}
      add={{ label: trans.__('New compute…'), run: actions.create }}
      model={model}
      items={model.computes}
      opened={model.opened}
      textOf={each => `${each.name} ${each.type} ${each.size} ${each.description} ${each.state}`}
      head={each => <Head compute={each} />}
      body={each => <Body compute={each} model={model} actions={actions} />}
      empty={
        !hasOwn && (
          <>
            <Empty title={trans.__('Only this machine so far')}>
              {trans.__('Make a cluster to run several jobs at once: with +, or in a cell.')}
            </Empty>
            <CommandLine command="%azml compute create cpu-cluster -t amlcompute --max-instances 4" />
          </>
        )
      }
    />
  );
}

function Head({ compute }: { compute: Compute }): React.ReactElement {
  const { trans } = useWords();
  return (
    <>
      <span
        className={`azml-Dot azml-mod-${toneOf(compute)}${isMoving(compute) ? ' azml-mod-pulses' : ''}`}
        aria-hidden="true"
      />
      <span className="azml-Row-text">
        <span className="azml-Row-name" title={compute.name}>
          {compute.name}
        </span>
        <span className="azml-Row-second">
          {isMoving(compute) ? stateWord(compute.state, trans) : occupation(compute, trans)}
        </span>
      </span>
      <span className="azml-Pill">{typeWord(compute.type, trans)}</span>
    </>
  );
}

function Body({
  compute,
  model,
  actions
}: {
  compute: Compute;
  model: ComputesModel;
  actions: IComputeActions;
}): React.ReactElement {
  const { trans } = useWords();
  const nodes = model.nodes.get(compute.name) ?? [];
  const isInstance = compute.type === 'computeinstance';
  const isUp = compute.state === 'Running';
  return (
    <>
      {compute.description && (
        <p className="azml-Clamped" title={compute.description}>
          {compute.description}
        </p>
      )}
      <dl className="azml-Parameters">
        {compute.size && (
          <>
            <dt>{trans.__('Size')}</dt>
            <dd>{compute.size}</dd>
          </>
        )}
        {compute.type === 'amlcompute' && (
          <>
            <dt>{trans.__('Nodes')}</dt>
            <dd>
              <Scale compute={compute} model={model} />
            </dd>
            <dt>{trans.__('Scales down after')}</dt>
            <dd>{trans._n('%1 second', '%1 seconds', compute.idle_seconds_before_scale_down)}</dd>
          </>
        )}
        {isInstance && compute.idle_minutes_before_shutdown !== null && (
          <>
            <dt>{trans.__('Stops when idle')}</dt>
            <dd>{trans._n('after %1 minute', 'after %1 minutes', compute.idle_minutes_before_shutdown)}</dd>
          </>
        )}
        {compute.tier === 'low_priority' && (
          <>
            <dt>{trans.__('Tier')}</dt>
            <dd>{trans.__('low priority')}</dd>
          </>
        )}
        {compute.resource_id && (
          <>
            <dt>{trans.__('Resource')}</dt>
            <dd>{compute.resource_id}</dd>
          </>
        )}
        {Object.entries(compute.tags).map(([key, value]) => (
          <React.Fragment key={key}>
            <dt className="azml-Clamped" title={key}>
              {key}
            </dt>
            <dd className="azml-Clamped" title={value}>
              {value}
            </dd>
          </React.Fragment>
        ))}
      </dl>
      {nodes.length > 0 && <Nodes nodes={nodes} follow={actions.follow} />}
      {compute.notes.map(note => (
        <p key={note.code} className="azml-Row-note">
          {note.message}
        </p>
      ))}
      {compute.type !== 'local' && (
        <div className="azml-Actions">
          {isInstance && compute.state === 'Stopped' && (
            <Act label={trans.__('Start')} run={() => actions.act('start', compute)} />
          )}
          {isInstance && isUp && (
            <>
              <Act label={trans.__('Stop')} run={() => actions.act('stop', compute)} />
              <Act label={trans.__('Restart')} run={() => actions.act('restart', compute)} />
            </>
          )}
          <Act label={trans.__('Delete…')} run={() => actions.remove(compute)} />
        </div>
      )}
    </>
  );
}

function Act({ label, run }: { label: string; run: () => void }): React.ReactElement {
  return (
    <button type="button" className="azml-Button" onClick={run}>
      {label}
    </button>
  );
}

function Nodes({
  nodes,
  follow
}: {
  nodes: readonly Node[];
  follow: (job: string) => void;
}): React.ReactElement {
  const { trans } = useWords();
  return (
    <ul className="azml-Nodes" aria-label={trans.__('Nodes')}>
      {nodes.map(node => (
        <li key={node.name}>
          <span
            className={`azml-Dot azml-mod-${node.state === 'running' ? 'running' : node.state === 'unusable' ? 'bad' : node.state === 'idle' ? 'good' : 'waiting'}`}
            aria-hidden="true"
          />
          <span className="azml-Nodes-name" title={node.name}>
            {shortName(node)}
          </span>
          {node.job ? (
            <button type="button" className="azml-Link" title={node.job} onClick={() => follow(node.job!)}>
              {node.job}
            </button>
          ) : (
            <span className="azml-mod-faint">{nodeWord(node.state, trans)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Nodes are called after their compute, which stands above them. */
const shortName = ({ name, compute }: Node): string =>
  name.startsWith(`${compute}-`) ? name.slice(compute.length + 1) : name;
