import * as React from 'react';
import type { Compute, Node } from '../api/types';
import { SectionBar } from '../shell/bar';
import { CommandLine } from '../shell/command';
import { Refusal } from '../shell/refusal';
import { Rows } from '../shell/rows';
import { useChanges } from '../ui/hooks';
import { Empty, Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import { ComputesModel, isMoving, Verb } from './model';
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
  const [filter, setFilter] = React.useState('');
  const more = React.useCallback(() => void model.loadMore(), [model]);
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = model.computes.filter(each => {
    const text = `${each.name} ${each.type} ${each.size} ${each.description} ${each.state}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
  const hasOwn = model.computes.some(each => each.type !== 'local');
  return (
    <section className="azml-List" aria-label={trans.__('Computes')}>
      <SectionBar
        filter={filter}
        onFilter={setFilter}
        placeholder={trans.__('Filter computes')}
        add={{ label: trans.__('New compute'), run: actions.create }}
      />
      {model.refusal && <Refusal error={model.refusal} onClose={() => model.dismiss()} />}
      {model.error && !model.error.isOffline && (
        <Problem error={model.error}>
          <button type="button" className="azml-Button" onClick={() => void model.refresh()}>
            {trans.__('Try again')}
          </button>
        </Problem>
      )}
      {!model.isRead && !model.error && <p className="azml-Loading">{trans.__('Loading computes…')}</p>}
      <div className="azml-List-rows">
        <Rows
          label={trans.__('Computes')}
          items={shown}
          keyOf={each => each.name}
          opened={model.opened}
          onToggle={name => model.toggle(name)}
          head={each => <Head compute={each} />}
          body={each => <Body compute={each} model={model} actions={actions} />}
          onNearEnd={model.hasMore ? more : undefined}
        />
        {model.isRead && words.length > 0 && shown.length === 0 && (
          <p className="azml-Loading">{trans.__('Nothing matches.')}</p>
        )}
        {model.isRead && !hasOwn && words.length === 0 && (
          <>
            <Empty title={trans.__('Only this machine so far')}>
              {trans.__('Make a cluster to run several jobs at once: with +, or in a cell.')}
            </Empty>
            <CommandLine command="%azml compute create cpu-cluster -t amlcompute --max-instances 4" />
          </>
        )}
      </div>
    </section>
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

/** How many nodes a cluster may have; changed in place. */
function Scale({ compute, model }: { compute: Compute; model: ComputesModel }): React.ReactElement {
  const { trans } = useWords();
  const [edit, setEdit] = React.useState<[string, string] | null>(null);
  if (!edit) {
    const text = trans.__('%1 to %2', compute.min_nodes, compute.max_nodes);
    return (
      <button
        type="button"
        className="azml-Link"
        title={trans.__('Change how many nodes it may have')}
        onClick={() => setEdit([String(compute.min_nodes), String(compute.max_nodes)])}
      >
        {text}
      </button>
    );
  }
  const [least, most] = edit.map(Number);
  const isValid = [least, most].every(Number.isInteger) && least >= 0 && most >= least && edit[1] !== '';
  const save = () => {
    if (isValid) {
      setEdit(null);
      void model.scale(compute, least, most);
    }
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter') {
      save();
    } else if (event.key === 'Escape') {
      setEdit(null);
      event.stopPropagation();
    }
  };
  return (
    <span className="azml-Scale" onKeyDown={onKeyDown}>
      <input
        type="number"
        min={0}
        value={edit[0]}
        aria-label={trans.__('Least nodes')}
        autoFocus
        onChange={event => setEdit([event.target.value, edit[1]])}
      />
      {'–'}
      <input
        type="number"
        min={0}
        value={edit[1]}
        aria-label={trans.__('Most nodes')}
        onChange={event => setEdit([edit[0], event.target.value])}
      />
      <button type="button" className="azml-Button" disabled={!isValid} onClick={save}>
        {trans.__('Save')}
      </button>
    </span>
  );
}
