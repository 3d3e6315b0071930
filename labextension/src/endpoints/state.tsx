import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { AlertState, EndpointState } from '../api/types';
import { ILook, lookOf } from '../ui/status';
import { useWords } from '../ui/words';

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

export function Sign({ look }: { look: ILook }): React.ReactElement {
  const { shape, tone, spins } = look;
  return (
    <svg
      className={`azml-StatusIcon azml-mod-${tone}${spins ? ' azml-mod-spins' : ''}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shape} fillRule="evenodd" />
    </svg>
  );
}

/** Told aloud when it changes. */
export function StateBadge({ state }: { state: EndpointState }): React.ReactElement {
  const { trans } = useWords();
  const look = lookOfState(state);
  return (
    <span className={`azml-Badge azml-mod-${look.tone}`} data-state={state} role="status" aria-live="polite">
      <Sign look={look} />
      {stateWord(state, trans)}
    </span>
  );
}
