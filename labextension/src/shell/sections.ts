import type { LabIcon } from '@jupyterlab/ui-components';
import { DisposableDelegate, IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';
import type * as React from 'react';

/** A part of the sidebar: one noun of the workspace. */
export interface ISection {
  /** `jobs`: the command `azml:show-jobs` shows it, and so does a link that ends in `?azml=jobs`. */
  readonly id: string;
  readonly label: string;
  /** What the command says that it does. */
  readonly caption: string;
  readonly icon: LabIcon;
  /** From left to right. */
  readonly rank: number;
  render: () => React.ReactNode;
  /** The user wants everything read anew. */
  refresh: () => void;
  /** Whether somebody looks: a hidden section asks for nothing. */
  setVisible?: (isVisible: boolean) => void;
  /** Another workspace is attached: nothing that is known holds any more. */
  forget?: () => void;
}

/** The parts of the sidebar, and which of them is shown. */
export class Sections {
  get all(): readonly ISection[] {
    return this._all;
  }

  get shown(): ISection | undefined {
    return this._all.find(section => section.id === this.chosen) ?? this._all[0];
  }

  /** Another section is shown, or there is one more. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** One was added. */
  get added(): ISignal<this, ISection> {
    return this._added;
  }

  add(section: ISection): IDisposable {
    this._all = [...this._all, section].sort((a, b) => a.rank - b.rank);
    this.settle();
    this._added.emit(section);
    this._changed.emit();
    return new DisposableDelegate(() => {
      this._all = this._all.filter(each => each !== section);
      this.settle();
      this._changed.emit();
    });
  }

  choose(id: string): void {
    if (id !== this.chosen) {
      this.chosen = id;
      this.settle();
      this._changed.emit();
    }
  }

  /** Whether the sidebar is in sight. */
  get isVisible(): boolean {
    return this._isVisible;
  }

  set isVisible(isVisible: boolean) {
    this._isVisible = isVisible;
    this.settle();
    this._changed.emit();
  }

  private settle(): void {
    const seen = this._isVisible ? this.shown : undefined;
    if (seen !== this.seen) {
      this.seen?.setVisible?.(false);
      this.seen = seen;
      seen?.setVisible?.(true);
    }
  }

  private _all: readonly ISection[] = [];
  private chosen = '';
  private seen: ISection | undefined;
  private _isVisible = false;
  private _changed = new Signal<this, void>(this);
  private _added = new Signal<this, ISection>(this);
}
