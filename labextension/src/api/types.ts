/* Generated from the OpenAPI document by `npm run types`: change the entities in Python, not this file. */
/* eslint-disable */

export type AlertMetric = 'latency' | 'errors' | 'drift' | 'silence';
export type AlertState = 'ok' | 'pending' | 'firing' | 'resolved';
export type AlertState1 = 'ok' | 'pending' | 'firing' | 'resolved';
export type DataType =
  'uri_file' | 'uri_folder' | 'mltable' | 'custom_model' | 'mlflow_model' | 'triton_model';
export type AuthMode = 'key' | 'aml_token' | 'aad_token';
export type JsonValue = unknown;
export type OutputAction = 'append_row' | 'summary_only';
/**
 * Of an environment on this machine, for the Python that asks.
 */
export type BuildState = 'NotNeeded' | 'NotBuilt' | 'Building' | 'Succeeded' | 'Failed';
/**
 * Of an environment on this machine, for the Python that asks.
 */
export type BuildState1 = 'NotNeeded' | 'NotBuilt' | 'Building' | 'Succeeded' | 'Failed';
export type CellState = 'running' | 'completed' | 'failed';
/**
 * Words of ``queue_settings.priority``.
 */
export type Priority = 'low' | 'medium' | 'high';
export type DataType1 =
  'uri_file' | 'uri_folder' | 'mltable' | 'custom_model' | 'mlflow_model' | 'triton_model';
export type DataType2 =
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
export type DataType3 =
  'uri_file' | 'uri_folder' | 'mltable' | 'custom_model' | 'mlflow_model' | 'triton_model';
export type CredentialsType1 = 'none' | 'account_key' | 'sas_token' | 'service_principal';
export type DatastoreType = 'azure_blob' | 'azure_data_lake_gen2' | 'azure_file' | 'local';
export type AuthMode1 = 'key' | 'aml_token' | 'aad_token';
export type AuthMode2 = 'key' | 'aml_token' | 'aad_token';
/**
 * Spelled as the service spells a provisioning state.
 */
export type EndpointState = 'Creating' | 'Updating' | 'Deleting' | 'Succeeded' | 'Failed' | 'Canceled';
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
 * What became of a file in its folder since it travelled with a job.
 */
export type FileState = 'same' | 'changed' | 'added' | 'removed';
/**
 * Words of ``queue_settings.priority``.
 */
export type Priority2 = 'low' | 'medium' | 'high';
/**
 * Words of ``queue_settings.priority``.
 */
export type Priority3 = 'low' | 'medium' | 'high';
export type JobType = 'notebook' | 'cell' | 'command' | 'sweep' | 'pipeline' | 'interactive';
export type ModelType = 'custom_model' | 'mlflow_model' | 'triton_model';
export type ModelType1 = 'custom_model' | 'mlflow_model' | 'triton_model';
/**
 * Spelled as the service spells a node's state.
 */
export type NodeState = 'preparing' | 'idle' | 'running' | 'leaving' | 'unusable';
/**
 * Spelled as the service spells a provisioning state.
 */
export type EndpointState1 = 'Creating' | 'Updating' | 'Deleting' | 'Succeeded' | 'Failed' | 'Canceled';
export type AuthMode3 = 'key' | 'aml_token' | 'aad_token';
/**
 * Spelled as the service spells a provisioning state.
 */
export type EndpointState2 = 'Creating' | 'Updating' | 'Deleting' | 'Succeeded' | 'Failed' | 'Canceled';
export type OutputAction1 = 'append_row' | 'summary_only';
export type PreviewKind = 'table' | 'text' | 'image' | 'notebook' | 'folder' | 'binary';
/**
 * Words of ``queue_settings.priority``.
 */
export type Priority4 = 'low' | 'medium' | 'high';
/**
 * Words of ``queue_settings.priority``.
 */
export type Priority5 = 'low' | 'medium' | 'high';
/**
 * Words of ``queue_settings.priority``.
 */
export type Priority6 = 'low' | 'medium' | 'high';

