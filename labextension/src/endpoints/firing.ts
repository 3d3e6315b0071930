import { Notification } from '@jupyterlab/apputils';
import type { IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';
import type { Stream } from '../api/stream';
import type { Alert } from '../api/types';
import type { IWords } from '../ui/words';

const keyOf = ({ rule }: Alert): string => `${rule.endpoint}/${rule.name}`.toLowerCase();

/** The alerts of the workspace that fire, as the page's socket tells them. */
export class Firing implements IDisposable {
  alerts: readonly Alert[] = [];

  constructor(private stream: Pick<Stream, 'alerts'>) {}

  /** From now on. Who has never looked at a workspace is not to get one by opening JupyterLab. */
  listen(): void {
    this.listening ??= this.stream.alerts(alerts => this.take(alerts));
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** What began to fire, and what no longer does, since it was told last; not what fired before the page was opened. */
  get turned(): ISignal<this, { began: Alert[]; ended: Alert[] }> {
    return this._turned;
  }

  get isDisposed(): boolean {
    return this.listening?.isDisposed ?? false;
  }

  of(endpoint: string): readonly Alert[] {
    return this.alerts.filter(alert => alert.rule.endpoint === endpoint);
  }

  /** Another workspace is attached: what fires there is told, and is no news. */
  forget(): void {
    this.isKnown = false;
    this.alerts = [];
    this._changed.emit();
  }

  dispose(): void {
    this.listening?.dispose();
    Signal.clearData(this);
  }

  private take(alerts: readonly Alert[]): void {
    const before = this.alerts;
    this.alerts = alerts;
    if (this.isKnown) {
      const known = new Set(before.map(keyOf));
      const now = new Set(alerts.map(keyOf));
      const began = alerts.filter(alert => !known.has(keyOf(alert)));
      const ended = before.filter(alert => !now.has(keyOf(alert)));
      if (began.length || ended.length) {
        this._turned.emit({ began, ended });
      }
    }
    this.isKnown = true;
    this._changed.emit();
  }

  private isKnown = false;
  private listening: IDisposable | null = null;
  private _changed = new Signal<this, void>(this);
  private _turned = new Signal<this, { began: Alert[]; ended: Alert[] }>(this);
}

/** Says when an alert fires; the note of it goes when it is over. */
export function announceAlerts(firing: Firing, open: (endpoint: string) => void, { trans }: IWords): void {
  const notes = new Map<string, string>();
  firing.turned.connect((_, { began, ended }) => {
    for (const alert of ended) {
      const note = notes.get(keyOf(alert));
      if (note) {
        notes.delete(keyOf(alert));
        Notification.dismiss(note);
      }
      Notification.success(trans.__('%1: the alert %2 is over.', alert.rule.endpoint, alert.rule.name), {
        autoClose: 8_000
      });
    }
    for (const alert of began) {
      const { endpoint, name } = alert.rule;
      const headline = trans.__('%1: the alert %2 fires.', endpoint, name);
      const show = () => open(endpoint);
      notes.set(
        keyOf(alert),
        Notification.error([headline, alert.message].filter(Boolean).join('\n\n'), {
          autoClose: false,
          actions: [{ label: trans.__('Show endpoint'), callback: show }]
        })
      );
    }
  });
}
