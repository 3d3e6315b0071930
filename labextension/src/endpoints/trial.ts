import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import { ISignal, Signal } from '@lumino/signaling';
import { aborted, AzmlError, offline, refusal } from '../api/errors';
import type { Request } from '../api/request';
import type { Model, Preview } from '../api/types';
import { exampleFrom, exampleOf } from '../models/signature';
import { modelName, modelPath } from '../models/query';
import { placeOf } from '../models/place';
import { indented, jsonFault } from '../ui/json';
import { endpointPath } from './names';

export interface IAnswer {
  status: number;
  /** As it came; JSON is indented. */
  text: string;
  isCut: boolean;
  deployment: string;
  /** From sending to the whole answer, as this page saw it. */
  milliseconds: number;
  /** What the endpoint itself took, where the server told. */
  served: number | null;
}

/** Characters of an answer that are shown. */
const MOST = 200_000;

/** A request that is tried on an endpoint: what is typed, and what came back. */
export class Trial {
  body = EMPTY;
  /** "": whoever the traffic goes to. */
  deployment = '';
  answer: IAnswer | null = null;
  error: AzmlError | null = null;
  isBusy = false;
  /** Where the example came from. */
  origin: 'none' | 'signature' | 'example' = 'none';

  constructor(
    private request: Request,
    private settings: ServerConnection.ISettings,
    readonly endpoint: string,
    private locale: string
  ) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Why it cannot be sent as JSON; null when it can. */
  get fault(): { message: string; line: number | null } | null {
    return jsonFault(this.body);
  }

  set(change: Partial<Pick<Trial, 'body' | 'deployment'>>): void {
    Object.assign(this, change);
    this.isTouched ||= change.body !== undefined;
    this._changed.emit();
  }

  format(): void {
    if (!this.fault) {
      this.set({ body: indented(this.body) });
    }
  }

  /** Begins with what the model takes, unless something was typed. Says nothing when that cannot be had. */
  async suggest(reference: string, isWanted = false): Promise<void> {
    if ((this.isTouched && !isWanted) || (this.suggested === reference && !isWanted)) {
      return;
    }
    this.suggested = reference;
    try {
      const { name, version } = modelName(reference);
      const model = await this.request<Model>(modelPath(name, version));
      const kept = model.input_example ? await this.exampleIn(model) : null;
      const found = kept ?? exampleOf(model);
      if (found && (isWanted || !this.isTouched)) {
        this.body = found;
        this.origin = kept ? 'example' : 'signature';
        this._changed.emit();
      }
    } catch {
      // then nobody knows what it takes
    }
  }

  async send(): Promise<void> {
    this.control?.abort();
    const control = (this.control = new AbortController());
    this.isBusy = true;
    this.error = null;
    this._changed.emit();
    try {
      const answer = await this.ask(control.signal);
      if (this.control === control) {
        this.answer = answer;
      }
    } catch (reason) {
      if (this.control === control) {
        const error = AzmlError.of(reason);
        this.answer = null;
        this.error = error.isAborted ? null : error;
      }
    }
    if (this.control === control) {
      this.isBusy = false;
      this._changed.emit();
    }
  }

  cancel(): void {
    this.control?.abort();
  }

  private async ask(signal: AbortSignal): Promise<IAnswer> {
    const query = this.deployment ? `?${new URLSearchParams({ deployment: this.deployment })}` : '';
    const url = URLExt.join(this.settings.baseUrl, 'azml/api', endpointPath(this.endpoint, 'score')) + query;
    const headers = { 'Accept-Language': this.locale, 'Content-Type': 'application/json' };
    const started = performance.now();
    let response: Response;
    let text: string;
    try {
      response = await ServerConnection.makeRequest(
        url,
        { method: 'POST', headers, body: this.body, signal },
        this.settings
      );
      text = await response.text();
    } catch {
      throw signal.aborted ? aborted() : offline();
    }
    const milliseconds = performance.now() - started;
    const deployment = response.headers.get('azureml-model-deployment') ?? '';
    // What the model answered is shown as it is; what our own server refuses says what to do.
    if (!response.ok && isRefusal(text)) {
      throw refusal(text, response.status, response.statusText);
    }
    const served = Number(response.headers.get('azml-seconds') ?? NaN);
    return {
      status: response.status,
      ...shown(text),
      deployment,
      milliseconds,
      served: Number.isFinite(served) ? served * 1000 : null
    };
  }

  private async exampleIn(model: Model): Promise<string | null> {
    const preview = await this.request<Preview>('preview', {
      query: { path: placeOf(model, model.input_example), rows: 1 }
    });
    return preview.kind === 'text' && !preview.is_text_cut ? exampleFrom(preview.text) : null;
  }

  private isTouched = false;
  private suggested = '';
  private control: AbortController | null = null;
  private _changed = new Signal<this, void>(this);
}

const EMPTY = '{\n  "input_data": {\n    "columns": [],\n    "data": []\n  }\n}';

function shown(text: string): { text: string; isCut: boolean } {
  let told = text;
  try {
    told = indented(text);
  } catch {
    // as it is
  }
  return { text: told.slice(0, MOST), isCut: told.length > MOST };
}

function isRefusal(text: string): boolean {
  try {
    return typeof JSON.parse(text).hint === 'string';
  } catch {
    return false;
  }
}
