import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError } from '../api/request';
import type { IBranch, INode } from './tree';

export interface INodes {
  nodes: INode[];
  /** Where the next page starts; null at the end. */
  continuation: string | null;
}

/** A tree that is read branch by branch, when somebody opens one. */
export abstract class TreeModel {
  abstract readonly roots: readonly INode[];
  readonly branches = new Map<string, IBranch>();
  readonly expanded = new Set<string>();

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Reads what is open and not known yet: the first look. */
  open(): void {
    this.roots.forEach(
      root => this.expanded.has(root.key) && this.isUnread(root.key) && void this.loadMore(root)
    );
  }

  /** Reads what is open anew; what is closed is read when it is opened again. */
  async refresh(): Promise<void> {
    const known = [...this.roots, ...[...this.branches.values()].flatMap(branch => branch.nodes)];
    for (const key of [...this.branches.keys()]) {
      if (!this.expanded.has(key)) {
        this.branches.delete(key);
      }
    }
    await Promise.all(known.filter(node => this.expanded.has(node.key)).map(node => this.load(node, null)));
  }

  /** Nothing that is known holds any more. */
  forget(): void {
    this.branches.clear();
    this.expanded.clear();
    this.roots.forEach(root => this.expanded.add(root.key));
    this.open();
    this._changed.emit();
  }

  toggle(node: INode, wanted = !this.expanded.has(node.key)): void {
    if (!node.isExpandable) {
      return;
    }
    if (wanted) {
      this.expanded.add(node.key);
      if (this.isUnread(node.key)) {
        void this.loadMore(node);
      }
    } else {
      this.expanded.delete(node.key);
    }
    this._changed.emit();
  }

  find(key: string): INode | undefined {
    for (const nodes of [this.roots, ...[...this.branches.values()].map(branch => branch.nodes)]) {
      const found = nodes.find(node => node.key === key);
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  async loadMore(node: INode): Promise<void> {
    const branch = this.branches.get(node.key);
    if (branch?.isLoading || branch?.continuation === null) {
      return;
    }
    await this.load(node, branch?.continuation ?? null);
  }

  protected abstract page(node: INode, continuation: string | null): Promise<INodes>;

  protected async load(node: INode, continuation: string | null): Promise<void> {
    const before = this.branches.get(node.key) ?? EMPTY;
    const mine: IBranch = { ...before, isLoading: true, error: null };
    this.branches.set(node.key, mine);
    this._changed.emit();
    let after: IBranch;
    try {
      const page = await this.page(node, continuation);
      const nodes =
        continuation === null ? page.nodes : [...before.nodes, ...unknown(page.nodes, before.nodes)];
      after = { nodes, continuation: page.continuation, isLoading: false, error: null };
    } catch (reason) {
      after = { ...before, isLoading: false, error: AzmlError.of(reason) };
    }
    // Meanwhile it may have been asked for again, or forgotten.
    if (this.branches.get(node.key) === mine) {
      this.branches.set(node.key, after);
      this._changed.emit();
    }
  }

  private isUnread(key: string): boolean {
    const branch = this.branches.get(key);
    return !branch || branch.error !== null;
  }

  private _changed = new Signal<this, void>(this);
}

const EMPTY: IBranch = { nodes: [], continuation: undefined, isLoading: false, error: null };

/** A page may repeat what the one before it had, when something was put there meanwhile. */
function unknown(nodes: INode[], known: INode[]): INode[] {
  const keys = new Set(known.map(node => node.key));
  return nodes.filter(node => !keys.has(node.key));
}
