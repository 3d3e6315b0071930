import type { TranslationBundle } from '@jupyterlab/translation';
import type { Compute, ComputeState, ComputeType, NodeState } from '../api/types';

export function typeWord(type: ComputeType, trans: TranslationBundle): string {
  const words: Record<ComputeType, string> = {
    local: trans.__('This machine'),
    amlcompute: trans.__('Cluster'),
    computeinstance: trans.__('Instance'),
    kubernetes: trans.__('Kubernetes'),
    virtualmachine: trans.__('Virtual machine'),
    databricks: trans.__('Databricks')
  };
  return words[type] ?? type;
}

export function stateWord(state: ComputeState, trans: TranslationBundle): string {
  const words: Record<ComputeState, string> = {
    Running: trans.__('Running'),
    Starting: trans.__('Starting'),
    Stopping: trans.__('Stopping'),
    Stopped: trans.__('Stopped')
  };
  return words[state] ?? state;
}

export function nodeWord(state: NodeState, trans: TranslationBundle): string {
  const words: Record<NodeState, string> = {
    preparing: trans.__('Preparing'),
    idle: trans.__('Idle'),
    running: trans.__('Running'),
    leaving: trans.__('Leaving'),
    unusable: trans.__('Unusable')
  };
  return words[state] ?? state;
}

/** How much of it is at work, in one line. */
export function occupation(compute: Compute, trans: TranslationBundle): string {
  if (compute.type === 'computeinstance') {
    return compute.busy_nodes ? trans.__('busy') : stateWord(compute.state, trans);
  }
  if (compute.type === 'local') {
    return compute.busy_nodes
      ? trans._n('%1 job runs', '%1 jobs run', compute.busy_nodes)
      : trans.__('nothing runs');
  }
  if (compute.type !== 'amlcompute') {
    return trans.__('attached');
  }
  const nodes = compute.busy_nodes + compute.idle_nodes;
  return nodes
    ? trans.__('%1 of %2 nodes, %3 busy', nodes, compute.max_nodes, compute.busy_nodes)
    : trans.__('no nodes; up to %1', compute.max_nodes);
}

/** A tone and a shape, as jobs have. */
export function toneOf(compute: Compute): 'waiting' | 'running' | 'good' | 'stopped' {
  if (compute.state === 'Starting' || compute.state === 'Stopping') {
    return 'waiting';
  }
  if (compute.state === 'Stopped') {
    return 'stopped';
  }
  return compute.busy_nodes > 0 ? 'running' : 'good';
}
