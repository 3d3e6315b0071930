import type { TranslationBundle } from '@jupyterlab/translation';
import type { BuildState } from '../api/types';

export function buildWord(state: BuildState, trans: TranslationBundle): string {
  const words: Record<BuildState, string> = {
    NotNeeded: trans.__('ready'),
    NotBuilt: trans.__('not built yet'),
    Building: trans.__('being built'),
    Succeeded: trans.__('built'),
    Failed: trans.__('cannot be built')
  };
  return words[state] ?? state;
}

export function buildTone(state: BuildState): 'waiting' | 'running' | 'good' | 'bad' | 'stopped' {
  const tones: Record<BuildState, ReturnType<typeof buildTone>> = {
    NotNeeded: 'good',
    NotBuilt: 'stopped',
    Building: 'running',
    Succeeded: 'good',
    Failed: 'bad'
  };
  return tones[state] ?? 'stopped';
}
