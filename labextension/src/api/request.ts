import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

/** Asks the server for something under `azml/api`, and throws nothing but AzmlError. */
export type Request = <T>(path: string, options?: IRequestOptions) => Promise<T>;

export interface IRequestOptions {
  method?: 'GET' | 'POST' | 'DELETE';
  query?: Record<string, string | number | null | undefined>;
  body?: unknown;
  signal?: AbortSignal;
}

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

  static of(reason: unknown): AzmlError {
    return reason instanceof AzmlError ? reason : new AzmlError('Unexpected', String(reason));
  }
}

/** The address of a job's part: names are one path segment whatever they contain. */
export const jobPath = (name: string, ...parts: string[]): string =>
  ['jobs', encodeURIComponent(name), ...parts].join('/');

export function requestThrough(
  settings: ServerConnection.ISettings,
  language: string,
  offline: string
): Request {
  return async <T>(path: string, options: IRequestOptions = {}): Promise<T> => {
    const asked = Object.entries(options.query ?? {}).filter(
      ([, value]) => value !== null && value !== undefined
    );
    const query = asked.length ? URLExt.objectToQueryString(Object.fromEntries(asked) as never) : '';
    const url = URLExt.join(settings.baseUrl, 'azml/api', path) + query;
    const init: RequestInit = {
      method: options.method ?? 'GET',
      headers: { 'Accept-Language': language.replace('_', '-') },
      signal: options.signal,
      body: options.body === undefined ? undefined : JSON.stringify(options.body)
    };
    let response: Response;
    try {
      response = await ServerConnection.makeRequest(url, init, settings);
    } catch (reason) {
      throw new AzmlError('Offline', offline, String(reason));
    }
    const text = await response.text();
    if (!response.ok) {
      throw errorIn(text, response);
    }
    return (text ? JSON.parse(text) : undefined) as T;
  };
}

/** Proxies and Jupyter itself answer in other shapes than ours. */
function errorIn(text: string, response: Response): AzmlError {
  try {
    const { code, message, hint } = JSON.parse(text);
    if (message) {
      return new AzmlError(code ?? `Http${response.status}`, message, hint ?? '');
    }
  } catch {
    // not JSON: the status line has to do
  }
  return new AzmlError(`Http${response.status}`, `${response.status} ${response.statusText}`.trim());
}
