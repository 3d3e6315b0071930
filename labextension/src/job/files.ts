import { jobPath, Request } from '../api/request';
import type { File, Job, PageFile } from '../api/types';
import { isTableFile } from '../data/code';
import { fileNode, INode, leaf } from '../data/tree';
import { INodes, TreeModel } from '../data/treemodel';

const PAGE = 100;
/** A place in a datastore, as an output that is kept there names it. */
const STORED = /^azureml:\/\/(?:.*\/)?datastores\/([^/]+)\/paths\/(.*)$/;

interface ITitles {
  outputs: string;
  artifacts: string;
  logs: string;
}

/** What a job left behind: `./outputs`, what MLflow was given, named outputs wherever they are kept, and logs. */
export class FilesModel extends TreeModel {
  constructor(
    private request: Request,
    private job: () => Job,
    private titles: ITitles
  ) {
    super();
    this.expanded.add(OUTPUTS).add(ARTIFACTS);
    for (const node of this.named) {
      this.expanded.add(node.key);
    }
  }

  get roots(): readonly INode[] {
    return [
      root(OUTPUTS, this.titles.outputs),
      root(ARTIFACTS, this.titles.artifacts),
      ...this.named,
      root('j:logs/', this.titles.logs)
    ];
  }

  /** The path in the job; null for what is kept elsewhere. */
  pathOf(node: INode): string | null {
    return node.key.startsWith('j:') ? node.key.slice(2).replace(/\/$/, '') : null;
  }

  protected async page(node: INode, continuation: string | null): Promise<INodes> {
    const query = { limit: PAGE, continuation };
    if (node.place) {
      const { datastore, path } = node.place;
      const page = await this.request<PageFile>(`datastores/${encodeURIComponent(datastore)}/files`, {
        query: { ...query, path }
      });
      return { ...page, nodes: page.items.map(file => untaken(fileNode(datastore, file))) };
    }
    const path = this.pathOf(node) ?? '';
    try {
      const page = await this.request<PageFile>(jobPath(this.job().name, 'files'), {
        query: { ...query, path }
      });
      return { ...page, nodes: page.items.map(file => jobFileNode(this.job().name, file)) };
    } catch (reason) {
      // A job that has not started has no folders yet.
      if ((reason as { code?: string }).code === 'FileNotInJob' && ROOTS.has(node.key)) {
        return { nodes: [], continuation: null };
      }
      throw reason;
    }
  }

  private get named(): INode[] {
    return Object.entries(this.job().outputs ?? {}).flatMap(([name, output]) => {
      const stored = STORED.exec(output.uri);
      if (output.path || !stored) {
        return [];
      }
      const [, datastore, path] = stored;
      const isFolder = output.type !== 'uri_file';
      return [
        {
          ...leaf(`o:${name}`, isFolder ? 'folder' : 'file', name),
          hint: output.uri,
          uri: output.uri,
          isTable: !isFolder && isTableFile(path),
          isExpandable: isFolder,
          place: isFolder ? { datastore, path: path.replace(/\/+$/, '') } : null
        }
      ];
    });
  }
}

const OUTPUTS = 'j:outputs/';
const ARTIFACTS = 'j:artifacts/';
const ROOTS = new Set([OUTPUTS, ARTIFACTS, 'j:logs/']);

const root = (key: string, label: string): INode => ({ ...leaf(key, 'group', label), isExpandable: true });

/** Nobody drops files into what a job has written. */
const untaken = (node: INode): INode => (node.isExpandable ? node : { ...node, place: null });

export function jobFileNode(job: string, file: File): INode {
  return {
    ...leaf(
      `j:${file.path}${file.is_folder ? '/' : ''}`,
      file.is_folder ? 'folder' : 'file',
      file.path.slice(file.path.lastIndexOf('/') + 1)
    ),
    uri: addressOf(job, file.path) + (file.is_folder ? '/' : ''),
    isTable: !file.is_folder && isTableFile(file.path),
    isExpandable: file.is_folder,
    size: file.is_folder ? null : file.size,
    modified: file.modified
  };
}

/** In the words of Azure ML: what a job left behind is one store of artifacts. */
export const addressOf = (job: string, path: string): string =>
  `azureml://jobs/${job}/outputs/artifacts/paths/${path.replace(/^artifacts\//, '')}`;
