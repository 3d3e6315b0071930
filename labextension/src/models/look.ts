import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, Request } from '../api/request';
import type { File, Model, PageFile, PageModel } from '../api/types';
import type { ModelsModel } from './model';
import { modelName, modelPath } from './query';

const PAGE = 50;
const FILES = 200;

/** One model in the main area: its versions, one of which is looked at. */
export class ModelLook {
  readonly name: string;
  versions: readonly Model[] = [];
  /** The one that is looked at. */
  model: Model | null = null;
  error: AzmlError | null = null;
  /** Versions that are chosen to be compared. */
  readonly chosen = new Set<string>();
  folder = '';
  files: readonly File[] | null = null;
  filesError: AzmlError | null = null;
  isGone = false;

  constructor(
    private request: Request,
    private models: ModelsModel,
    reference: string
  ) {
    const { name, version } = modelName(reference);
    this.name = name;
    this.wanted = version;
    models.touched.connect(this.onTouched, this);
  }

  dispose(): void {
    this.models.touched.disconnect(this.onTouched, this);
    Signal.clearData(this);
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get hasMore(): boolean {
    return this.continuation !== null;
  }

  /** Throws AzmlError when there is nothing to show at all. */
  async load(): Promise<void> {
    const [page, model] = await Promise.all([
      this.page(null),
      this.request<Model>(modelPath(this.name, this.wanted))
    ]);
    this.versions = page.items;
    this.continuation = page.continuation;
    this.show(model);
  }

  /** After something was changed. A version that is gone gives way to the newest. */
  async refresh(): Promise<void> {
    try {
      await this.load();
      this.error = null;
    } catch (reason) {
      const error = AzmlError.of(reason);
      if (error.code === 'ModelNotFound' && this.wanted !== null) {
        this.wanted = null;
        await this.refresh();
        return;
      }
      this.isGone = error.code === 'ModelNotFound';
      this.error = error;
    }
    this._changed.emit();
  }

  async loadMore(): Promise<void> {
    if (typeof this.continuation === 'string' && !this.isLoadingMore) {
      this.isLoadingMore = true;
      try {
        const page = await this.page(this.continuation);
        const known = new Set(this.versions.map(each => each.version));
        this.versions = [...this.versions, ...page.items.filter(each => !known.has(each.version))];
        this.continuation = page.continuation;
      } catch (reason) {
        this.error = AzmlError.of(reason);
      }
      this.isLoadingMore = false;
      this._changed.emit();
    }
  }

  /** Looks at another version. */
  choose(version: string): void {
    const found = this.versions.find(each => each.version === version);
    if (found) {
      this.wanted = version;
      this.show(found);
      this._changed.emit();
    }
  }

  toggle(version: string): void {
    if (!this.chosen.delete(version)) {
      this.chosen.add(version);
    }
    this._changed.emit();
  }

  async openFolder(folder: string): Promise<void> {
    const { model } = this;
    if (!model) {
      return;
    }
    this.folder = folder;
    this.files = null;
    this.filesError = null;
    this._changed.emit();
    try {
      const query = { path: folder, limit: FILES };
      const page = await this.request<PageFile>(modelPath(model.name, model.version, 'files'), { query });
      if (this.model !== model || this.folder !== folder) {
        return;
      }
      const [only] = page.items;
      if (folder === '' && page.items.length === 1 && only.is_folder) {
        // What a model is kept in says nothing.
        await this.openFolder(only.path);
        return;
      }
      this.files = page.items;
    } catch (reason) {
      this.filesError = AzmlError.of(reason);
    }
    this._changed.emit();
  }

  private show(model: Model): void {
    if (this.model?.version !== model.version) {
      this.folder = '';
      this.files = null;
      this.filesError = null;
    }
    this.model = model;
  }

  private page(continuation: string | null): Promise<PageModel> {
    const query = { name: this.name, archived: 'all', limit: PAGE, continuation };
    return this.request<PageModel>('models', { query });
  }

  private onTouched(_: ModelsModel, name: string): void {
    if (name.toLowerCase() === this.name.toLowerCase()) {
      void this.refresh();
    }
  }

  private wanted: string | null;
  private continuation: string | null = null;
  private isLoadingMore = false;
  private _changed = new Signal<this, void>(this);
}
