import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, Request } from '../api/request';
import type { OnlineDeployment, OnlineEndpoint, PageOnlineDeployment } from '../api/types';
import { Poll } from '../ui/poll';
import { endpointPath } from './names';
import { isSettled } from './state';
import { areSame, Shares } from './traffic';

const SOON = 1_500;
const LATER = 10_000;

/** One endpoint in the main area, with its deployments. It looks while somebody sees it. */
export class EndpointLook {
  endpoint: OnlineEndpoint | null = null;
  deployments: readonly OnlineDeployment[] = [];
  error: AzmlError | null = null;
  isGone = false;
  isVisible = false;

  constructor(
    readonly request: Request,
    readonly name: string
  ) {
    this.poll = new Poll(() => this.look());
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** It was changed from here: lists that show it look again. */
  get touched(): ISignal<this, void> {
    return this._touched;
  }

  setVisible(isVisible: boolean): void {
    this.isVisible = isVisible;
    // The first look is load()'s.
    this.poll.isOn = isVisible && !this.isGone;
    this._changed.emit();
  }

  dispose(): void {
    this.poll.isOn = false;
    Signal.clearData(this);
  }

  /** Throws AzmlError. */
  async load(): Promise<void> {
    const [endpoint, page] = await Promise.all([
      this.request<OnlineEndpoint>(endpointPath(this.name)),
      this.request<PageOnlineDeployment>(endpointPath(this.name, 'deployments'), { query: { limit: 1000 } })
    ]);
    this.endpoint = endpoint;
    this.deployments = page.items;
    this.error = null;
  }

  refresh(): void {
    this.poll.now();
  }

  /** What each gets now; those that get nothing stand in it too. */
  get traffic(): Shares {
    return this.sharesOf(this.endpoint?.traffic ?? {});
  }

  get mirror(): Shares {
    return this.sharesOf(this.endpoint?.mirror_traffic ?? {});
  }

  /** Shown at once; what was before comes back where the server refuses. Throws AzmlError, as all below. */
  async setTraffic(traffic: Shares, mirror: Shares): Promise<void> {
    const before = this.endpoint!;
    if (areSame(traffic, this.traffic) && areSame(mirror, this.mirror)) {
      return;
    }
    const body = { traffic: withoutNothing(traffic), mirror_traffic: withoutNothing(mirror) };
    this.endpoint = { ...before, ...body };
    this._changed.emit();
    try {
      this.endpoint = await this.request<OnlineEndpoint>(endpointPath(this.name), { method: 'PATCH', body });
    } catch (reason) {
      this.endpoint = before;
      this._changed.emit();
      throw reason;
    }
    this._changed.emit();
    this._touched.emit();
  }

  async describe(description: string, tags: Record<string, string>): Promise<void> {
    this.endpoint = await this.request<OnlineEndpoint>(endpointPath(this.name), {
      method: 'PATCH',
      body: { description, tags }
    });
    this._changed.emit();
  }

  async changeDeployment(name: string, body: { instance_count?: number; collect?: boolean }): Promise<void> {
    const before = this.deployments.find(each => each.name === name);
    const replace = (change: (deployment: OnlineDeployment) => OnlineDeployment) => {
      this.deployments = this.deployments.map(each => (each.name === name ? change(each) : each));
      this._changed.emit();
    };
    // Shown at once; what was before comes back where the server refuses.
    replace(each => ({ ...each, ...asked(body, each) }));
    try {
      const changed = await this.request<OnlineDeployment>(endpointPath(this.name, 'deployments', name), {
        method: 'PATCH',
        body
      });
      replace(() => changed);
    } catch (reason) {
      replace(each => before ?? each);
      throw reason;
    }
    this.poll.now();
  }

  /** It says at once that it leaves. */
  async removeDeployment(name: string): Promise<void> {
    const before = this.deployments;
    this.deployments = before.map(each => (each.name === name ? { ...each, state: 'Deleting' } : each));
    this._changed.emit();
    try {
      await this.request(endpointPath(this.name, 'deployments', name), { method: 'DELETE' });
    } catch (reason) {
      this.deployments = before;
      this._changed.emit();
      throw reason;
    }
    this.poll.now();
  }

  private async look(): Promise<number> {
    try {
      await this.load();
    } catch (reason) {
      const error = AzmlError.of(reason);
      this.isGone = error.code === 'EndpointNotFound';
      this.error = error;
      if (this.isGone) {
        this.poll.isOn = false;
      }
    }
    this._changed.emit();
    const settled = [this.endpoint?.state ?? 'Succeeded', ...this.deployments.map(each => each.state)];
    return this.error === null && settled.every(isSettled) ? LATER : SOON;
  }

  private sharesOf(said: Shares): Shares {
    const given = Object.fromEntries(
      Object.entries(said).map(([name, share]) => [name.toLowerCase(), share])
    );
    return Object.fromEntries(this.deployments.map(({ name }) => [name, given[name.toLowerCase()] ?? 0]));
  }

  private poll: Poll;
  private _touched = new Signal<this, void>(this);
  private _changed = new Signal<this, void>(this);
}

function asked(
  { instance_count, collect }: { instance_count?: number; collect?: boolean },
  { data_collector }: OnlineDeployment
): Partial<OnlineDeployment> {
  return {
    ...(instance_count === undefined ? {} : { instance_count }),
    ...(collect === undefined ? {} : { data_collector: collect ? (data_collector ?? COLLECTING) : null })
  };
}

/** Until the server says what is collected. */
const COLLECTING: OnlineDeployment['data_collector'] = {
  collections: {},
  sampling_rate: 1,
  rolling_rate: 'hour',
  capture_headers: []
};

const withoutNothing = (shares: Shares): Shares =>
  Object.fromEntries(Object.entries(shares).filter(([, share]) => share > 0));
