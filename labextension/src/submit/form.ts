import type { TranslationBundle } from '@jupyterlab/translation';
import type { Request } from '../api/request';
import type {
  Compute,
  DataAsset,
  Environment,
  Experiment,
  NotebookParameters,
  Parameter,
  Snapshot
} from '../api/types';
import { Asked } from '../job/asked';
import type { ISubmission } from '../jobs/model';
import { Pairs, valuesOf } from '../ui/pairsfield';
import { commandLine, IAsked } from './command';

/** What a choice of an earlier time may bring along. */
export interface IChoices {
  compute?: string;
  experiment?: string;
  environment?: string;
  displayName?: string;
  description?: string;
  texts?: Record<string, string>;
  inputs?: Record<string, string>;
  tags?: Record<string, string>;
  retries?: number;
  timeout?: number | null;
  priority?: Priority;
}

type Priority = 'low' | 'medium' | 'high';

/** A notebook that has changes which no file has. */
export interface IUnsaved {
  /** Sources and metadata, without outputs. */
  notebook: unknown;
}

interface IList<T> {
  items: T[];
}

/** Most that a list of the form offers. */
const OFFERED = 200;

/** What a user fills in before a notebook runs. */
export class FormModel {
  readonly parameters: Asked<NotebookParameters>;
  readonly computes: Asked<IList<Compute>>;
  readonly experiments: Asked<IList<Experiment>>;
  readonly environments: Asked<IList<Environment>>;
  readonly assets: Asked<IList<DataAsset>>;
  readonly snapshot: Asked<Snapshot>;
  /** By parameter, what was typed; one that is as in the notebook is not among them. */
  readonly texts = new Map<string, string>();
  /** Parameters that the notebook does not declare. */
  extra: Pairs = [];
  inputs: Pairs = [];
  tags: Pairs = [];
  compute: string;
  experiment: string;
  environment: string;
  displayName: string;
  description: string;
  timeout: number | null;
  retries: number;
  priority: Priority;

  constructor(
    request: Request,
    readonly path: string,
    unsaved: IUnsaved | null,
    choices: IChoices,
    private trans: TranslationBundle
  ) {
    const query = { path };
    this.parameters = new Asked(() =>
      unsaved
        ? request('notebooks/parameters', { method: 'POST', body: { path, ...unsaved } })
        : request('notebooks/parameters', { query })
    );
    const list = <T>(what: string) => new Asked<IList<T>>(() => request(what, { query: { limit: OFFERED } }));
    this.computes = list('computes');
    this.experiments = list('experiments');
    this.environments = list('environments');
    this.assets = list('data');
    this.snapshot = new Asked(() => request('notebooks/snapshot', { query }));
    this.compute = choices.compute ?? '';
    this.experiment = choices.experiment ?? '';
    this.environment = choices.environment ?? '';
    this.displayName = choices.displayName ?? '';
    this.description = choices.description ?? '';
    this.timeout = choices.timeout ?? null;
    this.retries = choices.retries ?? 0;
    this.priority = choices.priority ?? 'medium';
    this.inputs = Object.entries(choices.inputs ?? {});
    this.tags = Object.entries(choices.tags ?? {});
    this.given = choices.texts ?? {};
  }

  /** Reads all that the form offers. */
  open(): void {
    const { parameters, computes, experiments, environments, assets, snapshot } = this;
    [parameters, computes, experiments, environments, assets, snapshot].forEach(each => each.open());
    parameters.changed.connect(this.takeGiven, this);
    computes.changed.connect(this.settleCompute, this);
    this.takeGiven();
    this.settleCompute();
  }

  /** What a field shows: what was typed, else the notebook's own value. */
  textOf(parameter: Parameter): string {
    return this.texts.get(parameter.name) ?? defaultText(parameter);
  }

  setText(parameter: Parameter, text: string): void {
    if (text === defaultText(parameter)) {
      this.texts.delete(parameter.name);
    } else {
      this.texts.set(parameter.name, text);
    }
  }

