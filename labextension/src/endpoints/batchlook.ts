import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError } from '../api/errors';
import type { Request } from '../api/request';
import type { BatchDeployment, BatchEndpoint, Job, PageBatchDeployment, PageJob } from '../api/types';
import { Poll } from '../ui/poll';
import { isTerminal } from '../ui/status';
import { batchPath } from './names';

const SOON = 2_000;
const LATER = 15_000;

/** One batch endpoint in the main area: its deployments and the jobs that scored for it. */
export class BatchLook {
  endpoint: BatchEndpoint | null = null;
  deployments: readonly BatchDeployment[] = [];
  jobs: readonly Job[] = [];
  error: AzmlError | null = null;
  isGone = false;

  constructor(
    readonly request: Request,
    readonly name: string
  ) {
    this.poll = new Poll(() => this.look());
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  setVisible(isVisible: boolean): void {
    this.poll.isOn = isVisible && !this.isGone;
  }

  dispose(): void {
    this.poll.isOn = false;
    Signal.clearData(this);
  }

  /** Throws AzmlError, as all below. */
  async load(): Promise<void> {
    const [endpoint, deployments, jobs] = await Promise.all([
      this.request<BatchEndpoint>(batchPath(this.name)),
      this.request<PageBatchDeployment>(batchPath(this.name, 'deployments'), { query: { limit: 1000 } }),
      this.request<PageJob>('jobs', { query: { tag: `batch_endpoint=${this.name}`, limit: 20 } })
    ]);
    this.endpoint = endpoint;
    this.deployments = deployments.items;
    this.jobs = jobs.items;
    this.error = null;
  }

  async invoke(body: Record<string, unknown>, signal?: AbortSignal): Promise<Job> {
    const job = await this.request<Job>(batchPath(this.name, 'invoke'), { method: 'POST', body, signal });
    this.poll.now();
    return job;
  }

  async setDefault(name: string): Promise<void> {
    const before = this.endpoint!;
    this.endpoint = { ...before, default_deployment: name };
    this._changed.emit();
    try {
      this.endpoint = await this.request<BatchEndpoint>(batchPath(this.name), {
        method: 'PATCH',
        body: { default_deployment: name }
      });
    } catch (reason) {
      this.endpoint = before;
      this._changed.emit();
      throw reason;
    }
    this._changed.emit();
  }

  async removeDeployment(name: string): Promise<void> {
    await this.request(batchPath(this.name, 'deployments', name), { method: 'DELETE' });
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
    return this.jobs.every(job => isTerminal(job.status)) ? LATER : SOON;
  }

  private poll: Poll;
  private _changed = new Signal<this, void>(this);
}
