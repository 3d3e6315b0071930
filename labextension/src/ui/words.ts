import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { JobStatus } from '../api/types';

/** The user's language, for components: texts, and the locale of numbers and dates. */
export interface IWords {
  trans: TranslationBundle;
  locale: string;
}

export const Words = React.createContext<IWords | null>(null);

export function useWords(): IWords {
  const words = React.useContext(Words);
  if (!words) {
    throw new Error('No <Words.Provider> above this component');
  }
  return words;
}

/** The server spells states as the service does; people read their own language. */
export function statusWord(status: JobStatus, trans: TranslationBundle): string {
  const words: Record<JobStatus, string> = {
    NotStarted: trans.__('Not started'),
    Queued: trans.__('Queued'),
    Preparing: trans.__('Preparing'),
    Provisioning: trans.__('Provisioning'),
    Starting: trans.__('Starting'),
    Running: trans.__('Running'),
    Finalizing: trans.__('Finalizing'),
    CancelRequested: trans.__('Canceling'),
    Completed: trans.__('Completed'),
    Failed: trans.__('Failed'),
    Canceled: trans.__('Canceled'),
    NotResponding: trans.__('Not responding'),
    Paused: trans.__('Paused')
  };
  return words[status] ?? status;
}