  /** What is plainly wrong with it; what only the server can tell is told when it is sent. */
  faultOf(parameter: Parameter): string | null {
    const text = this.texts.get(parameter.name)?.trim();
    if (text === undefined || text === 'None') {
      return null;
    }
    if (parameter.type === 'int' && !/^[+-]?\d[\d_]*$/.test(text)) {
      return this.trans.__('This is to be a whole number.');
    }
    if (parameter.type === 'float' && !isFloat(text)) {
      return this.trans.__('This is to be a number.');
    }
    if (parameter.type === 'list' && !/^[[(]/.test(text)) {
      return this.trans.__('This is to be a list: %1', '[1, 2]');
    }
    if (parameter.type === 'dict' && !/^\{/.test(text)) {
      return this.trans.__('This is to be a dictionary: %1', '{"a": 1}');
    }
    return null;
  }

  get fault(): string | null {
    const wrong = this.parameters.value?.parameters.find(each => this.faultOf(each) !== null);
    if (wrong) {
      return `${wrong.name}: ${this.faultOf(wrong)}`;
    }
    const unnamed = [...this.inputs, ...this.extra].find(([name, value]) => !name.trim() && value.trim());
    if (unnamed) {
      return this.trans.__('%1 has no name.', unnamed[1]);
    }
    const empty = this.inputs.find(([name, path]) => name.trim() && !path.trim());
    return empty ? this.trans.__('The input %1 names no data.', empty[0]) : null;
  }

  get asked(): IAsked {
    const hidden = new Set(
      this.parameters.value?.parameters.filter(each => each.is_secret).map(each => each.name) ?? []
    );
    return {
      path: this.path,
      texts: { ...Object.fromEntries(this.texts), ...valuesOf(this.extra) },
      hidden,
      inputs: valuesOf(this.inputs),
      compute: this.compute,
      experiment: this.experiment.trim(),
      displayName: this.displayName.trim(),
      environment: this.environment,
      description: this.description.trim(),
      tags: valuesOf(this.tags),
      timeout: this.timeout,
      retries: this.retries,
      priority: this.priority
    };
  }

  get line(): string {
    return commandLine(this.asked);
  }

  get submission(): ISubmission {
    const { asked } = this;
    return {
      path: asked.path,
      texts: asked.texts,
      inputs: asked.inputs,
      compute: asked.compute || undefined,
      experiment: asked.experiment || undefined,
      display_name: asked.displayName || undefined,
      environment: asked.environment || undefined,
      description: asked.description || undefined,
      tags: asked.tags,
      timeout: asked.timeout ? asked.timeout * 60 : undefined,
      retries: asked.retries,
      priority: this.priority
    };
  }

  /** Names of data that an input may be. */
  get dataNames(): string[] {
    return (this.assets.value?.items ?? []).map(asset => `azureml:${asset.name}:${asset.version}`);
  }

  /** Of a job that is run again: what the notebook declares goes into its field, the rest below. */
  private takeGiven(): void {
    const { value, error } = this.parameters;
    if ((!value && !error) || this.isTaken) {
      return;
    }
    this.isTaken = true;
    const declared = new Map(value?.parameters.map(each => [each.name, each]));
    for (const [name, text] of Object.entries(this.given)) {
      const parameter = declared.get(name);
      if (parameter) {
        this.setText(parameter, text);
      } else {
        this.extra = [...this.extra, [name, text]];
      }
    }
  }

  /** In Azure no machine is there unasked: then it is the first one, and one that is gone is not asked for. */
  private settleCompute(): void {
    const names = (this.computes.value?.items ?? []).map(each => each.name);
    const wanted = this.compute || 'local';
    if (names.length > 0 && names.length < OFFERED && !names.includes(wanted)) {
      this.compute = names.includes('local') ? '' : names[0];
    }
  }

  private given: Record<string, string>;
  private isTaken = false;
}

/** As somebody would type it: text without its quotes, True and False as Python has them. */
export function defaultText({ type, value, default: written }: Parameter): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'string' && type === 'str') {
    return value;
  }
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  return written;
}

export const isBool = (parameter: Parameter): boolean => parameter.type === 'bool';

/** As Python reads one. */
const isFloat = (text: string): boolean =>
  /^[+-]?((\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(e[+-]?\d+)?|inf(inity)?|nan)$/i.test(text);
