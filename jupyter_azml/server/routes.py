"""The one table of URLs. jupyter_server puts its base URL before them."""

from .handlers.batch import (
    BatchDeploymentHandler,
    BatchDeploymentsHandler,
    BatchEndpointHandler,
    BatchEndpointsHandler,
    BatchInvokeHandler,
)
from .handlers.comparison import BestHandler, ComparisonHandler
from .handlers.computes import (
    ComputeHandler,
    ComputesHandler,
    ComputeStateHandler,
    NodesHandler,
    SizesHandler,
    UsageHandler,
)
from .handlers.contents import CheckpointsHandler, ContentsHandler
from .handlers.data import (
    AssetArchiveHandler,
    AssetHandler,
    DataHandler,
    PreviewHandler,
    ProfileHandler,
    VersionsHandler,
)
from .handlers.datastores import DatastoresHandler, FilesInStoreHandler
from .handlers.endpoints import (
    CredentialsHandler,
    DeploymentHandler,
    DeploymentLogHandler,
    DeploymentsHandler,
    EndpointHandler,
    EndpointsHandler,
    ScoreHandler,
)
from .handlers.environments import (
    EnvironmentArchiveHandler,
    EnvironmentBuildHandler,
    EnvironmentHandler,
    EnvironmentsHandler,
)
from .handlers.experiments import ExperimentsHandler
from .handlers.job_changes import JobsChangeHandler
from .handlers.job_detail import (
    CellsHandler,
    DownloadHandler,
    LineageHandler,
    LogHandler,
    OriginHandler,
    SnapshotChangesHandler,
    SnapshotFileHandler,
)
from .handlers.jobs import (
    ArchiveHandler,
    CancelHandler,
    FilesHandler,
    JobHandler,
    JobsHandler,
    RestoreHandler,
    SeriesHandler,
    SnapshotHandler,
)
from .handlers.models import (
    ModelAliasHandler,
    ModelArchiveHandler,
    ModelComparisonHandler,
    ModelDownloadHandler,
    ModelFilesHandler,
    ModelHandler,
    ModelsHandler,
)
from .handlers.monitoring import (
    AlertHandler,
    AlertHistoryHandler,
    AlertsHandler,
    AlertTrialHandler,
    EndpointDriftHandler,
    EndpointMetricsHandler,
)
from .handlers.notebooks import ParametersHandler, SaveHandler, TravellingHandler
from .handlers.openapi import OpenapiHandler
from .handlers.signing import SignInHandler, SignOutHandler
from .handlers.workspaces import WorkspaceHandler, WorkspacesHandler
from .socket import LiveSocket

_API = "/azml/api"
_JOB = r"(?P<name>[\w-]+)"
_NAME = r"(?P<name>[\w.-]+)"

_VERSION = r"(?P<version>[\w.-]+)"

