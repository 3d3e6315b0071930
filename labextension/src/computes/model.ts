import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, Request } from '../api/request';
import type { Compute, ComputeSize, ComputeState, Node, Usage } from '../api/types';
import { IPage, readPages } from '../shell/pages';
import { Poll } from '../ui/poll';

const PAUSE = 5_000;
/** While something starts or stops. */
const SHORT_PAUSE = 1_500;

export type Verb = 'start' | 'stop' | 'restart';

/** The computes of the workspace: asked for while they are looked at, changed before the server has agreed. */
export class ComputesModel {
  computes: readonly Compute[] = [];
  readonly nodes = new Map<string, readonly Node[]>();
  readonly opened = new Set<string>();
  error: AzmlError | null = null;
  /** What was asked for and refused, until the next thing is asked for. */
  refusal: AzmlError | null = null;
  isRead = false;
  sizes: readonly ComputeSize[] = [];
  usage: readonly Usage[] = [];

  constructor(private request: Request) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  set isVisible(isVisible: boolean) {
    this.poll.isOn = isVisible;
  }

  get hasMore(): boolean {
    return this.continuation !== null;
  }

  async refresh(): Promise<void> {
    await this.read();
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
    if (!this.opened.delete(name)) {
      this.opened.add(name);
      void this.read();
    }
    this._changed.emit();
  }

  /** Shown as if it were so already; taken back when it is refused. */
  async act(verb: Verb, name: string): Promise<void> {
    const state: ComputeState = verb === 'start' ? 'Starting' : verb === 'stop' ? 'Stopping' : 'Starting';
    await this.change(
      this.computes.map(each => (each.name === name ? { ...each, state } : each)),
      () => this.request(place(name, verb), { method: 'POST' })
    );
  }

  async remove(name: string): Promise<void> {
    await this.change(
      this.computes.filter(each => each.name !== name),
      () => this.request(place(name), { method: 'DELETE' })
    );
  }

  async scale(compute: Compute, least: number, most: number): Promise<void> {
    const wanted = { ...compute, min_nodes: least, max_nodes: most };
    await this.change(
      this.computes.map(each => (each.name === compute.name ? wanted : each)),
      () => this.request(place(compute.name), { method: 'PUT', body: wanted })
    );
  }

  /** Throws what the server says, for the form to show. */
  async create(wanted: Partial<Compute>): Promise<Compute> {
    const made = await this.request<Compute>('computes', { method: 'POST', body: wanted });
    this.opened.add(made.name);
    await this.read();
    return made;
  }

  /** What a new one may be made of, and what is left of the quotas. Throws. */
  async readSizes(): Promise<void> {
    const [sizes, usage] = await Promise.all([
      this.request<IPage<ComputeSize>>('compute-sizes'),
      this.request<IPage<Usage>>('compute-usage')
    ]);
    this.sizes = sizes.items;
    this.usage = usage.items;
    this._changed.emit();
  }

  /** The user has read it. */
  dismiss(): void {
    this.refusal = null;
    this._changed.emit();
  }

  forget(): void {
    this.computes = [];
    this.nodes.clear();
    this.opened.clear();
    this.error = null;
    this.refusal = null;
    this.isRead = false;
    this.pages = 1;
    this.sizes = [];
    this.reads += 1;
    this._changed.emit();
    this.poll.now();
  }

  private async change(shown: readonly Compute[], ask: () => Promise<unknown>): Promise<void> {
    const before = this.computes;
    this.computes = shown;
    this.refusal = null;
    this.changing += 1;
    this.reads += 1;
    this._changed.emit();
    try {
      await ask();
    } catch (reason) {
      this.computes = before;
      this.refusal = AzmlError.of(reason);
      this._changed.emit();
    } finally {
      this.changing -= 1;
    }
    await this.read();
  }

  /** All pages that were asked for, and the nodes of those that are open. */
  private async read(): Promise<void> {
    const mine = ++this.reads;
    try {
      const { items: found, continuation } = await readPages<Compute>(this.request, 'computes', this.pages);
      const open = found.filter(each => this.opened.has(each.name));
      const nodes = await Promise.all(open.map(each => this.request<IPage<Node>>(place(each.name, 'nodes'))));
      // What the user changed meanwhile, and what was asked for since, is newer than this answer.
      if (mine === this.reads && this.changing === 0) {
        this.computes = found;
        this.continuation = continuation;
        open.forEach((each, i) => this.nodes.set(each.name, nodes[i].items));
      }
      this.error = null;
      this.isRead = true;
    } catch (reason) {
      if (mine === this.reads) {
        this.error = AzmlError.of(reason);
      }
    }
    this._changed.emit();
  }

  private poll = new Poll(async () => {
    await this.read();
    return this.computes.some(isMoving) ? SHORT_PAUSE : PAUSE;
  });
  private pages = 1;
  private continuation: string | null = null;
  private isLoadingMore = false;
  private changing = 0;
  private reads = 0;
  private _changed = new Signal<this, void>(this);
}

const place = (name: string, ...parts: string[]): string =>
  ['computes', encodeURIComponent(name), ...parts].join('/');

export const isMoving = (compute: Compute): boolean =>
  compute.state === 'Starting' || compute.state === 'Stopping';
