import { ISignal, Signal } from '@lumino/signaling';

/** Which section of the sidebar is shown. */
export class Chosen {
  constructor(private _id: string) {}

  get id(): string {
    return this._id;
  }

  get changed(): ISignal<this, string> {
    return this._changed;
  }

  choose(id: string): void {
    if (id !== this._id) {
      this._id = id;
      this._changed.emit(id);
    }
  }

  private _changed = new Signal<this, string>(this);
}
