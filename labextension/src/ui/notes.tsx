import { Clipboard } from '@jupyterlab/apputils';
import { copyIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { AzmlError } from '../api/request';
import { azmlIcon } from './icon';
import { useWords } from './words';

/** What went wrong and what to do about it, ready to be pasted into a question to somebody. */
export function Problem({
  error,
  children
}: {
  error: AzmlError;
  children?: React.ReactNode;
}): React.ReactElement {
  return (
    <div className="azml-Problem" role="alert">
      <p className="azml-Problem-message">{error.message}</p>
      {error.hint && <p className="azml-Problem-hint">{error.hint}</p>}
      <div className="azml-Actions">
        {children}
        <CopyButton text={() => [`${error.code}: ${error.message}`, error.hint].filter(Boolean).join('\n')} />
      </div>
    </div>
  );
}

export function CopyButton({ text }: { text: () => string }): React.ReactElement {
  const { trans } = useWords();
  const [copied, setCopied] = React.useState(false);
  const label = copied ? trans.__('Copied') : trans.__('Copy');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      // Forbidden, or absent: Jupyter is reached by plain http from another machine.
      Clipboard.copyToSystem(text());
    }
    setCopied(true);
    window.setTimeout(() => setCopied(false), 1500);
  };
  return (
    <button type="button" className="azml-Button azml-mod-quiet" onClick={() => void copy()}>
      <copyIcon.react tag="span" className="azml-Button-icon" />
      {label}
    </button>
  );
}

/** Nothing here yet, and how to change that. */
export function Empty({ title, children }: { title: string; children: React.ReactNode }): React.ReactElement {
  return (
    <div className="azml-Empty">
      <azmlIcon.react tag="div" className="azml-Empty-icon" width="48px" height="48px" />
      <p className="azml-Empty-title">{title}</p>
      <p className="azml-Empty-text">{children}</p>
    </div>
  );
}