export interface AzmlEntities {
  Account: Account;
  Alert: Alert;
  AlertChange: AlertChange;
  AlertMetric: AlertMetric;
  AlertRule: AlertRule;
  AlertState: AlertState1;
  AlertTrial: AlertTrial;
  AliasRequest: AliasRequest;
  AssetRequest: AssetRequest;
  AttachRequest: AttachRequest;
  AuthMode: AuthMode;
  BatchDeployRequest: BatchDeployRequest;
  BatchDeployment: BatchDeployment;
  BatchEndpoint: BatchEndpoint;
  BatchEndpointChange: BatchEndpointChange;
  BatchEndpointRequest: BatchEndpointRequest;
  BatchSettings: BatchSettings1;
  Bin: Bin;
  BuildContext: BuildContext;
  BuildLog: BuildLog;
  BuildState: BuildState1;
  Captured: Captured;
  CellChanged: CellChanged;
  CellSpec: CellSpec;
  CellState: CellState;
  ChangeRequest: ChangeRequest;
  CodeConfiguration: CodeConfiguration;
  CollectedData: CollectedData;
  Column: Column;
  ColumnDrift: ColumnDrift;
  ColumnProfile: ColumnProfile;
  CommandSpec: CommandSpec;
  ComparedMetric: ComparedMetric;
  Comparison: Comparison;
  Compute: Compute;
  ComputeSchedule: ComputeSchedule;
  ComputeSize: ComputeSize;
  ComputeState: ComputeState1;
  ComputeType: ComputeType;
  Connection: Connection;
  CreateRequest: CreateRequest;
  CredentialsType: CredentialsType;
  DataAsset: DataAsset;
  DataCollection: DataCollection;
  DataCollector: DataCollector;
  DataInput: DataInput;
  DataOutput: DataOutput;
  DataType: DataType;
  Datastore: Datastore;
  DatastoreType: DatastoreType;
  DeployRequest: DeployRequest;
  DeploymentChange: DeploymentChange;
  DeviceCode: DeviceCode;
  DriftBin: DriftBin;
  DriftReport: DriftReport;
  EndpointChange: EndpointChange;
  EndpointFigures: EndpointFigures;
  EndpointKeys: EndpointKeys;
  EndpointMetrics: EndpointMetrics;
  EndpointPoint: EndpointPoint;
  EndpointRequest: EndpointRequest;
  EndpointState: EndpointState;
  EndpointToken: EndpointToken;
  Environment: Environment;
  EnvironmentRequest: EnvironmentRequest;
  EventBatch: EventBatch;
  Experiment: Experiment;
  Fact: Fact;
  Failure: Failure;
  Fault: Fault;
  File: File;
  FileChange: FileChange;
  FileDiff: FileDiff;
  FileState: FileState;
  Frequent: Frequent;
  InteractiveSpec: InteractiveSpec;
  Invocation: Invocation;
  InvokeRequest: InvokeRequest;
  Job: Job;
  JobEnvironment: JobEnvironment;
  JobQuery: JobQuery;
  JobRefused: JobRefused;
  JobStatus: JobStatus;
  JobType: JobType;
  JobsChangeRequest: JobsChangeRequest;
  JobsChanged: JobsChanged;
  JsonValue: JsonValue;
  KeyRequest: KeyRequest;
  Lineage: Lineage;
  LineageLink: LineageLink;
  LineageNode: LineageNode;
  Location: Location;
  LogLines: LogLines;
  LogPart: LogPart;
  MetricPoint: MetricPoint;
  MetricPoints: MetricPoints;
  MetricSummary: MetricSummary;
  Model: Model;
  ModelLineage: ModelLineage1;
  ModelQuery: ModelQuery;
  ModelType: ModelType1;
  MpiDistribution: MpiDistribution;
  Node: Node;
  NodeState: NodeState;
  NotebookCell: NotebookCell;
  NotebookCells: NotebookCells;
  NotebookParameters: NotebookParameters;
  NotebookSpec: NotebookSpec;
  OnlineDeployment: OnlineDeployment;
  OnlineEndpoint: OnlineEndpoint;
  Output: Output;
  OutputAction: OutputAction1;
  Page_AlertChange_: PageAlertChange;
  Page_Alert_: PageAlert;
  Page_BatchDeployment_: PageBatchDeployment;
  Page_BatchEndpoint_: PageBatchEndpoint;
  Page_ComputeSize_: PageComputeSize;
  Page_Compute_: PageCompute;
  Page_DataAsset_: PageDataAsset;
  Page_Datastore_: PageDatastore;
  Page_Environment_: PageEnvironment;
  Page_Experiment_: PageExperiment;
  Page_File_: PageFile;
  Page_Job_: PageJob;
  Page_Model_: PageModel;
  Page_Node_: PageNode;
  Page_OnlineDeployment_: PageOnlineDeployment;
  Page_OnlineEndpoint_: PageOnlineEndpoint;
  Page_Series_: PageSeries;
  Page_Usage_: PageUsage;
  Page_WorkspaceInfo_: PageWorkspaceInfo;
  Parameter: Parameter;
  Preview: Preview;
  PreviewKind: PreviewKind;
  Priority: Priority4;
  Probe: Probe2;
  Profile: Profile;
  Progress: Progress;
  PyTorchDistribution: PyTorchDistribution;
  Reason: Reason;
  RegisterRequest: RegisterRequest;
  RequestSettings: RequestSettings1;
  Resources: Resources1;
  RetrySettings: RetrySettings1;
  RoleAssignment: RoleAssignment;
  RunRequest: RunRequest;
  SaveRequest: SaveRequest;
  Saved: Saved;
  Secret: Secret;
  Series: Series;
  SignInRequest: SignInRequest;
  SignInState: SignInState;
  Snapshot: Snapshot;
  SnapshotChanges: SnapshotChanges;
  SourceChange: SourceChange;
  StatusChanged: StatusChanged;
  Submission: Submission;
  TensorFlowDistribution: TensorFlowDistribution;
  TrialRequest: TrialRequest;
  Trigger: Trigger;
  UnsavedNotebook: UnsavedNotebook;
  Usage: Usage;
  WorkspaceInfo: WorkspaceInfo;
}
/**
 * Whoever is signed in. Nothing of it is secret.
 */
export interface Account {
  /**
   * What won: ``azml login``, ``AzureCliCredential``, ``ManagedIdentityCredential`` …
   */
  credential: string;
  /**
   * Of the token at hand; it is renewed by itself as long as the sign-in lasts.
   */
  expires: string | null;
  /**
   * Of a user, or the id of a service principal or a managed identity.
   */
  name: string;
  tenant: string;
}
/**
 * A rule and how it stands.
 */
