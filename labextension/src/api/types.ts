/* Generated from schema.json by `npm run types`: change the entities in Python, not this file. */
/* eslint-disable */

export type CellState = 'running' | 'completed' | 'failed';
export type JsonValue = unknown;
/**
 * Words of ``queue_settings.priority``.
 */
export type Priority = 'low' | 'medium' | 'high';
export type DataType =
  'uri_file' | 'uri_folder' | 'mltable' | 'custom_model' | 'mlflow_model' | 'triton_model';
export type DataType1 =
  'uri_file' | 'uri_folder' | 'mltable' | 'custom_model' | 'mlflow_model' | 'triton_model';
/**
 * Words of ``queue_settings.priority``.
 */
export type Priority1 = 'low' | 'medium' | 'high';
/**
 * Spelled as the service spells an instance's state. A cluster is always Running, with nodes or without.
 */
export type ComputeState = 'Running' | 'Starting' | 'Stopping' | 'Stopped';
export type ComputeType =
  'local' | 'amlcompute' | 'computeinstance' | 'kubernetes' | 'virtualmachine' | 'databricks';
/**
 * Spelled as the service spells an instance's state. A cluster is always Running, with nodes or without.
 */
export type ComputeState1 = 'Running' | 'Starting' | 'Stopping' | 'Stopped';
export type CredentialsType = 'none' | 'account_key' | 'sas_token' | 'service_principal';
export type DataType2 =
  'uri_file' | 'uri_folder' | 'mltable' | 'custom_model' | 'mlflow_model' | 'triton_model';
export type DataType3 =
  'uri_file' | 'uri_folder' | 'mltable' | 'custom_model' | 'mlflow_model' | 'triton_model';
export type CredentialsType1 = 'none' | 'account_key' | 'sas_token' | 'service_principal';
export type DatastoreType = 'azure_blob' | 'azure_data_lake_gen2' | 'azure_file' | 'local';
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
/**
 * Words of ``queue_settings.priority``.
 */
export type Priority2 = 'low' | 'medium' | 'high';
export type JobType = 'notebook' | 'cell' | 'command' | 'sweep' | 'pipeline' | 'interactive';
/**
 * Spelled as the service spells a node's state.
 */
export type NodeState = 'preparing' | 'idle' | 'running' | 'leaving' | 'unusable';
/**
 * Words of ``queue_settings.priority``.
 */
export type Priority3 = 'low' | 'medium' | 'high';
/**
 * Words of ``queue_settings.priority``.
 */
export type Priority4 = 'low' | 'medium' | 'high';

export interface AzmlEntities {
  Captured: Captured;
  CellChanged: CellChanged;
  CellSpec: CellSpec;
  CellState: CellState;
  CommandSpec: CommandSpec;
  ComparedMetric: ComparedMetric;
  Comparison: Comparison;
  Compute: Compute;
  ComputeSchedule: ComputeSchedule;
  ComputeSize: ComputeSize;
  ComputeState: ComputeState1;
  ComputeType: ComputeType;
  Connection: Connection;
  CredentialsType: CredentialsType;
  DataAsset: DataAsset;
  DataInput: DataInput;
  DataOutput: DataOutput;
  DataType: DataType3;
  Datastore: Datastore;
  DatastoreType: DatastoreType;
  EventBatch: EventBatch;
  Experiment: Experiment;
  Fact: Fact;
  File: File;
  Job: Job;
  JobQuery: JobQuery;
  JobStatus: JobStatus;
  JobType: JobType;
  JsonValue: JsonValue;
  LogLines: LogLines;
  MetricPoint: MetricPoint;
  MetricPoints: MetricPoints;
  MetricSummary: MetricSummary;
  MpiDistribution: MpiDistribution;
  Node: Node;
  NodeState: NodeState;
  NotebookParameters: NotebookParameters;
  NotebookSpec: NotebookSpec;
  Output: Output;
  Page_Compute_: PageCompute;
  Page_Experiment_: PageExperiment;
  Page_File_: PageFile;
  Page_Job_: PageJob;
  Page_Series_: PageSeries;
  Parameter: Parameter;
  Priority: Priority3;
  Progress: Progress;
  PyTorchDistribution: PyTorchDistribution;
  Reason: Reason;
  Resources: Resources1;
  Secret: Secret;
  Series: Series;
  Snapshot: Snapshot;
  SourceChange: SourceChange;
  StatusChanged: StatusChanged;
  Submission: Submission;
  TensorFlowDistribution: TensorFlowDistribution;
  Trigger: Trigger;
  Usage: Usage;
  WorkspaceInfo: WorkspaceInfo;
}
/**
 * One name that a cell reads and that travels with it.
 */
