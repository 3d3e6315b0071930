import * as React from 'react';
import type { JobStatus } from '../api/types';
import { lookOf } from './status';
import { statusWord, useWords } from './words';

export function StatusIcon({ status }: { status: JobStatus }): React.ReactElement {
  const { shape, tone, spins } = lookOf(status);
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

export function StatusBadge({ status }: { status: JobStatus }): React.ReactElement {
  const { trans } = useWords();
  return (
    <span
      className={`azml-Badge azml-mod-${lookOf(status).tone}`}
      data-status={status}
      role="status"
      aria-live="polite"
    >
      <StatusIcon status={status} />
      {statusWord(status, trans)}
    </span>
  );
}
