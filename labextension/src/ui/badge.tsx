import * as React from 'react';
import type { JobStatus } from '../api/types';
import { ILook, lookOf } from './status';
import { statusWord, useWords } from './words';

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

export const StatusIcon = ({ status }: { status: JobStatus }): React.ReactElement => (
  <Sign look={lookOf(status)} />
);

/** Told aloud when it changes. */
export function Badge({
  look,
  word,
  ...data
}: {
  look: ILook;
  word: string;
  'data-status'?: string;
  'data-state'?: string;
}): React.ReactElement {
  return (
    <span className={`azml-Badge azml-mod-${look.tone}`} role="status" aria-live="polite" {...data}>
      <Sign look={look} />
      {word}
    </span>
  );
}

export function StatusBadge({ status }: { status: JobStatus }): React.ReactElement {
  const { trans } = useWords();
  return <Badge look={lookOf(status)} word={statusWord(status, trans)} data-status={status} />;
}
