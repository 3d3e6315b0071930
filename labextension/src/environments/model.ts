import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, Request } from '../api/request';
import type { Environment } from '../api/types';
import { IPage, readPages } from '../shell/pages';
import { Poll } from '../ui/poll';
import { Build, IBuildLog } from './build';

/** Versions of one that can be chosen. */
const VERSIONS = 100;
const PAUSE = 15_000;

export type Shelf = 'own' | 'curated' | 'archived';

/** What a form asks for: the texts of the files that a person has. */
export interface IEnvironmentRequest {
  name: string;
  description?: string;
  packages?: string[];
  requirements?: string;
  conda_file?: string;
}

/** One environment that is open: the version that is looked at, and which there are. */
export interface IOpenEnvironment {
  shown: Environment | null;
  versions: readonly Environment[];
  error: AzmlError | null;
}

/** The environments of the workspace: asked for while they are looked at. */
export class EnvironmentsModel {
  items: readonly Environment[] = [];
  readonly opened = new Map<string, IOpenEnvironment>();
  error: AzmlError | null = null;
  refusal: AzmlError | null = null;
  isRead = false;

  constructor(private request: Request) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  set isVisible(isVisible: boolean) {
    this._isVisible = isVisible;
    this.poll.isOn = isVisible;
    this.builds.forEach(build => (build.isVisible = isVisible));
  }

  get shelf(): Shelf {
    return this._shelf;
  }

  /** Own ones, those that Azure keeps up, or those put aside. */
  set shelf(shelf: Shelf) {
    if (shelf !== this._shelf) {
      this._shelf = shelf;
      this.empty();
    }
  }

  get hasMore(): boolean {
    return this.continuation !== null;
  }

  buildOf(environment: Environment): Build | undefined {
    return this.builds.get(keyOf(environment));
  }

  async refresh(): Promise<void> {
    await Promise.all([this.read(), ...[...this.opened.keys()].map(name => this.open(name))]);
  }

  async loadMore(): Promise<void> {
    if (this.continuation !== null && !this.isLoadingMore) {
      this.isLoadingMore = true;
      this.pages += 1;
      await this.read();
      this.isLoadingMore = false;
    }
  }

  toggle(name: string): void {
    if (this.opened.delete(name)) {
      this._changed.emit();
    } else {
      void this.open(name);
    }
  }

  /** Without a version the newest one. */
  async open(name: string, version?: string): Promise<void> {
    const before = this.opened.get(name);
    const wanted = version ?? before?.shown?.version ?? null;
    this.opened.set(name, before ?? { shown: null, versions: [], error: null });
    this._changed.emit();
    let after: IOpenEnvironment;
    const generation = this.generation;
    try {
      const ask = this.request<Environment>(place(name), { query: { version: wanted } });
      const versions =
        this.shelf === 'curated'
          ? Promise.resolve({ items: [] as Environment[] })
          : this.request<IPage<Environment>>('environments', {
              query: { name, limit: VERSIONS, archived: this.shelf === 'archived' ? 1 : null }
            });
      const [shown, page] = await Promise.all([ask, versions]);
      after = { shown, versions: page.items, error: null };
    } catch (reason) {
      after = { shown: null, versions: [], ...before, error: AzmlError.of(reason) };
    }
    if (generation !== this.generation || !this.opened.has(name)) {
      return; // closed meanwhile
    }
    this.opened.set(name, after);
    if (after.shown?.state === 'Building') {
      this.watch(after.shown);
    }
    this._changed.emit();
  }

  /** Throws what the server says, for the form to show. */
  async create(asked: IEnvironmentRequest): Promise<Environment> {
    const made = await this.request<Environment>('environments', { method: 'POST', body: asked });
    this._shelf = 'own';
    await this.read();
    await this.open(made.name, made.version);
    return made;
  }

  async build({ name, version }: Environment): Promise<void> {
    await this.tryTo(async () => {
      const query = { version };
      const begun = await this.request<Environment>(place(name, 'build'), { method: 'POST', query });
      this.watch(begun);
    });
  }

  /** Gone from the list at once; back when it is refused. */
  async archive(name: string, version?: string): Promise<void> {
    const before = this.items;
    if (!version) {
      this.items = before.filter(each => each.name !== name);
      this._changed.emit();
    }
    const isDone = await this.tryTo(() =>
      this.request(place(name, 'archive'), { method: 'POST', query: { version } })
    );
    if (isDone) {
      this.opened.delete(name);
    } else {
      this.items = before;
    }
    await this.read();
  }

  async restore(name: string): Promise<void> {
    if (await this.tryTo(() => this.request(place(name, 'restore'), { method: 'POST' }))) {
      this.opened.delete(name);
    }
    await this.read();
  }

  /** The user has read it. */
  dismiss(): void {
    this.refusal = null;
    this._changed.emit();
  }

  forget(): void {
    this.builds.forEach(build => (build.isVisible = false));
    this.builds.clear();
    this.refusal = null;
    this.empty();
  }

  private empty(): void {
    this.items = [];
    this.opened.clear();
    this.isRead = false;
    this.error = null;
    this.pages = 1;
    this.continuation = null;
    this.generation += 1;
    this._changed.emit();
    if (this._isVisible) {
      void this.read();
    }
  }

  private watch(environment: Environment): void {
    const key = keyOf(environment);
    const { name, version } = environment;
    const build = new Build(offset =>
      this.request<IBuildLog>(place(name, 'build'), { query: { version, offset } })
    );
    build.changed.connect(() => this._changed.emit());
    build.ended.connect(() => {
      void this.read();
      if (this.opened.has(name)) {
        void this.open(name, version);
      }
    });
    this.builds.get(key)?.dispose();
    this.builds.set(key, build);
    build.isVisible = this._isVisible;
  }

  private async tryTo(act: () => Promise<unknown>): Promise<boolean> {
    this.refusal = null;
    try {
      await act();
    } catch (reason) {
      this.refusal = AzmlError.of(reason);
    }
    this._changed.emit();
    return this.refusal === null;
  }

  private async read(): Promise<void> {
    const generation = this.generation;
    try {
      const found = await readPages<Environment>(this.request, 'environments', this.pages, {
        curated: this.shelf === 'curated' ? 1 : null,
        archived: this.shelf === 'archived' ? 1 : null
      });
      if (generation === this.generation) {
        this.items = found.items;
        this.continuation = found.continuation;
        this.isRead = true;
        this.error = null;
      }
    } catch (reason) {
      this.error = AzmlError.of(reason);
    }
    this._changed.emit();
  }

  private poll = new Poll(async () => {
    await this.read();
    return PAUSE;
  });
  private builds = new Map<string, Build>();
  private pages = 1;
  private continuation: string | null = null;
  private isLoadingMore = false;
  /** What was asked for another shelf or workspace is dropped when it comes. */
  private generation = 0;
  private _isVisible = false;
  private _shelf: Shelf = 'own';
  private _changed = new Signal<this, void>(this);
}

const keyOf = ({ name, version }: Environment): string => `${name.toLowerCase()}:${version}`;

const place = (name: string, ...parts: string[]): string =>
  ['environments', encodeURIComponent(name), ...parts].join('/');
