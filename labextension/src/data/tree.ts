import type { DataAsset, Datastore, File } from '../api/types';
import type { AzmlError } from '../api/request';
import { isTableFile } from './code';

export type NodeKind = 'group' | 'asset' | 'version' | 'datastore' | 'folder' | 'file' | 'more' | 'note';

/** One thing in the tree of data. */
export interface INode {
  /** Unique in the tree. */
  key: string;
  kind: NodeKind;
  label: string;
  /** What stands behind the label, fainter. */
  hint: string;
  /** As the workspace calls it; "" for what cannot be used. */
  uri: string;
  isTable: boolean;
  isExpandable: boolean;
  /** Where files can be put: the datastore and a folder of it. */
  place: { datastore: string; path: string } | null;
  size: number | null;
  modified: string | null;
}

export interface IRow extends INode {
  depth: number;
  isExpanded: boolean;
  isLoading: boolean;
  /** Which one it is among those beside it, from 1. */
  position: number;
  siblings: number;
  /** The key of the node that it hangs below. */
  parent: string | null;
}

/** What is known below a node. */
export interface IBranch {
  nodes: INode[];
  /** Where the next page starts; null at the end, undefined before the first. */
  continuation: string | null | undefined;
  isLoading: boolean;
  error: AzmlError | null;
}

export interface ITreeWords {
  more: string;
  empty: string;
  /** Below the group of assets: how to make the first one. */
  noAssets?: string;
  failed: (error: AzmlError) => string;
}

/** The rows in sight of an endless screen: every node whose parents are open. */
export function rowsOf(
  roots: readonly INode[],
  branches: ReadonlyMap<string, IBranch>,
  expanded: ReadonlySet<string>,
  words: ITreeWords
): IRow[] {
  const rows: IRow[] = [];
  const add = (nodes: readonly INode[], depth: number, parent: string | null): void => {
    nodes.forEach((node, index) => {
      const branch = branches.get(node.key);
      const isExpanded = node.isExpandable && expanded.has(node.key);
      rows.push({
        ...node,
        depth,
        isExpanded,
        isLoading: Boolean(branch?.isLoading),
        position: index + 1,
        siblings: nodes.length,
        parent
      });
      if (isExpanded && branch) {
        add([...branch.nodes, ...rest(node.key, branch, words)], depth + 1, node.key);
      }
    });
  };
  add(roots, 0, null);
  return rows;
}

function rest(key: string, { nodes, continuation, isLoading, error }: IBranch, words: ITreeWords): INode[] {
  if (error) {
    return [leaf(`${key}\n!`, 'note', words.failed(error))];
  }
  if (typeof continuation === 'string') {
    return [leaf(`${key}\n+`, 'more', words.more)];
  }
  return nodes.length === 0 && continuation === null && !isLoading
    ? [leaf(`${key}\n0`, 'note', (key === 'assets' && words.noAssets) || words.empty)]
    : [];
}

export const leaf = (key: string, kind: NodeKind, label: string): INode => ({
  key,
  kind,
  label,
  hint: '',
  uri: '',
  isTable: false,
  isExpandable: false,
  place: null,
  size: null,
  modified: null
});

export const assetNode = (asset: DataAsset): INode => ({
  ...leaf(`a:${asset.name}`, 'asset', asset.name),
  hint: asset.version,
  uri: `azureml:${asset.name}:${asset.version}`,
  isTable: isTableAsset(asset),
  isExpandable: true,
  modified: asset.created
});

export const versionNode = (asset: DataAsset): INode => ({
  ...assetNode(asset),
  key: `a:${asset.name}:${asset.version}`,
  kind: 'version',
  label: asset.version,
  hint: asset.description || nameOf(asset.path.replace(/\/+$/, '')),
  isExpandable: false
});

export const datastoreNode = (store: Datastore): INode => ({
  ...leaf(`d:${store.name}`, 'datastore', store.name),
  hint: store.container_name || '',
  uri: uriOf(store.name, ''),
  isExpandable: true,
  place: { datastore: store.name, path: '' }
});

export const fileNode = (datastore: string, file: File): INode => ({
  ...leaf(
    `d:${datastore}/${file.path}${file.is_folder ? '/' : ''}`,
    file.is_folder ? 'folder' : 'file',
    nameOf(file.path)
  ),
  uri: uriOf(datastore, file.path) + (file.is_folder ? '/' : ''),
  isTable: !file.is_folder && isTableFile(file.path),
  isExpandable: file.is_folder,
  place: {
    datastore,
    path: file.is_folder ? file.path : file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')))
  },
  size: file.is_folder ? null : file.size,
  modified: file.modified
});

export const uriOf = (datastore: string, path: string): string =>
  `azureml://datastores/${datastore}/paths/${path}`;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A folder of anything has a path; a table and a file that is one have rows. */
const isTableAsset = (asset: DataAsset): boolean =>
  asset.type === 'mltable' || (asset.type === 'uri_file' && isTableFile(asset.path));
