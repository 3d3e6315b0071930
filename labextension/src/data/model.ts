import { ISignal, Signal } from '@lumino/signaling';
import { AzmlError, Request } from '../api/request';
import type { DataAsset, Datastore, File } from '../api/types';
import { assetNode, datastoreNode, fileNode, IBranch, INode, leaf, versionNode } from './tree';

const PAGE = 100;

interface IPage<T> {
  items: T[];
  continuation: string | null;
}

/** Data of the workspace as this page knows it: read branch by branch, when somebody opens one. */
export class DataModel {
  constructor(
    private request: Request,
    titles: { assets: string; datastores: string }
  ) {
    this.roots = [
      { ...leaf('assets', 'group', titles.assets), isExpandable: true },
      { ...leaf('datastores', 'group', titles.datastores), isExpandable: true }
    ];
  }

  readonly roots: readonly INode[];
  readonly branches = new Map<string, IBranch>();
  readonly expanded = new Set<string>(['assets', 'datastores']);

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Reads what is open and not known yet: the first look. */
  open(): void {
    this.roots.forEach(root => this.isUnread(root.key) && void this.loadMore(root));
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

  /** Reads one folder anew, after something was put there or taken away. */
  async refreshFolder(datastore: string, path: string): Promise<void> {
    const key = path ? `d:${datastore}/${path}/` : `d:${datastore}`;
    const node = this.find(key);
    if (node && this.branches.has(key)) {
      await this.load(node, null);
    }
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

  private isUnread(key: string): boolean {
    const branch = this.branches.get(key);
    return !branch || branch.error !== null;
  }

  private async load(node: INode, continuation: string | null): Promise<void> {
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

  private async page(
    node: INode,
    continuation: string | null
  ): Promise<{ nodes: INode[]; continuation: string | null }> {
    const query = { limit: PAGE, continuation };
    const ask = async <T>(path: string, more: Record<string, string>, nodeOf: (item: T) => INode) => {
      const page = await this.request<IPage<T>>(path, { query: { ...query, ...more } });
      return { nodes: page.items.map(nodeOf), continuation: page.continuation };
    };
    if (node.key === 'assets') {
      return ask<DataAsset>('data', {}, assetNode);
    }
    if (node.key === 'datastores') {
      return ask<Datastore>('datastores', {}, datastoreNode);
    }
    if (node.kind === 'asset') {
      return ask<DataAsset>(`data/${encodeURIComponent(node.label)}/versions`, {}, versionNode);
    }
    const { datastore, path } = node.place!;
    return ask<File>(`datastores/${encodeURIComponent(datastore)}/files`, { path }, file =>
      fileNode(datastore, file)
    );
  }

  private _changed = new Signal<this, void>(this);
}

const EMPTY: IBranch = { nodes: [], continuation: undefined, isLoading: false, error: null };

/** A page may repeat what the one before it had, when something was put there meanwhile. */
function unknown(nodes: INode[], known: INode[]): INode[] {
  const keys = new Set(known.map(node => node.key));
  return nodes.filter(node => !keys.has(node.key));
}
