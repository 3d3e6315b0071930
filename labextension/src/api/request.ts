import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import type { IWords } from '../ui/words';
import { aborted, AzmlError, late, offline, parsed, refusal, speak } from './errors';

export { AzmlError } from './errors';

/** Asks the server for something under `azml/api`, and throws nothing but AzmlError. */
export type Request = <T>(path: string, options?: IRequestOptions) => Promise<T>;

type Value = string | number | boolean | null | undefined;

export interface IRequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** A list is asked as several of that name; null and undefined are left out. */
  query?: Record<string, Value | readonly Value[]>;
  body?: unknown;
  signal?: AbortSignal;
  /** Seconds until it is given up; questions have a minute, what changes something has no end. */
  patience?: number;
}

/** The address of a job's part: names are one path segment whatever they contain. */
export const jobPath = (name: string, ...parts: string[]): string =>
  ['jobs', encodeURIComponent(name), ...parts].join('/');

export function requestThrough(settings: ServerConnection.ISettings, words: IWords): Request {
  speak(words.trans);
  return async <T>(path: string, options: IRequestOptions = {}): Promise<T> => {
    const { method = 'GET', body, signal } = options;
    const url = URLExt.join(settings.baseUrl, 'azml/api', path) + queryOf(options.query ?? {});
    const patience = options.patience ?? (method === 'GET' ? 60 : Infinity);
    const end = new Deadline(patience, signal);
    const init: RequestInit = {
      method,
      headers: { 'Accept-Language': words.locale },
      signal: end.signal,
      body: body === undefined ? undefined : JSON.stringify(body)
    };
    try {
      const response = await ServerConnection.makeRequest(url, init, settings);
      const text = await response.text();
      if (!response.ok) {
        throw refusal(text, response.status, response.statusText);
      }
      return parsed<T>(text);
    } catch (reason) {
      if (reason instanceof AzmlError) {
        throw reason;
      }
      throw signal?.aborted ? aborted() : end.isOver ? late(patience) : offline();
    } finally {
      end.forget();
    }
  };
}

function queryOf(asked: NonNullable<IRequestOptions['query']>): string {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(asked)) {
    for (const value of Array.isArray(values) ? values : [values]) {
      if (value !== null && value !== undefined) {
        query.append(name, String(value));
      }
    }
  }
  return query.size ? `?${query}` : '';
}

/** Ends a request when its time is over, or when whoever asked no longer wants it. */
class Deadline {
  isOver = false;

  constructor(
    patience: number,
    private asker?: AbortSignal
  ) {
    if (patience < Infinity) {
      this.timer = window.setTimeout(() => {
        this.isOver = true;
        this.control.abort();
      }, patience * 1000);
    }
    asker?.addEventListener('abort', this.stop);
    if (asker?.aborted) {
      this.stop();
    }
  }

  get signal(): AbortSignal {
    return this.control.signal;
  }

  forget(): void {
    window.clearTimeout(this.timer);
    this.asker?.removeEventListener('abort', this.stop);
  }

  private stop = (): void => this.control.abort();
  private control = new AbortController();
  private timer = 0;
}
