import { nullTranslator } from '@jupyterlab/translation';
import type { TranslationBundle } from '@jupyterlab/translation';

let trans: TranslationBundle = nullTranslator.load('jupyter_azml');

/** From now on faults of the page itself are told in this language. */
export function speak(bundle: TranslationBundle): void {
  trans = bundle;
}

/** For what is said outside of components, which have words of their own. */
export const language = (): TranslationBundle => trans;

/** What went wrong, in the user's language, and what to do about it. */
export class AzmlError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly hint = ''
  ) {
    super(message);
    this.name = 'AzmlError';
  }

  /** Whether the server was not reached at all: to be tried again, not to be shown as a fault. */
  get isOffline(): boolean {
    return this.code === 'Offline';
  }

  /** Whether it was given up by whoever asked: nothing to tell. */
  get isAborted(): boolean {
    return this.code === 'Aborted';
  }

  /** Anything that was thrown. What is not ours is a fault of the page, or an answer of a shape that nobody expects. */
  static of(reason: unknown): AzmlError {
    return reason instanceof AzmlError
      ? reason
      : new AzmlError('Unexpected', trans.__('This page failed: %1', String(reason)), reloadHint());
  }
}

export const offline = (): AzmlError =>
  new AzmlError(
    'Offline',
    trans.__('The server cannot be reached.'),
    trans.__('See whether Jupyter still runs, then try again.')
  );

export const aborted = (): AzmlError => new AzmlError('Aborted', trans.__('It was canceled.'));

export const late = (seconds: number): AzmlError =>
  new AzmlError(
    'Late',
    trans._n('No answer within %1 second.', 'No answer within %1 seconds.', seconds),
    trans.__('The server may be busy, or the network slow. Try again.')
  );

/** The JSON in an answer. Throws AzmlError for one that was cut, or is a page of a proxy. */
export function parsed<T>(text: string): T {
  try {
    return (text ? JSON.parse(text) : undefined) as T;
  } catch {
    throw new AzmlError(
      'BadAnswer',
      trans.__('The answer is cut off, or not from jupyter_azml.'),
      trans.__('Try again. If you are signed out, reload the page.')
    );
  }
}

/** What a refusal says. Proxies and Jupyter itself answer in other shapes than ours. */
export function refusal(text: string, status: number, statusText: string): AzmlError {
  try {
    const { code, message, hint } = JSON.parse(text);
    if (typeof message === 'string' && message) {
      return new AzmlError(
        typeof code === 'string' ? code : `Http${status}`,
        message,
        hint || hintOf(status)
      );
    }
  } catch {
    // not JSON: the status line has to do
  }
  return new AzmlError(`Http${status}`, `${status} ${statusText}`.trim(), hintOf(status));
}

function hintOf(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return trans.__(
        'You may be signed out of Jupyter, or not allowed to do this. Reload the page to sign in.'
      );
    case 404:
    case 405:
      return trans.__('If jupyter_azml was updated, restart Jupyter, then reload the page.');
    case 413:
      return trans.__('It is too large for the server, or for a proxy before it.');
    case 429:
    case 502:
    case 503:
    case 504:
      return trans.__('The server, or a proxy before it, is busy or starting. Try again in a moment.');
    default:
      return status >= 500 ? trans.__('The log of the Jupyter server has the details.') : reloadHint();
  }
}

const reloadHint = (): string => trans.__('Reload the page and try again.');
