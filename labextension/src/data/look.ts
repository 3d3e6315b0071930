import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, Request } from '../api/request';
import type { Preview, Profile } from '../api/types';

const ROWS = 200;

/** One look into data: its beginning at once, the measures of its columns when somebody asks for them. */
export class Look {
  preview: Preview | null = null;
  profile: Profile | null = null;
  error: AzmlError | null = null;
  profileError: AzmlError | null = null;
  isLoading = false;
  isMeasuring = false;

  constructor(
    private request: Request,
    readonly path: string
  ) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  async load(): Promise<void> {
    this.isLoading = true;
    this.error = null;
    this._changed.emit();
    try {
      this.preview = await this.request<Preview>('preview', { query: { path: this.path, rows: ROWS } });
      this.profile = null;
      this.profileError = null;
    } catch (reason) {
      this.error = AzmlError.of(reason);
    }
    this.isLoading = false;
    this._changed.emit();
  }

  async measure(): Promise<void> {
    if (this.profile || this.isMeasuring) {
      return;
    }
    this.isMeasuring = true;
    this.profileError = null;
    this._changed.emit();
    try {
      this.profile = await this.request<Profile>('profile', { query: { path: this.path } });
    } catch (reason) {
      this.profileError = AzmlError.of(reason);
    }
    this.isMeasuring = false;
    this._changed.emit();
  }

  private _changed = new Signal<this, void>(this);
}
