/* Generated from schema.json by `npm run types`: change the entities in Python, not this file. */
/* eslint-disable */

export type CellState = 'running' | 'completed' | 'failed';
/**
 * Spelled as the service spells an instance's state.
 */
export type ComputeState = 'Running' | 'Stopped';
export type ComputeType = 'local' | 'amlcompute' | 'computeinstance';
export type JsonValue = unknown;
/**
 * Spelled as the service spells them (azure-ai-ml, ``_run_history_constants.JobStatus``).
 */
export type JobStatus =
  | 'NotStarted'
  | 'Queued'
  | 'Preparing'
  | 'Provisioning'
  | 'Starting'
  | 'Running'
  | 'Finalizing'
  | 'CancelRequested'
  | 'Completed'
  | 'Failed'
  | 'Canceled'
  | 'NotResponding'
  | 'Paused';
export type JobType = 'notebook' | 'cell' | 'command' | 'sweep' | 'pipeline' | 'interactive';

export interface AzmlEntities {
  CellChanged: CellChanged;
  CellState: CellState;
  Compute: Compute;
  ComputeState: ComputeState;
  ComputeType: ComputeType;
  EventBatch: EventBatch;
  Experiment: Experiment;
  File: File;
  Job: Job;
  JobStatus: JobStatus;
  JobType: JobType;
  JsonValue: JsonValue;
  LogLines: LogLines;
  MetricPoint: MetricPoint;
  MetricPoints: MetricPoints;
  MetricSummary: MetricSummary;
  NotebookSpec: NotebookSpec;
  Output: Output;
  Page_Compute_: PageCompute;
  Page_Experiment_: PageExperiment;
  Page_File_: PageFile;
  Page_Job_: PageJob;
  Progress: Progress;
  Reason: Reason;
  StatusChanged: StatusChanged;
  WorkspaceInfo: WorkspaceInfo;
}
export interface CellChanged {
  at: string;
  /**
   * Counted from 1 over the cells that run code, as in ``Progress``.
   */
  cell: number;
  cells: number;
  event: 'CellChanged';
  job: string;
  /**
   * How long it took, once it ended.
   */
  seconds: number | null;
  state: CellState;
  /**
   * First line of the cell's source that says something.
   */
  title: string;
}
export interface Compute {
  busy_nodes: number;
  description: string;
  /**
   * How many jobs run at once.
   */
  max_nodes: number;
  name: string;
  state: ComputeState;
  type: ComputeType;
}
/**
 * What happened since the cursors that were handed in, and the cursors to hand in next.
 */
export interface EventBatch {
  /**
   * Opaque, one per job. A reader can keep one, leave, come back and miss nothing.
   */
  cursors: {
    [k: string]: string;
  };
  events: (StatusChanged | CellChanged | LogLines | MetricPoints)[];
}
export interface StatusChanged {
  event: 'StatusChanged';
  job: string;
  reason: Reason | null;
  status: JobStatus;
}
export interface Reason {
  code: string;
  /**
   * The sentence, in the language of whoever reads it.
   */
  message: string;
  values: {
    [k: string]: JsonValue;
  };
}
export interface LogLines {
  at: string;
  cell: number;
  event: 'LogLines';
  job: string;
  stream: 'stdout' | 'stderr' | 'error';
  text: string;
}
export interface MetricPoints {
  event: 'MetricPoints';
  job: string;
  points: MetricPoint[];
}
export interface MetricPoint {
  key: string;
  step: number;
  /**
   * Milliseconds since the epoch, as in MLflow.
   */
  timestamp: number;
  value: number;
}
export interface Experiment {
  /**
   * How many jobs carry this name.
   */
  jobs: number;
  last_created: string | null;
  name: string;
}
export interface File {
  is_folder: boolean;
  modified: string | null;
  /**
   * Relative to the job, with forward slashes: ``outputs/model.pkl``.
   */
  path: string;
  /**
   * Bytes; 0 for a folder.
   */
  size: number;
}
export interface Job {
  compute: string;
  created: string;
  display_name: string;
  ended: string | null;
  experiment: string;
  git: {
    [k: string]: string;
  };
  metrics: MetricSummary[];
  name: string;
  outputs: {
    [k: string]: Output;
  };
  owner: string;
  parameters: {
    [k: string]: JsonValue;
  };
  parent: string | null;
  progress: Progress | null;
  reason: Reason | null;
  /**
   * SHA-256 of the code that travelled.
   */
  snapshot: string | null;
  spec: NotebookSpec;
  started: string | null;
  status: JobStatus;
  tags: {
    [k: string]: string;
  };
  type: JobType;
}
export interface MetricSummary {
  count: number;
  key: string;
  last: number;
  max: number;
  min: number;
  /**
   * The step of the last value.
   */
  step: number;
}
/**
 * As in an ``az ml`` job: a type and where it is.
 */
export interface Output {
  /**
   * Relative to the job, with forward slashes: ``outputs/train.ipynb``.
   */
  path: string;
  type: 'uri_file' | 'uri_folder';
  /**
   * For other programs: a path on this machine, or ``azureml://…``.
   */
  uri: string;
}
/**
 * Cells are counted as people do, from 1, and only those that run code.
 */
export interface Progress {
  /**
   * The last cell that started; 0 before the first.
   */
  cell: number;
  cells: number;
}
/**
 * What is asked for: run this notebook, with these parameters, there.
 */
export interface NotebookSpec {
  /**
   * The folder that travels with the job, as an absolute path.
   */
  code: string;
  compute: string;
  display_name: string;
  environment_variables: {
    [k: string]: string;
  };
  /**
   * Seconds that one cell may take.
   */
  execution_timeout: number | null;
  experiment: string;
  /**
   * Overrides the kernel that the notebook names.
   */
  kernel_name: string | null;
  /**
   * Path of the notebook inside ``code``, with forward slashes.
   */
  notebook: string;
  parameters: {
    [k: string]: JsonValue;
  };
  tags: {
    [k: string]: string;
  };
  type: 'notebook';
}
export interface PageCompute {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: Compute[];
}
export interface PageExperiment {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: Experiment[];
}
export interface PageFile {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: File[];
}
export interface PageJob {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: Job[];
}
export interface WorkspaceInfo {
  /**
   * What this workspace can do; surfaces grey out what is absent.
   */
  capabilities: string[];
  kind: 'local' | 'azure';
  /**
   * For people: the folder of a local workspace, subscription and resource group of an Azure one.
   */
  location: string;
  name: string;
}
