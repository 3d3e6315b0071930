import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, Request } from '../api/request';
import type { Model, PageModel } from '../api/types';
import { IModelQuery, modelPath, queryOf } from './query';

const PAGE = 50;
/** Milliseconds after the last key. */
const TYPING = 250;

/** The models of the workspace, each by its newest version, as far as somebody looks at them. */
export class ModelsModel {
  items: readonly Model[] = [];
  error: AzmlError | null = null;
  isLoading = false;

  constructor(private request: Request) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The model of this name was changed from here: whoever shows it looks again. */
  get touched(): ISignal<this, string> {
    return this._touched;
  }

  get isKnown(): boolean {
    return this.continuation !== undefined;
  }

  get hasMore(): boolean {
    return typeof this.continuation === 'string';
  }

  get filter(): string {
    return this._filter;
  }

  set filter(text: string) {
    this._filter = text;
    this._changed.emit();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.refresh(), TYPING);
  }

  get archived(): IModelQuery['archived'] {
    return this._archived;
  }

  set archived(archived: IModelQuery['archived']) {
    this._archived = archived;
    void this.refresh();
  }

  set isVisible(isVisible: boolean) {
    this._isVisible = isVisible;
    if (isVisible) {
      void this.refresh();
    }
  }

  async refresh(): Promise<void> {
    await this.load(null);
  }

  async loadMore(): Promise<void> {
    if (!this.isLoading && this.hasMore) {
      await this.load(this.continuation as string);
    }
  }

  forget(): void {
    this.asked += 1;
    this.items = [];
    this.continuation = undefined;
    this.error = null;
    this._filter = '';
    this._changed.emit();
    if (this._isVisible) {
      void this.refresh();
    }
  }

  /** Throws AzmlError, as all below. */
  async register(body: Record<string, unknown>, signal?: AbortSignal): Promise<Model> {
    const made = await this.request<Model>('models', { method: 'POST', body, signal });
    this.touch(made.name);
    return made;
  }

  async change(name: string, version: string, body: Record<string, unknown>): Promise<Model> {
    const changed = await this.request<Model>(modelPath(name, version), { method: 'PATCH', body });
    this.touch(name);
    return changed;
  }

  async setAlias(name: string, alias: string, version: string): Promise<void> {
    await this.request(modelPath(name, null, 'aliases', alias), { method: 'PUT', body: { version } });
    this.touch(name);
  }

  async deleteAlias(name: string, alias: string): Promise<void> {
    await this.request(modelPath(name, null, 'aliases', alias), { method: 'DELETE' });
    this.touch(name);
  }

  /** A version, or the whole model. It leaves the list at once, and comes back where the server refuses. */
  async archive(name: string, version: string | null, isRestored = false): Promise<void> {
    const before = this.items;
    if (version === null && this._archived === (isRestored ? 'archived' : 'active')) {
      this.items = before.filter(each => each.name !== name);
      this._changed.emit();
    }
    try {
      await this.request(modelPath(name, version, isRestored ? 'restore' : 'archive'), { method: 'POST' });
    } catch (reason) {
      this.items = before;
      this._changed.emit();
      throw reason;
    }
    this.touch(name);
  }

  async remove(name: string, version: string | null): Promise<void> {
    await this.request(modelPath(name, version), { method: 'DELETE' });
    this.touch(name);
  }

  private touch(name: string): void {
    this._touched.emit(name);
    if (this.isKnown) {
      void this.refresh();
    }
  }

  private async load(continuation: string | null): Promise<void> {
    const asked = ++this.asked;
    this.isLoading = true;
    this._changed.emit();
    try {
      const query = { limit: PAGE, continuation, ...queryOf(this._filter, this._archived) };
      const page = await this.request<PageModel>('models', { query });
      // Meanwhile something else may have been asked for.
      if (asked !== this.asked) {
        return;
      }
      const known = new Set(continuation === null ? [] : this.items.map(each => each.name));
      const before = continuation === null ? [] : this.items;
      this.items = [...before, ...page.items.filter(each => !known.has(each.name))];
      this.continuation = page.continuation;
      this.error = null;
    } catch (reason) {
      if (asked !== this.asked) {
        return;
      }
      this.error = AzmlError.of(reason);
    }
    this.isLoading = false;
    this._changed.emit();
  }

  private continuation: string | null | undefined = undefined;
  private asked = 0;
  private timer = 0;
  private _filter = '';
  private _archived: IModelQuery['archived'] = 'active';
  private _isVisible = false;
  private _changed = new Signal<this, void>(this);
  private _touched = new Signal<this, string>(this);
}
