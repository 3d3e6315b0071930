import { ISignal, Signal } from '@lumino/signaling';

/** The jobs that something is to be done with, all at once. */
export class Marks {
  get names(): ReadonlySet<string> {
    return this._names;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  has(name: string): boolean {
    return this._names.has(name);
  }

  toggle(name: string): void {
    const names = new Set(this._names);
    if (!names.delete(name)) {
      names.add(name);
    }
    this.from = name;
    this.become(names);
  }

  /** All from the one that was marked last to this one, in the order that is shown. */
  extend(name: string, shown: readonly string[]): void {
    const start = this.from === null ? -1 : shown.indexOf(this.from);
    const end = shown.indexOf(name);
    if (start < 0 || end < 0) {
      this.toggle(name);
      return;
    }
    const range = shown.slice(Math.min(start, end), Math.max(start, end) + 1);
    this.become(new Set([...this._names, ...range]));
  }

  all(names: readonly string[]): void {
    this.become(new Set(names));
  }

  clear(): void {
    this.from = null;
    if (this._names.size) {
      this.become(new Set());
    }
  }

  /** Those that are gone cannot be meant. */
  keep(isThere: (name: string) => boolean): void {
    const kept = [...this._names].filter(isThere);
    if (kept.length < this._names.size) {
      this.become(new Set(kept));
    }
  }

  private become(names: ReadonlySet<string>): void {
    this._names = names;
    this._changed.emit();
  }

  private _names: ReadonlySet<string> = new Set();
  private from: string | null = null;
  private _changed = new Signal<this, void>(this);
}