export interface Alert {
  /**
   * Whether somebody looks: while no gateway runs, nobody does.
   */
  is_watched: boolean;
  message: string;
  rule: AlertRule;
  since: string | null;
  state: AlertState;
  /**
   * What was measured when the state was entered.
   */
  value: number | null;
}
export interface AlertRule {
  /**
   * Of drift: a data asset, ``azureml:NAME:VERSION``.
   */
  baseline: string;
  /**
   * Run under bash, with the same JSON on standard input.
   */
  command: string;
  created: string | null;
  /**
   * Empty: all of them together.
   */
  deployment: string;
  endpoint: string;
  /**
   * Seconds for which it has to be so before it fires: ``--for``.
   */
  hold: number;
  metric: AlertMetric;
  name: string;
  /**
   * Of drift: the baseline's column that predictions are compared with; by default the one of the same name.
   */
  prediction_column: string;
  /**
   * Of the latency.
   */
  quantile: number;
  /**
   * Seconds of latency, a share of errors from 0 to 1, a PSI; drift without one goes by chance, silence has none.
   */
  threshold: number | null;
  /**
   * Told by a POST of JSON. What could be secret in it is kept apart and shown as asterisks.
   */
  webhook: string;
  /**
   * Seconds that are looked at; of silence, how long.
   */
  window: number;
}
/**
 * One line of an alert's history: a state that was entered, or an action that was taken for it.
 */
export interface AlertChange {
  action: '' | 'webhook' | 'command';
  alert: string;
  at: string;
  endpoint: string;
  /**
   * Why the action failed.
   */
  error: string;
  message: string;
  state: AlertState1;
  value: number | null;
}
/**
 * What a rule would say at this moment, and whether those that it names could be told.
 */
export interface AlertTrial {
  /**
   * None: it cannot be told.
   */
  is_breached: boolean | null;
  message: string;
  /**
   * ``webhook`` and ``command``, as far as they were tried, to why it failed; empty where it worked.
   */
  told: {
    [k: string]: string;
  };
  value: number | null;
}
export interface AliasRequest {
  version: string;
}
export interface AssetRequest {
  description?: string;
  name: string;
  path: string;
  tags?: {
    [k: string]: string;
  };
  type?: DataType | null;
  version?: string;
}
/**
 * One of: a name or folder, a path of Jupyter's own files, an Azure workspace.
 */
export interface AttachRequest {
  path?: string;
  reference?: string;
  resource_group?: string;
  subscription_id?: string;
  workspace_name?: string;
}
export interface BatchDeployRequest {
  code?: string | null;
  compute?: string;
  environment?: string | null;
  model: string;
  name?: string;
}
export interface BatchDeployment {
  /**
   * Without a scoring script, a model that MLflow saved is asked.
   */
  code_configuration: CodeConfiguration | null;
  compute: string;
  created: string | null;
  description: string;
  endpoint_name: string;
  environment:
    | string
    | {
        [k: string]: JsonValue;
      }
    | null;
  environment_variables: {
    [k: string]: string;
  };
  /**
   * ``azureml:NAME:VERSION``; what is given may also be a path, which is registered.
   */
  model: string;
  name: string;
  properties: {
    [k: string]: string;
  };
  settings: BatchSettings;
  tags: {
    [k: string]: string;
  };
}
export interface CodeConfiguration {
  /**
   * The folder that the scoring script is in.
   */
  code: string;
  /**
   * Relative to the folder.
   */
  scoring_script: string;
}
/**
 * What an invocation may ask for in place of the deployment's own.
 */
export interface BatchSettings {
  /**
   * Files that may fail; -1: any number, as long as one is scored.
   */
  error_threshold: number;
  instance_count: number;
  logging_level: 'debug' | 'info' | 'warning';
  /**
   * Processes on each instance.
   */
  max_concurrency_per_instance: number;
  /**
   * Files that ``run()`` is handed at once.
   */
  mini_batch_size: number;
  output_action: OutputAction;
  output_file_name: string;
  retry_settings: RetrySettings;
}
export interface RetrySettings {
  max_retries: number;
  /**
   * Seconds for a mini-batch.
   */
  timeout: number;
}
export interface BatchEndpoint {
  /**
   * The service has no other.
   */
  auth_mode: 'aad_token';
  created: string | null;
  /**
   * Scores where none is named.
   */
  default_deployment: string;
  description: string;
  name: string;
  properties: {
    [k: string]: string;
  };
  tags: {
    [k: string]: string;
  };
}
export interface BatchEndpointChange {
  default_deployment?: string | null;
  description?: string | null;
}
export interface BatchEndpointRequest {
  description?: string;
  name: string;
}
/**
 * What an invocation may ask for in place of the deployment's own.
 */
export interface BatchSettings1 {
  /**
   * Files that may fail; -1: any number, as long as one is scored.
   */
  error_threshold: number;
  instance_count: number;
  logging_level: 'debug' | 'info' | 'warning';
  /**
   * Processes on each instance.
   */
  max_concurrency_per_instance: number;
  /**
   * Files that ``run()`` is handed at once.
   */
  mini_batch_size: number;
  output_action: OutputAction;
  output_file_name: string;
  retry_settings: RetrySettings;
}
/**
 * From ``low`` to ``high``; the last one of a histogram includes its end.
 */
export interface Bin {
  count: number;
  high: number | string;
  low: number | string;
}
/**
 * A folder with a Dockerfile, and what of it a workspace without images can use.
 */
