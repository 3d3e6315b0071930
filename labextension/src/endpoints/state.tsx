import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AlertState, EndpointState } from '../api/types';
import { Badge } from '../ui/badge';
import { ILook, lookOf } from '../ui/status';
import { useWords } from '../ui/words';
import type { Health } from './health';

/** States of endpoints look like those of jobs that mean the same. */
export function lookOfState(state: EndpointState): ILook {
  switch (state) {
    case 'Succeeded':
      return lookOf('Completed');
    case 'Failed':
      return lookOf('Failed');
    case 'Canceled':
      return lookOf('Canceled');
    case 'Deleting':
      return lookOf('CancelRequested');
    default:
      return lookOf('Running');
  }
}

export const isSettled = (state: EndpointState): boolean =>
  state === 'Succeeded' || state === 'Failed' || state === 'Canceled';

export function stateWord(state: EndpointState, trans: TranslationBundle): string {
  const words: Record<EndpointState, string> = {
    Creating: trans.__('Being made'),
    Updating: trans.__('Being changed'),
    Deleting: trans.__('Being deleted'),
    Succeeded: trans.__('Ready'),
    Failed: trans.__('Failed'),
    Canceled: trans.__('Canceled')
  };
  return words[state] ?? state;
}

export function alertWord(state: AlertState, trans: TranslationBundle): string {
  const words: Record<AlertState, string> = {
    ok: trans.__('All well'),
    pending: trans.__('About to fire'),
    firing: trans.__('Fires'),
    resolved: trans.__('Resolved')
  };
  return words[state] ?? state;
}

export function lookOfAlert(state: AlertState): ILook {
  const like = {
    ok: 'Completed',
    pending: 'Queued',
    firing: 'NotResponding',
    resolved: 'Completed'
  } as const;
  return lookOf(like[state] ?? 'NotStarted');
}

export function StateBadge({ state }: { state: EndpointState }): React.ReactElement {
  const { trans } = useWords();
  return <Badge data-state={state} look={lookOfState(state)} word={stateWord(state, trans)} />;
}

/** An endpoint is only as ready as what is deployed on it. */
export function healthLook(
  state: EndpointState,
  health: Health | null,
  trans: TranslationBundle
): { look: ILook; word: string } {
  if (state === 'Succeeded' && health?.kind === 'failed') {
    return { look: lookOf('Failed'), word: trans.__('Nothing answers') };
  }
  if (state === 'Succeeded' && health?.kind === 'coming') {
    return { look: lookOf('Running'), word: trans.__('Being deployed') };
  }
  return { look: lookOfState(state), word: stateWord(state, trans) };
}

export function HealthBadge({ state, health }: { state: EndpointState; health: Health }): React.ReactElement {
  const { trans } = useWords();
  return <Badge data-state={state} {...healthLook(state, health, trans)} />;
}
