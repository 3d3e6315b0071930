import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ISignal, Signal } from '@lumino/signaling';

/** What the user has chosen in JupyterLab's settings; the schema is in `schema/plugin.json`. */
export interface ISettings {
  /** A notebook with unsaved changes is saved without a question before it runs. */
  saveBeforeRun: boolean;
  /** Whose end is announced. */
  announceEnds: 'all' | 'failed' | 'none';
  /** A notebook runs without the dialog for parameters and compute. */
  submitAtOnce: boolean;
  /** Jobs are shown under their experiments. */
  groupByExperiment: boolean;
  /** Dialogs ask before a job is canceled. What destroys asks always. */
  confirmCancel: boolean;
}

const DEFAULTS: ISettings = {
  saveBeforeRun: false,
  submitAtOnce: false,
  announceEnds: 'all',
  groupByExperiment: false,
  confirmCancel: true
};

export class Settings {
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Until they are read, and where nobody keeps any, it is what the schema says. */
  get<Name extends keyof ISettings>(name: Name): ISettings[Name] {
    return (
      this.chosen[name] ?? (this.settings?.composite[name] as ISettings[Name] | undefined) ?? DEFAULTS[name]
    );
  }

  /** Holds at once, and in this page even where nobody keeps it. */
  async set<Name extends keyof ISettings>(name: Name, value: ISettings[Name]): Promise<void> {
    this.chosen = { ...this.chosen, [name]: value };
    this._changed.emit();
    await this.settings?.set(name, value);
  }

  async read(registry: ISettingRegistry | null, plugin: string): Promise<void> {
    this.settings = (await registry?.load(plugin)) ?? null;
    this.settings?.changed.connect(() => {
      this.chosen = {};
      this._changed.emit();
    });
    this._changed.emit();
  }

  private settings: ISettingRegistry.ISettings | null = null;
  private chosen: Partial<ISettings> = {};
  private _changed = new Signal<this, void>(this);
}