export interface Captured {
  kind: 'module' | 'function' | 'class' | 'value';
  name: string;
  /**
   * Bytes.
   */
  size: number;
  /**
   * What it is called before people: ``numpy.ndarray``, or the module's name.
   */
  type: string;
  /**
   * The function that reads it, where the cell itself does not.
   */
  via: string;
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
/**
 * Run this one cell, with what it reads from its notebook, and keep what is asked for.
 */
export interface CellSpec {
  captured: Captured[];
  /**
   * The folder that travels with the job, as an absolute path; a job without code starts in an empty folder.
   */
  code: string | null;
  compute: string;
  /**
   * Names of the workspace's connections that the job may read.
   */
  connections: string[];
  description: string;
  display_name: string;
  environment_variables: {
    [k: string]: string;
  };
  /**
   * Seconds that the cell may take.
   */
  execution_timeout: number | null;
  experiment: string;
  /**
   * What the result depends on, hashed: jobs that agree in it may stand for one another.
   */
  fingerprint: string;
  kernel_name: string | null;
  /**
   * The job's own name; one is made up when there is none.
   */
  name: string | null;
  /**
   * What whoever submits it should know.
   */
  notes: Reason[];
  /**
   * The versions of the packages whose objects travel.
   */
  packages: {
    [k: string]: string;
  };
  /**
   * A file on this machine with the captured values; it travels with the job.
   */
  payload: string;
  priority: Priority;
  /**
   * The version that the values were made with.
   */
  python: string;
  /**
   * How often a job that failed is run again.
   */
  retries: number;
  /**
   * Names whose values come back.
   */
  returns: string[];
  /**
   * Names of the workspace's secrets that the job may read.
   */
  secrets: string[];
  /**
   * The cell as it was written, magics and all.
   */
  source: string;
  tags: {
    [k: string]: string;
  };
  /**
   * Seconds that the whole job may run: ``limits.timeout``.
   */
  timeout: number | null;
  type: 'cell';
}
export interface Reason {
  code: string;
  /**
   * The sentence, in the language of whoever reads it. A value ``how`` may choose one that says more.
   */
  message: string;
  values: {
    [k: string]: JsonValue;
  };
}
/**
 * Run this command under bash. Source: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json
 */
export interface CommandSpec {
  /**
   * The folder that travels with the job, as an absolute path; a job without code starts in an empty folder.
   */
  code: string | null;
  /**
   * May name ``${{inputs.x}}``, ``${{outputs.y}}`` and ``${{search_space.z}}``.
   */
  command: string;
  compute: string;
  /**
   * Names of the workspace's connections that the job may read.
   */
  connections: string[];
  description: string;
  display_name: string;
  distribution: (MpiDistribution | PyTorchDistribution | TensorFlowDistribution) | null;
  /**
   * ``azureml:NAME:VERSION``, or an environment written out.
   */
  environment:
    | string
    | {
        [k: string]: JsonValue;
      }
    | null;
  environment_variables: {
    [k: string]: string;
  };
  experiment: string;
  /**
   * What the result depends on, hashed: jobs that agree in it may stand for one another.
   */
  fingerprint: string;
  identity: {
    [k: string]: JsonValue;
  } | null;
  inputs: {
    [k: string]: string | number | boolean | DataInput;
  };
  job_tier: string;
  /**
   * The job's own name; one is made up when there is none.
   */
  name: string | null;
  outputs: {
    [k: string]: DataOutput;
  };
  parent_job_name: string;
  priority: Priority1;
  properties: {
    [k: string]: string;
  };
  resources: Resources;
  /**
   * How often a job that failed is run again.
   */
  retries: number;
  /**
   * The values that a sweep chose for this trial.
   */
  search_space: {
    [k: string]: string | number | boolean;
  };
  /**
   * Names of the workspace's secrets that the job may read.
   */
  secrets: string[];
  /**
   * Kept and noted: nothing on this machine is exposed.
   */
  services: {
    [k: string]: JsonValue;
  };
  tags: {
    [k: string]: string;
  };
  /**
   * Seconds that the whole job may run: ``limits.timeout``.
   */
  timeout: number | null;
  type: 'command';
}
export interface MpiDistribution {
  process_count_per_instance: number;
  type: 'mpi';
}
export interface PyTorchDistribution {
  process_count_per_instance: number;
  type: 'pytorch';
}
export interface TensorFlowDistribution {
  parameter_server_count: number;
  type: 'tensorflow';
  worker_count: number;
}
/**
 * Data or a model that a job reads.
 */
export interface DataInput {
  /**
   * Where Azure would upload a local path to; kept and noted.
   */
  datastore: string;
  mode: 'ro_mount' | 'rw_mount' | 'download' | 'direct' | 'eval_mount' | 'eval_download';
  /**
   * A path on this machine, ``azureml:NAME:VERSION``, ``azureml:NAME@latest``, ``azureml://…`` or another URL.
   */
  path: string;
  /**
   * Where a container would find it; kept and noted.
   */
  path_on_compute: string;
  type: DataType;
}
/**
 * A place that a job writes to. With a name, it is registered as a data asset when the job completes.
 */
export interface DataOutput {
  mode: 'rw_mount' | 'upload' | 'direct';
  name: string;
  /**
   * Where it is kept; by default below the workspace's own datastore, in a folder of the job.
   */
  path: string;
  type: DataType1;
  version: string;
}
/**
 * ``resources`` of a job. What only a virtual machine could honour is kept and noted.
 */
export interface Resources {
  docker_args: string;
  instance_count: number;
  instance_type: string;
  locations: string[];
  max_instance_count: number | null;
  properties: {
    [k: string]: JsonValue;
  };
  shm_size: string;
}
export interface ComparedMetric {
  key: string;
  summaries: (MetricSummary | null)[];
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
export interface Comparison {
  /**
   * Of every job but the first; none where there is no source to compare.
   */
  changes: SourceChange[];
  facts: Fact[];
  jobs: string[];
  metrics: ComparedMetric[];
  /**
   * The display names.
   */
  titles: string[];
}
/**
 * What was written otherwise than in the first job.
 */
export interface SourceChange {
  job: string;
  /**
   * A diff; empty when nothing was.
   */
  text: string;
}
/**
 * One thing about each of the jobs, in their order.
 */
export interface Fact {
  differs: boolean;
  kind: 'about' | 'parameter' | 'input' | 'environment' | 'git';
  name: string;
  /**
   * None where the job has no such thing.
   */
  values: JsonValue[];
}
export interface Compute {
  busy_nodes: number;
  created: string | null;
  description: string;
  /**
   * Of an instance: how long it may have nothing to do.
   */
  idle_minutes_before_shutdown: number | null;
  idle_nodes: number;
  idle_seconds_before_scale_down: number;
  /**
   * How many jobs run at once.
   */
  max_nodes: number;
  min_nodes: number;
  name: string;
  /**
   * What was asked for and is not done here, and why.
   */
  notes: Reason[];
  /**
   * Of an attached target: what it is in Azure, or where.
   */
  resource_id: string;
  schedules: ComputeSchedule[];
  /**
   * Name of a virtual machine size of Azure's.
   */
  size: string;
  state: ComputeState;
  tags: {
    [k: string]: string;
  };
  tier: 'dedicated' | 'low_priority';
  type: ComputeType;
}
export interface ComputeSchedule {
  action: 'start' | 'stop';
  enabled: boolean;
  trigger: Trigger;
}
/**
 * When a schedule acts: a cron expression, or a recurrence as in ``az ml``.
 */
export interface Trigger {
  expression: string;
  frequency: 'minute' | 'hour' | 'day' | 'week' | 'month' | '';
  hours: number[];
  interval: number;
  minutes: number[];
  month_days: number[];
  /**
   * ISO 8601, in ``time_zone`` when it names no offset.
   */
  start_time: string;
  /**
   * As Windows or the IANA call it.
   */
  time_zone: string;
  type: 'cron' | 'recurrence';
  week_days: string[];
}
/**
 * A virtual machine size of Azure's.
 */
export interface ComputeSize {
  cores: number;
  family: string;
  gpu: string;
  gpus: number;
  memory_gb: number;
  name: string;
}
/**
 * A service outside the workspace. Its credentials are kept apart and are no part of this.
 */
export interface Connection {
  created: string | null;
  /**
   * Names of the credentials that are kept, never what they are.
   */
  credentials: string[];
  name: string;
  tags: {
    [k: string]: string;
  };
  /**
   * Address of the service.
   */
  target: string;
  /**
   * ``azure_openai``, ``git``, ``s3``, ``snowflake``, ``custom``, …: the words of ``az ml connection``.
   */
  type: string;
}
export interface DataAsset {
  created: string | null;
  description: string;
  /**
   * The job that wrote it.
   */
  job: string | null;
  name: string;
  path: string;
  tags: {
    [k: string]: string;
  };
  type: DataType2;
  /**
   * Any text, as in Azure; counted up when it is left out.
   */
  version: string;
}
/**
 * Without its credentials: those are kept apart and never shown again.
 */
export interface Datastore {
  account_name: string;
  /**
   * The blob container; the file system of a data lake; the share of a file datastore.
   */
  container_name: string;
  created: string | null;
  credentials: CredentialsType1;
  description: string;
  /**
   * A domain such as ``core.windows.net``, or a whole address: ``http://127.0.0.1:10000/devstoreaccount1``.
   */
  endpoint: string;
  is_default: boolean;
  name: string;
  /**
   * The folder, of one that is local.
   */
  path: string;
  protocol: string;
  tags: {
    [k: string]: string;
  };
  type: DatastoreType;
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
  /**
   * These stand for all that was logged so far, reduced; what was told before is to be forgotten.
   */
  is_whole: boolean;
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
   * Relative to the job or the datastore, with forward slashes: ``outputs/model.pkl``.
   */
  path: string;
  /**
   * Bytes; 0 for a folder.
   */
  size: number;
}
export interface Job {
  archived: boolean;
  /**
   * Counts the times that it ran, when retries were asked for.
   */
  attempt: number;
  compute: string;
  created: string;
  description: string;
  display_name: string;
  ended: string | null;
  experiment: string;
  /**
   * Of the folder that travelled: ``commit``, ``branch``, ``repository`` and ``dirty``.
   */
  git: {
    [k: string]: string;
  };
  inputs: {
    [k: string]: DataInput;
  };
  metrics: MetricSummary[];
  name: string;
  /**
   * What was asked for and is not done here, and why.
   */
  notes: Reason[];
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
  spec: NotebookSpec | CellSpec | CommandSpec;
  started: string | null;
  status: JobStatus;
  tags: {
    [k: string]: string;
  };
  type: JobType;
}
/**
 * As in an ``az ml`` job: a type and where it is.
 */
export interface Output {
  /**
   * Relative to the job, with forward slashes: ``outputs/train.ipynb``; empty for one that is kept elsewhere.
   */
  path: string;
  type: DataType3;
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
 * Run this notebook, with these parameters, there.
 */
export interface NotebookSpec {
  /**
   * The folder that travels with the job, as an absolute path.
   */
  code: string;
  compute: string;
  /**
   * Names of the workspace's connections that the job may read.
   */
  connections: string[];
  description: string;
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
   * What the result depends on, hashed: jobs that agree in it may stand for one another.
   */
  fingerprint: string;
  /**
   * Overrides the kernel that the notebook names.
   */
  kernel_name: string | null;
  /**
   * Of the parameters, where the notebook does not name its language.
   */
  language: string | null;
  /**
   * The job's own name; one is made up when there is none.
   */
  name: string | null;
  /**
   * Path of the notebook inside ``code``, with forward slashes.
   */
  notebook: string;
  parameters: {
    [k: string]: JsonValue;
  };
  priority: Priority2;
  /**
   * Whether the code is hidden in the executed notebook, for readers of its outputs.
   */
  report_mode: boolean;
  /**
   * How often a job that failed is run again.
   */
  retries: number;
  /**
   * Those whose values no record shows; in records, parameters whose names look secret are among them.
   */
  secret_parameters: string[];
  /**
   * Names of the workspace's secrets that the job may read.
   */
  secrets: string[];
  /**
   * Seconds that the kernel may take to start.
   */
  start_timeout: number | null;
  tags: {
    [k: string]: string;
  };
  /**
   * Seconds that the whole job may run: ``limits.timeout``.
   */
  timeout: number | null;
  type: 'notebook';
  /**
   * Where the kernel starts: a folder inside ``code``; by default that of the notebook.
   */
  working_directory: string;
}
/**
 * All that is given has to hold. Names and text are compared without regard to case.
 */
export interface JobQuery {
  archived: 'active' | 'archived' | 'all';
  compute: string | null;
  created_after: string | null;
  created_before: string | null;
  descending: boolean;
  experiment: string | null;
  /**
   * Of jobs whose result depends on the same: ``Submission.fingerprint``; any, where it is empty.
   */
  fingerprint: string;
  /**
   * Name of the job that these belong to.
   */
  parent: string | null;
  sort: 'created' | 'name' | 'display_name' | 'status' | 'experiment' | 'ended' | 'duration';
  /**
   * Any of these.
   */
  statuses: JobStatus[];
  /**
   * A tag without a value is one that is there, whatever it says.
   */
  tags: {
    [k: string]: string | null;
  };
  /**
   * Part of the name, display name, description or experiment.
   */
  text: string;
  type: JobType | null;
}
export interface Node {
  compute: string;
  created: string | null;
  job: string | null;
  name: string;
  state: NodeState;
}
export interface NotebookParameters {
  /**
   * Whether a cell is tagged ``parameters``; without one a notebook takes any name that its code reads.
   */
  has_cell: boolean;
  /**
   * Its path.
   */
  notebook: string;
  parameters: Parameter[];
}
export interface Parameter {
  /**
   * As it is written in the notebook.
   */
  default: string;
  /**
   * The comment behind it.
   */
  help: string;
  name: string;
  /**
   * Empty when it takes anything: nothing tells the type, or its default is None.
   */
  type: 'int' | 'float' | 'bool' | 'str' | 'list' | 'dict' | '';
  /**
   * The default as a value, where it is written out; None otherwise.
   */
  value: {
    [k: string]: unknown;
  };
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
export interface PageSeries {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: Series[];
}
/**
 * Points in order of the axis. Of more than were asked for, each stretch keeps the lowest and the highest.
 */
export interface Series {
  axis: 'step' | 'time';
  /**
   * Points that were logged, between the bounds that were asked for.
   */
  count: number;
  /**
   * False while a very long journal is still being read: ask again for the rest.
   */
  is_complete: boolean;
  is_reduced: boolean;
  key: string;
  /**
   * The value that was logged last, whatever the bounds.
   */
  last: number;
  values: number[];
  /**
   * Steps, or milliseconds since the epoch.
   */
  x: number[];
}
/**
 * ``resources`` of a job. What only a virtual machine could honour is kept and noted.
 */
export interface Resources1 {
  docker_args: string;
  instance_count: number;
  instance_type: string;
  locations: string[];
  max_instance_count: number | null;
  properties: {
    [k: string]: JsonValue;
  };
  shm_size: string;
}
/**
 * A name under which a value is kept; the value is no part of this.
 */
export interface Secret {
  created: string | null;
  name: string;
}
export interface Snapshot {
  files: File[];
  folder: string;
  git: {
    [k: string]: string;
  };
  /**
   * The ignore files that were obeyed, for people.
   */
  ignored_by: string;
  /**
   * Bytes, before compression.
   */
  size: number;
}
/**
 * What every kind of job can be asked for.
 */
export interface Submission {
  compute: string;
  /**
   * Names of the workspace's connections that the job may read.
   */
  connections: string[];
  description: string;
  display_name: string;
  environment_variables: {
    [k: string]: string;
  };
  experiment: string;
  /**
   * What the result depends on, hashed: jobs that agree in it may stand for one another.
   */
  fingerprint: string;
  /**
   * The job's own name; one is made up when there is none.
   */
  name: string | null;
  priority: Priority4;
  /**
   * How often a job that failed is run again.
   */
  retries: number;
  /**
   * Names of the workspace's secrets that the job may read.
   */
  secrets: string[];
  tags: {
    [k: string]: string;
  };
  /**
   * Seconds that the whole job may run: ``limits.timeout``.
   */
  timeout: number | null;
}
/**
 * How much of a quota is taken, in cores.
 */
export interface Usage {
  limit: number;
  name: string;
  used: number;
}
export interface WorkspaceInfo {
  /**
   * What stands behind it; a local workspace says what takes each one's place.
   */
  application_insights: string;
  /**
   * In a list: whether it is the one that the other commands use.
   */
  attached: boolean;
  /**
   * What this workspace can do; surfaces grey out what is absent.
   */
  capabilities: string[];
  container_registry: string;
  created: string | null;
  description: string;
  key_vault: string;
  kind: 'local' | 'azure';
  /**
   * For people: the folder of a local workspace, subscription and resource group of an Azure one.
   */
  location: string;
  name: string;
  storage_account: string;
  tags: {
    [k: string]: string;
  };
}
