import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError } from '../api/errors';
import type { Request } from '../api/request';
import type { DriftReport, PageDataAsset } from '../api/types';
import type { Window } from './metrics';
import { endpointPath } from './names';

/** What was collected beside a data asset. It takes a while, so that it is asked for, never polled. */
export class DriftLook {
  report: DriftReport | null = null;
  error: AzmlError | null = null;
  isBusy = false;
  baseline = '';
  predictionColumn = '';
  window: Window = 86_400;
  deployment = '';
  assets: readonly string[] = [];

  constructor(
    private request: Request,
    readonly endpoint: string
  ) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  set(change: Partial<Pick<DriftLook, 'baseline' | 'predictionColumn' | 'window' | 'deployment'>>): void {
    Object.assign(this, change);
    this._changed.emit();
  }

  /** Names that may be meant; without them, one has to be typed. */
  async readAssets(): Promise<void> {
    try {
      const page = await this.request<PageDataAsset>('data', { query: { limit: 200 } });
      this.assets = page.items.map(each => `azureml:${each.name}:${each.version}`);
      this._changed.emit();
    } catch {
      // then one has to be typed
    }
  }

  async compare(): Promise<void> {
    const asked = ++this.asked;
    this.isBusy = true;
    this.error = null;
    this._changed.emit();
    try {
      const report = await this.request<DriftReport>(endpointPath(this.endpoint, 'drift'), {
        query: {
          baseline: this.baseline.trim(),
          window: this.window,
          deployment: this.deployment || null,
          prediction_column: this.predictionColumn.trim() || null
        },
        patience: 600
      });
      if (asked === this.asked) {
        this.report = report;
      }
    } catch (reason) {
      if (asked === this.asked) {
        this.report = null;
        this.error = AzmlError.of(reason);
      }
    }
    if (asked === this.asked) {
      this.isBusy = false;
      this._changed.emit();
    }
  }

  private asked = 0;
  private _changed = new Signal<this, void>(this);
}
