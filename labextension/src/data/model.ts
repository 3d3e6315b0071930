import type { Request } from '../api/request';
import type { DataAsset, Datastore, File } from '../api/types';
import { assetNode, datastoreNode, fileNode, INode, leaf, versionNode } from './tree';
import { INodes, TreeModel } from './treemodel';

const PAGE = 100;

interface IPage<T> {
  items: T[];
  continuation: string | null;
}

/** Data of the workspace as this page knows it: assets with their versions, datastores down to the file. */
export class DataModel extends TreeModel {
  constructor(
    private request: Request,
    titles: { assets: string; datastores: string }
  ) {
    super();
    this.roots = [
      { ...leaf('assets', 'group', titles.assets), isExpandable: true },
      { ...leaf('datastores', 'group', titles.datastores), isExpandable: true }
    ];
    this.roots.forEach(root => this.expanded.add(root.key));
  }

  readonly roots: readonly INode[];

  /** Reads one folder anew, after something was put there or taken away. */
  async refreshFolder(datastore: string, path: string): Promise<void> {
    const key = path ? `d:${datastore}/${path}/` : `d:${datastore}`;
    const node = this.find(key);
    if (node && this.branches.has(key)) {
      await this.load(node, null);
    }
  }

  async refreshAssets(): Promise<void> {
    await this.load(this.roots[0], null);
    for (const node of this.branches.get('assets')?.nodes ?? []) {
      if (this.branches.has(node.key)) {
        await this.load(node, null);
      }
    }
  }

  /** Where files go when nobody says where: the folder in which the user is, else the workspace's own datastore. */
  async home(): Promise<{ datastore: string; path: string }> {
    const here = this.current === null ? null : this.find(this.current)?.place;
    if (here) {
      return here;
    }
    const stores = await this.request<IPage<Datastore>>('datastores', { query: { limit: PAGE } });
    const own = stores.items.find(store => store.is_default) ?? stores.items[0];
    return { datastore: own?.name ?? 'workspaceblobstore', path: '' };
  }

  /** The key of the row that the user is at. */
  current: string | null = null;

  protected async page(node: INode, continuation: string | null): Promise<INodes> {
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
}
