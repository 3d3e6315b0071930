import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError } from '../api/errors';
import type { Request } from '../api/request';
import type { Alert, AlertChange, AlertRule, AlertTrial, PageAlert, PageAlertChange } from '../api/types';
import { Poll } from '../ui/poll';
import { endpointPath } from './names';

const PAUSE = 5_000;

/** The rules that watch an endpoint, how each stands and what became of them, read while somebody looks. */
export class AlertsLook {
  alerts: readonly Alert[] | null = null;
  history: readonly AlertChange[] = [];
  error: AzmlError | null = null;

  constructor(
    private request: Request,
    readonly endpoint: string
  ) {
    this.poll = new Poll(() => this.read());
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  setVisible(isVisible: boolean): void {
    this.poll.isOn = isVisible;
  }

  dispose(): void {
    this.poll.isOn = false;
    Signal.clearData(this);
  }

  /** Throws AzmlError, as all below. */
  async keep(rule: Omit<AlertRule, 'created'>, signal?: AbortSignal): Promise<Alert> {
    const made = await this.request<Alert>('alerts', { method: 'POST', body: rule, signal });
    this.poll.now();
    return made;
  }

  try(rule: Omit<AlertRule, 'created'>, tell: boolean): Promise<AlertTrial> {
    return this.request<AlertTrial>('alerts/try', { method: 'POST', body: { rule, tell } });
  }

  /** It leaves the list at once, and comes back where the server refuses. */
  async remove(name: string): Promise<void> {
    const before = this.alerts;
    this.alerts = before?.filter(each => each.rule.name !== name) ?? null;
    this._changed.emit();
    try {
      await this.request(endpointPath(this.endpoint, 'alerts', name), { method: 'DELETE' });
    } catch (reason) {
      this.alerts = before;
      this._changed.emit();
      throw reason;
    }
    this.poll.now();
  }

  private async read(): Promise<number> {
    try {
      const [alerts, history] = await Promise.all([
        this.request<PageAlert>('alerts', { query: { endpoint: this.endpoint, limit: 1000 } }),
        this.request<PageAlertChange>(endpointPath(this.endpoint, 'alerts', 'history'), {
          query: { limit: 100 }
        })
      ]);
      this.alerts = alerts.items;
      this.history = history.items;
      this.error = null;
    } catch (reason) {
      this.error = AzmlError.of(reason);
    }
    this._changed.emit();
    return PAUSE;
  }

  private poll: Poll;
  private _changed = new Signal<this, void>(this);
}
