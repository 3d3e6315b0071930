import { jobPath, Request } from '../api/request';
import type { File, Job, PageFile, PageJob } from '../api/types';

/** A part of a job that may be a model. */
export interface IJobOutput {
  /** As the workspace calls it. */
  address: string;
  /** As people read it: the path in the job. */
  label: string;
}

/** Jobs that have ended well, the newest first. */
export async function recentJobs(request: Request): Promise<Job[]> {
  const page = await request<PageJob>('jobs', { query: { status: 'Completed', limit: 100 } });
  return page.items;
}

/** What a job left: its named outputs, what MLflow was given, and files of `outputs/`, those of models first. */
export async function outputsOf(request: Request, name: string): Promise<IJobOutput[]> {
  const job = await request<Job>(jobPath(name));
  const below = (path: string) =>
    request<PageFile>(jobPath(name, 'files'), { query: { path, limit: 200 } }).then(
      page => page.items,
      () => [] as File[]
    );
  const [logged, written] = await Promise.all([below('artifacts'), below('outputs')]);
  const named = Object.keys(job.outputs)
    .filter(output => output !== 'notebook' && output !== 'default')
    .map(output => ({ address: `azureml://jobs/${name}/outputs/${output}`, label: output }));
  const found = [...logged, ...written].map(file => ({
    address: addressIn(name, file.path),
    label: file.path + (file.is_folder ? '/' : '')
  }));
  const rank = ({ label }: IJobOutput) => (/model/i.test(label) ? 0 : label.endsWith('.ipynb') ? 2 : 1);
  return [...named, ...found].sort((a, b) => rank(a) - rank(b));
}

/** What MLflow was given and `outputs/` are one store of artifacts, as in Azure. */
export function addressIn(job: string, path: string): string {
  return `azureml://jobs/${job}/outputs/artifacts/paths/${path.replace(/^artifacts\//, '')}`;
}