export interface BuildContext {
  /**
   * The folder's conda file.
   */
  conda_file: {
    [k: string]: JsonValue;
  };
  /**
   * Its text.
   */
  dockerfile: string;
  dockerfile_path: string;
  path: string;
  /**
   * Of the folder's requirements.txt.
   */
  requirements: string[];
}
export interface BuildLog {
  environment: Environment | null;
  error: Failure | null;
  is_running: boolean;
  offset: number;
  text: string;
}
export interface Environment {
  archived: boolean;
  build: BuildContext | null;
  /**
   * Its content: ``name``, ``channels``, ``dependencies``.
   */
  conda_file: {
    [k: string]: JsonValue;
  };
  created: string | null;
  description: string;
  /**
   * SHA-256 of what it is made of: versions of the same content are one version.
   */
  digest: string;
  image: string;
  inference_config: {
    [k: string]: JsonValue;
  };
  /**
   * Named and kept up by Azure.
   */
  is_curated: boolean;
  name: string;
  /**
   * What is not done here, and what to know of it.
   */
  notes: Reason[];
  os_type: string;
  /**
   * Requirements as pip writes them, and pip's options for where to find them.
   */
  packages: string[];
  /**
   * Why it could not be built.
   */
  reason: Reason | null;
  /**
   * Once it is built: each package that it asks for, and each that these need, with its version.
   */
  resolved: {
    [k: string]: string;
  };
  state: BuildState;
  tags: {
    [k: string]: string;
  };
  /**
   * Any text, as in Azure; counted up when it is left out.
   */
  version: string;
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
export interface Failure {
  code: string;
  hint: string;
  message: string;
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
  /**
   * ``azureml:NAME:VERSION``, ``azureml:NAME@latest``, or an environment written out as in ``az ml``'s YAML.
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
export interface ChangeRequest {
  description?: string;
  properties?: {
    [k: string]: string;
  };
  stage?: string;
  tags?: {
    [k: string]: string;
  };
}
/**
 * Where a collection is kept, and under which name it would be found in Azure.
 */
export interface CollectedData {
  name: string;
  path: string;
  version: string;
}
export interface Column {
  name: string;
  /**
   * In DuckDB's words: BIGINT, DOUBLE, VARCHAR, TIMESTAMP, …
   */
  type: string;
}
export interface ColumnDrift {
  bins: DriftBin[];
  column: string;
  is_drifting: boolean;
  kind: 'numeric' | 'categorical';
  missing: number;
  /**
   * Population stability index.
   */
  psi: number;
  rows: number;
  source: 'input' | 'prediction';
  /**
   * What chance alone would bring about too seldom.
   */
  threshold: number;
  /**
   * Share of values that the baseline does not have, of a categorical column.
   */
  unseen: number;
}
export interface DriftBin {
  /**
   * Share of the baseline's rows.
   */
  baseline: number;
  current: number;
  label: string;
}
/**
 * Missing values are in no measure but ``missing``; what makes no sense for a type is None.
 */
export interface ColumnProfile {
  /**
   * Values that are there.
   */
  count: number;
  distinct: number;
  histogram: Bin[];
  is_distinct_exact: boolean;
  max: {
    [k: string]: unknown;
  };
  mean: number | null;
  median: number | null;
  min: {
    [k: string]: unknown;
  };
  /**
   * NULL, and NaN among numbers.
   */
  missing: number;
  name: string;
  q25: number | null;
  q75: number | null;
  /**
   * Of a sample, as in pandas: divided by n - 1.
   */
  std: number | null;
  /**
   * The most frequent values, the most frequent first.
   */
  top: Frequent[];
  type: string;
}
export interface Frequent {
  count: number;
  value: JsonValue;
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
   * ``azureml:NAME:VERSION``, ``azureml:NAME@latest``, or an environment written out as in ``az ml``'s YAML.
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
  type: DataType1;
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
  type: DataType2;
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
 * One thing about each of the jobs, or of the models, in their order.
 */
export interface Fact {
  differs: boolean;
  kind: 'about' | 'model' | 'parameter' | 'input' | 'environment' | 'git' | 'file';
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
export interface CreateRequest {
  description?: string;
  name: string;
  tags?: {
    [k: string]: string;
  };
}
export interface DataAsset {
  archived: boolean;
  /**
   * Of what was uploaded: the same content has the same. Empty for what stays where it is.
   */
  content_hash: string;
  created: string | null;
  description: string;
  /**
   * The job that wrote it.
   */
  job: string | null;
  /**
   * Given to this version, and ``latest``. Not kept with it: told when it is asked for.
   */
  labels: string[];
  /**
   * When its description or its tags were.
   */
  modified: string | null;
  name: string;
  path: string;
  properties: {
    [k: string]: string;
  };
  /**
   * Jobs that read it, the last one first; told for a single asset.
   */
  readers: string[];
  /**
   * Bytes of what was uploaded.
   */
  size: number | null;
  tags: {
    [k: string]: string;
  };
  type: DataType3;
  /**
   * Any text, as in Azure; counted up when it is left out.
   */
  version: string;
}
export interface DataCollection {
  data: CollectedData | null;
  enabled: boolean;
}
/**
 * ``data_collector`` of a deployment: which of what comes and goes is kept, and how much of it.
 */
export interface DataCollector {
  /**
   * Kept on record.
   */
  capture_headers: string[];
  /**
   * By name: ``model_inputs``, ``model_outputs``, and ``request`` and ``response`` for the bodies as they are.
   */
  collections: {
    [k: string]: DataCollection;
  };
  /**
   * How long one file is written to.
   */
  rolling_rate: 'minute' | 'hour' | 'day';
  sampling_rate: number;
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
export interface DeployRequest {
  auth_mode?: AuthMode1;
  code?: string | null;
  collect?: boolean;
  environment?: string;
  environment_variables?: {
    [k: string]: string;
  };
  instance_count?: number;
  model?: string;
  name?: string | null;
  traffic?: number | null;
  wait?: boolean;
}
export interface DeploymentChange {
  collect?: boolean | null;
  description?: string | null;
  environment_variables?: {
    [k: string]: string;
  } | null;
  instance_count?: number | null;
  tags?: {
    [k: string]: string;
  } | null;
}
/**
 * What a person enters in a browser, on whatever machine, to sign this one in. Good for minutes, and once.
 */
export interface DeviceCode {
  expires: string;
  /**
   * All of it in a sentence of Azure's.
   */
  message: string;
  user_code: string;
  verification_uri: string;
}
export interface DriftReport {
  baseline: string;
  baseline_rows: number;
  /**
   * The most changed first.
   */
  columns: ColumnDrift[];
  deployment: string;
  endpoint: string;
  /**
   * None: too few rows, or no column in common.
   */
  is_drifting: boolean | null;
  /**
   * Without so many there is no verdict.
   */
  needed: number;
  /**
   * That were collected and compared.
   */
  rows: number;
}
export interface EndpointChange {
  description?: string | null;
  mirror_traffic?: {
    [k: string]: number;
  } | null;
  tags?: {
    [k: string]: string;
  } | null;
  traffic?: {
    [k: string]: number;
  } | null;
}
/**
 * Of one stretch of time. Latencies are in seconds, within 2 %, and None where there was no request.
 */
export interface EndpointFigures {
  /**
   * Answers of 500 and above, and 429.
   */
  errors: number;
  latency_mean: number | null;
  latency_p50: number | null;
  latency_p95: number | null;
  latency_p99: number | null;
  requests: number;
  requests_per_second: number;
  /**
   * Counts by status code.
   */
  statuses: {
    [k: string]: number;
  };
  /**
   * The share of answers below 400.
   */
  success_rate: number | null;
}
export interface EndpointKeys {
  primary_key: string;
  secondary_key: string;
}
export interface EndpointMetrics {
  /**
   * None: all of them.
   */
  deployment: string | null;
  deployments: {
    [k: string]: EndpointFigures;
  };
  endpoint: string;
  points: EndpointPoint[];
  /**
   * Seconds of a point.
   */
  step: number;
  total: EndpointFigures;
  until: string;
  /**
   * Seconds up to ``until``.
   */
  window: number;
}
export interface EndpointPoint {
  /**
   * Answers of 500 and above, and 429.
   */
  errors: number;
  latency_mean: number | null;
  latency_p50: number | null;
  latency_p95: number | null;
  latency_p99: number | null;
  requests: number;
  requests_per_second: number;
  /**
   * Of ``EndpointMetrics.step`` seconds.
   */
  start: string;
  /**
   * Counts by status code.
   */
  statuses: {
    [k: string]: number;
  };
  /**
   * The share of answers below 400.
   */
  success_rate: number | null;
}
export interface EndpointRequest {
  auth_mode?: AuthMode2;
  description?: string;
  name: string;
  tags?: {
    [k: string]: string;
  };
}
export interface EndpointToken {
  access_token: string;
  expiry: string;
  token_type: string;
}
/**
 * What it is made of, as the texts of the files that a person has.
 */
export interface EnvironmentRequest {
  conda_file?: string;
  description?: string;
  image?: string;
  name: string;
  packages?: string[];
  requirements?: string;
  tags?: {
    [k: string]: string;
  };
  version?: string;
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
export interface Fault {
  /**
   * The name of its class in jupyter_azml/errors.py.
   */
  code: string;
  /**
   * What to do about it.
   */
  hint: string;
  /**
   * What happened, in the language that was asked for.
   */
  message: string;
}
export interface File {
  /**
   * Another one whenever the content is; empty where the store has none.
   */
  etag: string;
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
export interface FileChange {
  /**
   * Relative to the folder, with forward slashes.
   */
  path: string;
  /**
   * Bytes of what travelled; of one that was added, of what is there now.
   */
  size: number;
  state: FileState;
}
/**
 * One file of them.
 */
export interface FileDiff {
  /**
   * From what travelled to what is there now; empty where nothing is different.
   */
  diff: string;
  is_cut: boolean;
  is_text: boolean;
  path: string;
  state: FileState;
  /**
   * As it travelled; of one that was added, as it is now.
   */
  text: string;
}
/**
 * A run that was begun with plain ``mlflow`` in an attached notebook. It is recorded, never submitted.
 */
export interface InteractiveSpec {
  compute: string;
  /**
   * Names of the workspace's connections that the job may read.
   */
  connections: string[];
  description: string;
  display_name: string;
  /**
   * ``azureml:NAME:VERSION``, ``azureml:NAME@latest``, or an environment written out as in ``az ml``'s YAML.
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
  /**
   * The job's own name; one is made up when there is none.
   */
  name: string | null;
  /**
   * The notebook's path on this machine, where it is known.
   */
  notebook: string;
  priority: Priority2;
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
  type: 'interactive';
}
/**
 * What an endpoint answered.
 */
export interface Invocation {
  body: string;
  content_type: string;
  deployment: string;
  endpoint: string;
  seconds: number;
  status: number;
}
export interface InvokeRequest {
  deployment?: string | null;
  experiment?: string;
  job_name?: string | null;
  path: string;
  settings?: {
    [k: string]: JsonValue;
  };
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
  environment: JobEnvironment | null;
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
  /**
   * Versions that were registered from it, as ``NAME:VERSION``; looked up when one job is asked for.
   */
  models: string[];
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
  spec: NotebookSpec | CellSpec | CommandSpec | InteractiveSpec;
  started: string | null;
  status: JobStatus;
  tags: {
    [k: string]: string;
  };
  type: JobType;
}
/**
 * The environment of a job, as it was when the job was submitted.
 */
export interface JobEnvironment {
  name: string;
  /**
   * Those that the job ran with: names and versions of what was asked for, and of what that needs.
   */
  packages: {
    [k: string]: string;
  };
  /**
   * What is laid over the submitter's Python; nothing where that one suffices.
   */
  requirements: string[];
  version: string;
}
/**
 * As in an ``az ml`` job: a type and where it is.
 */
export interface Output {
  /**
   * Relative to the job, with forward slashes: ``outputs/train.ipynb``; empty for one that is kept elsewhere.
   */
  path: string;
  type: DataType;
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
  /**
   * ``azureml:NAME:VERSION``, ``azureml:NAME@latest``, or an environment written out as in ``az ml``'s YAML.
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
   * Data that it reads. Where each is, is given to it as a parameter of that name.
   */
  inputs: {
    [k: string]: DataInput;
  };
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
  /**
   * Places that it writes to, given to it in the same way.
   */
  outputs: {
    [k: string]: DataOutput;
  };
  parameters: {
    [k: string]: JsonValue;
  };
  priority: Priority3;
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
export interface JobRefused {
  code: string;
  message: string;
  name: string;
}
export interface JobsChangeRequest {
  change: 'cancel' | 'archive' | 'restore' | 'delete';
  /**
   * @minItems 1
   * @maxItems 10000
   */
  names: [string, ...string[]];
}
/**
 * What became of each: a job that could not be changed stops none of the others.
 */
export interface JobsChanged {
  change: 'cancel' | 'archive' | 'restore' | 'delete';
  done: string[];
  failed: JobRefused[];
}
export interface KeyRequest {
  key: 'primary' | 'secondary';
}
export interface Lineage {
  links: LineageLink[];
  nodes: LineageNode[];
}
export interface LineageLink {
  /**
   * By what name the job knows it.
   */
  label: string;
  source: string;
  target: string;
}
export interface LineageNode {
  /**
   * 0 is the job that was asked about; what came before is below, what follows above.
   */
  column: number;
  /**
   * What it is to people beside its title: a path, a version.
   */
  detail: string;
  /**
   * Unique in the graph.
   */
  id: string;
  kind: 'data' | 'code' | 'environment' | 'job' | 'model' | 'endpoint';
  /**
   * Of a job.
   */
  status: string;
  title: string;
  /**
   * By which it is asked for: a job's name, ``azureml:NAME:VERSION``, ``MODEL:VERSION``; or empty.
   */
  uri: string;
}
/**
 * Where an address really leads.
 */
export interface Location {
  /**
   * Empty for a place on this machine or on the web.
   */
  datastore: string;
  is_web: boolean;
  /**
   * In the datastore, "" being its root; else an absolute path of this machine, or an address on the web.
   */
  path: string;
}
export interface LogPart {
  /**
   * Where the next part begins.
   */
  end: number;
  /**
   * Of the file, relative to the job.
   */
  path: string;
  /**
   * Of the whole file, when this was read.
   */
  size: number;
  /**
   * In bytes; whole lines, but for one that is longer than a part.
   */
  start: number;
  text: string;
}
export interface Model {
  aliases: string[];
  archived: boolean;
  created: string | null;
  description: string;
  files: number;
  /**
   * Of its MLmodel file: ``python_function``, ``sklearn``, … and what each says.
   */
  flavors: {
    [k: string]: JsonValue;
  };
  /**
   * SHA-256 over the names and contents of its files.
   */
  hash: string;
  /**
   * A file of the model.
   */
  input_example: string;
  lineage: ModelLineage;
  name: string;
  /**
   * Where it is kept, as ``azureml://datastores/…``; of one that is to be registered, where it comes from.
   */
  path: string;
  properties: {
    [k: string]: string;
  };
  /**
   * Of its MLmodel file: lists of columns under ``inputs``, ``outputs`` and ``params``.
   */
  signature: {
    [k: string]: JsonValue;
  };
  /**
   * Bytes.
   */
  size: number;
  /**
   * What ``path`` was when it was registered.
   */
  source: string;
  /**
   * MLflow's Staging, Production or Archived, or any other word.
   */
  stage: string;
  tags: {
    [k: string]: string;
  };
  type: ModelType;
  updated: string | null;
  /**
   * Any text, as in Azure; counted up when it is left out.
   */
  version: string;
}
/**
 * What is known of the job that made it; kept when the job is deleted.
 */
export interface ModelLineage {
  environment: {
    [k: string]: JsonValue;
  };
  git: {
    [k: string]: string;
  };
  /**
   * The paths of the data that the job read.
   */
  inputs: {
    [k: string]: string;
  };
  job: string | null;
  /**
   * The last value of each.
   */
  metrics: {
    [k: string]: number;
  };
  parameters: {
    [k: string]: JsonValue;
  };
  /**
   * Of MLflow, where it is not the job's own: a run inside the job, or one that belongs to none.
   */
  run: string | null;
  /**
   * SHA-256 of the code that travelled.
   */
  snapshot: string | null;
}
/**
 * What is known of the job that made it; kept when the job is deleted.
 */
export interface ModelLineage1 {
  environment: {
    [k: string]: JsonValue;
  };
  git: {
    [k: string]: string;
  };
  /**
   * The paths of the data that the job read.
   */
  inputs: {
    [k: string]: string;
  };
  job: string | null;
  /**
   * The last value of each.
   */
  metrics: {
    [k: string]: number;
  };
  parameters: {
    [k: string]: JsonValue;
  };
  /**
   * Of MLflow, where it is not the job's own: a run inside the job, or one that belongs to none.
   */
  run: string | null;
  /**
   * SHA-256 of the code that travelled.
   */
  snapshot: string | null;
}
/**
 * What a list of models is to hold.
 */
export interface ModelQuery {
  archived: 'active' | 'archived' | 'all';
  /**
   * Registered from this job.
   */
  job: string | null;
  /**
   * All versions of this one, instead of the newest of each.
   */
  name: string | null;
  stage: string | null;
  /**
   * With this value; None: whatever it is.
   */
  tags: {
    [k: string]: string | null;
  };
  /**
   * In the name, the description or a tag, in any case.
   */
  text: string;
  type: ModelType1 | null;
}
export interface Node {
  compute: string;
  created: string | null;
  job: string | null;
  name: string;
  state: NodeState;
}
export interface NotebookCell {
  execution_count: number | null;
  /**
   * Of all cells, from 0.
   */
  index: number;
  /**
   * Whether outputs are left out because they are too large.
   */
  is_cut: boolean;
  /**
   * Whether it was saved after its end: then nothing of it changes any more.
   */
  is_done: boolean;
  kind: 'code' | 'markdown' | 'raw';
  /**
   * As events count: from 1, over the cells that run code; None for the others.
   */
  number: number | null;
  /**
   * As nbformat has them; what was printed is one text, however often the job flushed it.
   */
  outputs: JsonValue[];
  source: string;
}
export interface NotebookCells {
  cells: NotebookCell[];
  /**
   * Of the notebook.
   */
  count: number;
  /**
   * Index of the first one told here.
   */
  first: number;
  /**
   * Of the code: ``python``.
   */
  language: string;
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
  /**
   * Whether its name says that no record is to show its value.
   */
  is_secret: boolean;
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
export interface OnlineDeployment {
  app_insights_enabled: boolean;
  code_configuration: CodeConfiguration | null;
  created: string | null;
  data_collector: DataCollector | null;
  description: string;
  endpoint_name: string;
  /**
   * ``azureml:NAME:VERSION``, or written out; without one it is that of whoever deployed.
   */
  environment:
    | string
    | {
        [k: string]: JsonValue;
      };
  environment_variables: {
    [k: string]: string;
  };
  instance_count: number;
  instance_type: string;
  /**
   * Whether a model server of it takes requests, be it of the revision before.
   */
  is_answering: boolean;
  liveness_probe: Probe;
  /**
   * ``azureml:NAME:VERSION``; what is given may also be a path, which is registered.
   */
  model: string;
  name: string;
  notes: Reason[];
  properties: {
    [k: string]: string;
  };
  readiness_probe: Probe1;
  /**
   * Why it is not there yet, or not as it was asked for.
   */
  reason: Reason | null;
  request_settings: RequestSettings;
  scale_settings: {
    [k: string]: JsonValue;
  };
  state: EndpointState1;
  tags: {
    [k: string]: string;
  };
}
/**
 * Times in seconds.
 */
export interface Probe {
  failure_threshold: number;
  initial_delay: number;
  period: number;
  success_threshold: number;
  timeout: number;
}
/**
 * Times in seconds.
 */
export interface Probe1 {
  failure_threshold: number;
  initial_delay: number;
  period: number;
  success_threshold: number;
  timeout: number;
}
export interface RequestSettings {
  max_concurrent_requests_per_instance: number;
  max_queue_wait_ms: number;
  request_timeout_ms: number;
}
export interface OnlineEndpoint {
  auth_mode: AuthMode3;
  created: string | null;
  description: string;
  identity: {
    [k: string]: JsonValue;
  };
  /**
   * Deployment to per cent of the requests that it is sent a copy of.
   */
  mirror_traffic: {
    [k: string]: number;
  };
  name: string;
  notes: Reason[];
  openapi_uri: string;
  properties: {
    [k: string]: string;
  };
  public_network_access: 'enabled' | 'disabled' | '';
  /**
   * Why it does not answer, while it does not.
   */
  reason: Reason | null;
  scoring_uri: string;
  state: EndpointState2;
  tags: {
    [k: string]: string;
  };
  /**
   * Deployment to per cent; all together 100, or 0 while nothing is to be answered.
   */
  traffic: {
    [k: string]: number;
  };
}
export interface PageAlertChange {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: AlertChange[];
}
export interface PageAlert {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: Alert[];
}
export interface PageBatchDeployment {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: BatchDeployment[];
}
export interface PageBatchEndpoint {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: BatchEndpoint[];
}
export interface PageComputeSize {
  continuation: string | null;
  items: ComputeSize[];
}
export interface PageCompute {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: Compute[];
}
export interface PageDataAsset {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: DataAsset[];
}
export interface PageDatastore {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: Datastore[];
}
export interface PageEnvironment {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: Environment[];
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
export interface PageModel {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: Model[];
}
export interface PageNode {
  continuation: string | null;
  items: Node[];
}
export interface PageOnlineDeployment {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: OnlineDeployment[];
}
export interface PageOnlineEndpoint {
  /**
   * Hand this back to get the next page; None at the end.
   */
  continuation: string | null;
  items: OnlineEndpoint[];
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
export interface PageUsage {
  continuation: string | null;
  items: Usage[];
}
/**
 * How much of a quota is taken, in cores.
 */
export interface Usage {
  limit: number;
  name: string;
  used: number;
}
export interface PageWorkspaceInfo {
  continuation: string | null;
  items: WorkspaceInfo[];
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
/**
 * The beginning of a file. Which fields have something follows from ``kind``.
 */
export interface Preview {
  /**
   * How many of them were fetched for this.
   */
  bytes_read: number;
  /**
   * Of the file; a very wide one shows its first columns only.
   */
  column_count: number;
  columns: Column[];
  /**
   * What else was found out: encoding, delimiter, kernel, …
   */
  details: {
    [k: string]: string;
  };
  /**
   * The first ones of a folder.
   */
  files: File[];
  /**
   * For people: CSV, Parquet, PNG, …
   */
  format: string;
  /**
   * A thumbnail, as a ``data:`` address.
   */
  image: string;
  is_row_count_exact: boolean;
  is_text_cut: boolean;
  kind: PreviewKind;
  name: string;
  /**
   * What is not as it looks: lines that do not fit, columns left out.
   */
  notes: string[];
  /**
   * As it was asked for.
   */
  path: string;
  /**
   * Of the file; None where nobody can say without reading it all.
   */
  row_count: number | null;
  rows: JsonValue[][];
  /**
   * Bytes of the whole file.
   */
  size: number;
  text: string;
}
/**
 * Times in seconds.
 */
export interface Probe2 {
  failure_threshold: number;
  initial_delay: number;
  period: number;
  success_threshold: number;
  timeout: number;
}
export interface Profile {
  column_count: number;
  columns: ColumnProfile[];
  format: string;
  is_sample: boolean;
  name: string;
  notes: string[];
  path: string;
  /**
   * Of the file; None where nobody can say without reading it all.
   */
  row_count: number | null;
  /**
   * Those that the measures are of: the first ones, where there are many.
   */
  rows_read: number;
  size: number;
}
export interface RegisterRequest {
  description?: string;
  name: string;
  path: string;
  properties?: {
    [k: string]: string;
  };
  stage?: string;
  tags?: {
    [k: string]: string;
  };
  type?: ModelType1 | null;
  version?: string;
}
export interface RequestSettings1 {
  max_concurrent_requests_per_instance: number;
  max_queue_wait_ms: number;
  request_timeout_ms: number;
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
export interface RetrySettings1 {
  max_retries: number;
  /**
   * Seconds for a mini-batch.
   */
  timeout: number;
}
export interface RoleAssignment {
  created: string | null;
  /**
   * Given for a resource group or a subscription that the workspace is in.
   */
  is_inherited: boolean;
  /**
   * Id of a user, a group or a service; locally the user's name.
   */
  principal: string;
  /**
   * ``User``, ``Group``, ``ServicePrincipal``.
   */
  principal_type: string;
  role: string;
  scope: string;
}
export interface RunRequest {
  compute?: string | null;
  description?: string;
  display_name?: string | null;
  environment?: string | null;
  experiment?: string | null;
  inputs?: {
    [k: string]: string;
  };
  parameters?: {
    [k: string]: JsonValue;
  };
  path: string;
  priority?: Priority5;
  retries?: number;
  secret_parameters?: string[];
  tags?: {
    [k: string]: string;
  };
  texts?: {
    [k: string]: string;
  };
  timeout?: number | null;
}
export interface SaveRequest {
  path: string;
}
export interface Saved {
  is_saved: boolean;
  pages: number;
}
/**
 * A name under which a value is kept; the value is no part of this.
 */
export interface Secret {
  created: string | null;
  name: string;
}
export interface SignInRequest {
  tenant?: string;
}
export interface SignInState {
  account: Account | null;
  error: Failure | null;
  expires: string | null;
  state: 'none' | 'starting' | 'waiting' | 'done' | 'failed';
  user_code: string;
  verification_uri: string;
}
export interface Snapshot {
  files: File[];
  folder: string;
  git: {
    [k: string]: string;
  };
  /**
   * What stays behind, a folder with a slash at its end; the first thousand.
   */
  ignored: string[];
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
 * What travelled with a job beside what its folder holds now.
 */
export interface SnapshotChanges {
  /**
   * By name.
   */
  files: FileChange[];
  /**
   * Empty for a job that took nothing along.
   */
  folder: string;
  /**
   * Whether this machine has the folder; without it nothing is compared and every file counts as the same.
   */
  is_there: boolean;
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
  /**
   * ``azureml:NAME:VERSION``, ``azureml:NAME@latest``, or an environment written out as in ``az ml``'s YAML.
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
  /**
   * The job's own name; one is made up when there is none.
   */
  name: string | null;
  priority: Priority6;
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
export interface TrialRequest {
  rule: AlertRule;
  tell?: boolean;
}
export interface UnsavedNotebook {
  notebook: {
    [k: string]: JsonValue;
  };
  path: string;
}