ROUTES = [
    (rf"{_API}/workspace", WorkspaceHandler),
    (rf"{_API}/workspaces", WorkspacesHandler),
    (rf"{_API}/sign-in", SignInHandler),
    (rf"{_API}/sign-out", SignOutHandler),
    (rf"{_API}/computes", ComputesHandler),
    (rf"{_API}/computes/{_NAME}", ComputeHandler),
    (rf"{_API}/computes/{_NAME}/(?P<verb>start|stop|restart)", ComputeStateHandler),
    (rf"{_API}/computes/{_NAME}/nodes", NodesHandler),
    (rf"{_API}/compute-sizes", SizesHandler),
    (rf"{_API}/compute-usage", UsageHandler),
    (rf"{_API}/experiments", ExperimentsHandler),
    (rf"{_API}/environments", EnvironmentsHandler),
    (rf"{_API}/environments/{_NAME}", EnvironmentHandler),
    (rf"{_API}/environments/{_NAME}/build", EnvironmentBuildHandler),
    (rf"{_API}/environments/{_NAME}/(?P<verb>archive|restore)", EnvironmentArchiveHandler),
    (rf"{_API}/jobs", JobsHandler),
    (rf"{_API}/change-jobs", JobsChangeHandler),
    (rf"{_API}/compare", ComparisonHandler),
    (rf"{_API}/best", BestHandler),
    (rf"{_API}/jobs/{_JOB}", JobHandler),
    (rf"{_API}/jobs/{_JOB}/cancel", CancelHandler),
    (rf"{_API}/jobs/{_JOB}/archive", ArchiveHandler),
    (rf"{_API}/jobs/{_JOB}/restore", RestoreHandler),
    (rf"{_API}/jobs/{_JOB}/snapshot", SnapshotHandler),
    (rf"{_API}/jobs/{_JOB}/snapshot/changes", SnapshotChangesHandler),
    (rf"{_API}/jobs/{_JOB}/snapshot/file", SnapshotFileHandler),
    (rf"{_API}/jobs/{_JOB}/files", FilesHandler),
    (rf"{_API}/jobs/{_JOB}/download", DownloadHandler),
    (rf"{_API}/jobs/{_JOB}/cells", CellsHandler),
    (rf"{_API}/jobs/{_JOB}/log", LogHandler),
    (rf"{_API}/jobs/{_JOB}/lineage", LineageHandler),
    (rf"{_API}/jobs/{_JOB}/origin", OriginHandler),
    (rf"{_API}/jobs/{_JOB}/series", SeriesHandler),
    (rf"{_API}/data", DataHandler),
    (rf"{_API}/data/{_NAME}", AssetHandler),
    (rf"{_API}/data/{_NAME}/versions", VersionsHandler),
    (rf"{_API}/data/{_NAME}/(?P<verb>archive|restore)", AssetArchiveHandler),
    (rf"{_API}/preview", PreviewHandler),
    (rf"{_API}/profile", ProfileHandler),
    (rf"{_API}/datastores", DatastoresHandler),
    (rf"{_API}/datastores/{_NAME}/files", FilesInStoreHandler),
    (rf"{_API}/models", ModelsHandler),
    (rf"{_API}/models/{_NAME}", ModelHandler),
    (rf"{_API}/models/{_NAME}/versions/{_VERSION}", ModelHandler),
    (rf"{_API}/models/{_NAME}/versions/{_VERSION}/files", ModelFilesHandler),
    (rf"{_API}/models/{_NAME}/versions/{_VERSION}/download", ModelDownloadHandler),
    (rf"{_API}/models/{_NAME}(?:/versions/{_VERSION})?/(?P<verb>archive|restore)", ModelArchiveHandler),
    (rf"{_API}/models/{_NAME}/aliases/(?P<alias>[\w.-]+)", ModelAliasHandler),
    (rf"{_API}/compare-models", ModelComparisonHandler),
    (rf"{_API}/endpoints", EndpointsHandler),
    (rf"{_API}/endpoints/{_NAME}", EndpointHandler),
    (rf"{_API}/endpoints/{_NAME}/deployments", DeploymentsHandler),
    (rf"{_API}/endpoints/{_NAME}/deployments/(?P<deployment>[\w-]+)", DeploymentHandler),
    (rf"{_API}/endpoints/{_NAME}/deployments/(?P<deployment>[\w-]+)/logs", DeploymentLogHandler),
    (rf"{_API}/endpoints/{_NAME}/credentials", CredentialsHandler),
    (rf"{_API}/endpoints/{_NAME}/score", ScoreHandler),
    (rf"{_API}/endpoints/{_NAME}/metrics", EndpointMetricsHandler),
    (rf"{_API}/endpoints/{_NAME}/drift", EndpointDriftHandler),
    (rf"{_API}/endpoints/{_NAME}/alerts(?:/(?P<alert>[\w.-]+))?/history", AlertHistoryHandler),
    (rf"{_API}/endpoints/{_NAME}/alerts/(?P<alert>[\w.-]+)", AlertHandler),
    (rf"{_API}/alerts", AlertsHandler),
    (rf"{_API}/alerts/try", AlertTrialHandler),
    (rf"{_API}/batch-endpoints", BatchEndpointsHandler),
    (rf"{_API}/batch-endpoints/{_NAME}", BatchEndpointHandler),
    (rf"{_API}/batch-endpoints/{_NAME}/deployments", BatchDeploymentsHandler),
    (rf"{_API}/batch-endpoints/{_NAME}/deployments/(?P<deployment>[\w-]+)", BatchDeploymentHandler),
    (rf"{_API}/batch-endpoints/{_NAME}/invoke", BatchInvokeHandler),
    (rf"{_API}/notebooks/parameters", ParametersHandler),
    (rf"{_API}/notebooks/snapshot", TravellingHandler),
    (rf"{_API}/notebooks/save", SaveHandler),
    (rf"{_API}/contents(?P<path>/.+)?/checkpoints", CheckpointsHandler),
    (rf"{_API}/contents(?P<path>/.*)?", ContentsHandler),
    (rf"{_API}/openapi\.json", OpenapiHandler),
    (rf"{_API}/ws", LiveSocket),
]
