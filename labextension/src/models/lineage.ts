import type { Model } from '../api/types';

/** One thing that a model came from, or that came of it. */
export interface IOrigin {
  kind: 'data' | 'job' | 'model';
  /** What is opened. */
  name: string;
  label: string;
  /** Where it stands in the job: the name of its input. */
  role: string;
}

/** From data to the model, in columns from left to right; empty ones are left out. */
export function lineageOf(model: Model): IOrigin[][] {
  const { lineage } = model;
  const data = Object.entries(lineage.inputs).map(([role, path]): IOrigin => ({
    kind: 'data',
    name: path,
    label: shortened(path),
    role
  }));
  const job: IOrigin[] = lineage.job
    ? [{ kind: 'job', name: lineage.job, label: lineage.job, role: '' }]
    : [];
  const own: IOrigin = {
    kind: 'model',
    name: `${model.name}:${model.version}`,
    label: `${model.name} ${model.version}`,
    role: ''
  };
  return [data, job, [own]].filter(column => column.length > 0);
}

/** `azureml:churn:3` is `churn 3`; of a path the end says most. */
export function shortened(path: string): string {
  const asset = /^azureml:([^/:@]+)(?::([^/:@]+))?$/.exec(path);
  if (asset) {
    return [asset[1], asset[2]].filter(Boolean).join(' ');
  }
  const parts = path.replace(/\/+$/, '').split('/');
  return parts[parts.length - 1] || path;
}
