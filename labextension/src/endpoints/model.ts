import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, Request } from '../api/request';
import type {
  BatchEndpoint,
  OnlineEndpoint,
  PageBatchEndpoint,
  PageOnlineDeployment,
  PageOnlineEndpoint
} from '../api/types';
import { Poll } from '../ui/poll';
import { Health, healthOf } from './health';
import { batchPath, endpointPath } from './names';
import { isSettled } from './state';

const PAGE = 100;
/** Milliseconds between two looks, while something is on its way and else. */
const SOON = 2_000;
const LATER = 15_000;

/** One line of the list. */
export type Listed =
  | { kind: 'online'; key: string; name: string; online: OnlineEndpoint }
  | { kind: 'batch'; key: string; name: string; batch: BatchEndpoint };

/** Endpoints of both kinds, as far as somebody looks at them. */
export class EndpointsModel {
  error: AzmlError | null = null;
  isKnown = false;

  constructor(private request: Request) {
    this.poll = new Poll(() => this.look());
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get items(): readonly Listed[] {
    const words = this._filter.toLowerCase().split(/\s+/).filter(Boolean);
    return this.all.filter(each => words.every(word => each.name.toLowerCase().includes(word)));
  }

  get isEmpty(): boolean {
    return this.all.length === 0;
  }

  get filter(): string {
    return this._filter;
  }

  set filter(text: string) {
    this._filter = text;
    this._changed.emit();
  }

  set isVisible(isVisible: boolean) {
    this.poll.isOn = isVisible;
  }

  refresh(): void {
    this.poll.now();
  }

  forget(): void {
    this.online = [];
    this.batch = [];
    this.isKnown = false;
    this.error = null;
    this._changed.emit();
    this.poll.now();
  }

  /** Throws AzmlError, as all below. */
  async create(body: { name: string; auth_mode: string; description: string }): Promise<OnlineEndpoint> {
    const made = await this.request<OnlineEndpoint>('endpoints', { method: 'POST', body });
    this.poll.now();
    return made;
  }

  async createBatch(body: { name: string; description: string }): Promise<BatchEndpoint> {
    const made = await this.request<BatchEndpoint>('batch-endpoints', { method: 'POST', body });
    this.poll.now();
    return made;
  }

  /** It says at once that it leaves, and stays where the server refuses. */
  async remove(kind: Listed['kind'], name: string): Promise<void> {
    const before = this.online;
    this.online = before.map(each =>
      kind === 'online' && each.name === name ? { ...each, state: 'Deleting' } : each
    );
    this._changed.emit();
    try {
      await this.request(kind === 'online' ? endpointPath(name) : batchPath(name), { method: 'DELETE' });
    } catch (reason) {
      this.online = before;
      this._changed.emit();
      throw reason;
    }
    this.poll.now();
  }

  /** Whether anybody answers there; null where nobody has asked. */
  healthOf(name: string): Health | null {
    return this.healths.get(name) ?? null;
  }

  private async look(): Promise<number> {
    try {
      const [online, batch] = await Promise.all([
        this.pages<PageOnlineEndpoint>('endpoints'),
        this.pages<PageBatchEndpoint>('batch-endpoints')
      ]);
      this.online = online as OnlineEndpoint[];
      this.batch = batch as BatchEndpoint[];
      this.healths = await this.readHealths();
      this.isKnown = true;
      this.error = null;
    } catch (reason) {
      this.error = AzmlError.of(reason);
      this._changed.emit();
      throw reason;
    }
    this._changed.emit();
    return this.online.every(each => isSettled(each.state)) ? LATER : SOON;
  }

  /** Of those that nobody gets the traffic of: they may be new, or all that was deployed has failed. */
  private async readHealths(): Promise<Map<string, Health>> {
    const silent = this.online
      .filter(
        ({ state, traffic }) => state === 'Succeeded' && Object.values(traffic ?? {}).every(share => !share)
      )
      .slice(0, MOST_ASKED);
    const found = silent.map(async ({ name }): Promise<[string, Health] | null> => {
      try {
        const { items } = await this.request<PageOnlineDeployment>(endpointPath(name, 'deployments'));
        return [name, healthOf(items)];
      } catch {
        return null; // then it is shown as it says itself
      }
    });
    return new Map((await Promise.all(found)).filter(each => each !== null));
  }

  /** A workspace has few endpoints: Azure allows 100. */
  private async pages<Page extends { items: unknown[]; continuation: string | null }>(
    path: string
  ): Promise<Page['items']> {
    const found: Page['items'] = [];
    let continuation: string | null = null;
    do {
      const page: Page = await this.request<Page>(path, { query: { limit: PAGE, continuation } });
      found.push(...page.items);
      continuation = page.continuation;
    } while (continuation !== null && found.length < MOST);
    return found;
  }

  private get all(): readonly Listed[] {
    return [
      ...this.online.map((online): Listed => ({
        kind: 'online',
        key: `o:${online.name}`,
        name: online.name,
        online
      })),
      ...this.batch.map((batch): Listed => ({
        kind: 'batch',
        key: `b:${batch.name}`,
        name: batch.name,
        batch
      }))
    ];
  }

  private online: readonly OnlineEndpoint[] = [];
  private batch: readonly BatchEndpoint[] = [];
  private healths = new Map<string, Health>();
  private poll: Poll;
  private _filter = '';
  private _changed = new Signal<this, void>(this);
}

const MOST = 10_000;
/** Endpoints without traffic whose deployments are looked at. */
const MOST_ASKED = 10;
