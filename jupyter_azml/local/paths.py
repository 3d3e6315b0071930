"""Every file name of a local workspace. Nobody else spells one."""

from pathlib import Path

DATASTORE = "workspaceblobstore"
"""The workspace's own datastore."""


class WorkspacePaths:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "workspace.json"
        self.database = folder / "workspace.db"
        self.setup_lock = folder / "setup.lock"
        self.agent_lock = folder / "agent.lock"
        self.agent_log = folder / "agent.log"
        self.snapshots = folder / "snapshots"
        self.jobs = folder / "jobs"
        self.nodes = folder / "nodes"
        self.secrets = folder / "secrets"
        self.secrets_lock = folder / "secrets" / "store.lock"
        self.secrets_store = folder / "secrets" / "store.json"
        self.computes = folder / "computes"
        self.datastores = folder / "datastores"
        self.cache = folder / "cache"
        self.fetched = self.cache / "data"
        """Copies of what lies in Azure Storage or on the web."""
        self.model_records = folder / "models"
        self.tracking = folder / "tracking"
        self.environments = folder / "environments"
        self.endpoints = folder / "endpoints"
        self.batch = folder / "batch"
        """A folder for each batch endpoint, and in it one for each deployment, with its code."""
        self.routes = self.endpoints / "routes.json"
        self.monitor_lock = self.endpoints / "monitor.lock"
        self.gateway_lock = self.endpoints / "gateway.lock"
        self.gateway_log = self.endpoints / "gateway.log"
        self.gateway_port = self.endpoints / "port.json"
        self.gateway_trouble = self.endpoints / "trouble.json"
        self.gateway_state = self.endpoints / "gateway.json"
        """What the gateway says of itself, and it alone."""

    def job(self, name: str) -> "JobPaths":
        return JobPaths(self.jobs / name)

    def compute(self, name: str) -> Path:
        return self.computes / f"{name.lower()}.json"

    def node(self, name: str) -> "NodePaths":
        return NodePaths(self.nodes / name)

    def endpoint(self, name: str) -> "EndpointPaths":
        return EndpointPaths(self.endpoints / name.lower())

    def secret(self, key: str) -> Path:
        return self.secrets / f"{key}.value"

    def datastore(self, name: str) -> Path:
        """The folder behind the workspace's own."""
        return self.datastores / name.lower()

    def outputs_of(self, job: str) -> Path:
        """Where named outputs are kept that ask for no other place, as in Azure."""
        return self.datastores / DATASTORE / "azureml" / job

    @property
    def models(self) -> Path:
        """A folder for each model and in it one for each version: what a deployment is shown."""
        return self.datastores / DATASTORE / "models"

    def snapshot(self, digest: str) -> Path:
        return self.snapshots / f"{digest}.zip"


class JobPaths:
    """One job's folder. The worker alone writes below it once the job has started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.job = folder / "job.json"
        self.submitter = folder / "submitter.json"
        self.code = folder / "code"
        self.environment = folder / "environment.json"
        self.inputs = folder / "inputs"
        self.outputs = folder / "outputs"
        self.cell = folder / "cell.ipynb"
        self.payload = folder / "payload.pickle"
        self.uploads = folder / "uploads"
        self.artifacts = folder / "artifacts"
        self.logs = folder / "logs"
        self.std_log = folder / "logs" / "user_logs" / "std_log.txt"
        self.worker_log = folder / "logs" / "worker.log"
        self.events = folder / "events.ndjson"
        self.unsaved = folder / "unsaved.ndjson"
        self.metrics = folder / "metrics.ndjson"
        self.lock = folder / "worker.lock"
        self.worker = folder / "worker.json"
        self.result = folder / "result.json"
        self.attempts = folder / "attempts"
        self.progress = folder / "progress.json"
        """Of a job that tells how far it is; a notebook's cells stand in its journal."""
        self.series = folder.parent.parent / "cache" / "series" / folder.name
        """Outside, since whoever reads writes there."""

    def attempt(self, number: int) -> Path:
        """What an earlier attempt left, when a job was run again."""
        return self.attempts / str(number)


class EndpointPaths:
    """One online endpoint's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.metrics = folder / "metrics"

    def deployment(self, name: str) -> "DeploymentPaths":
        return DeploymentPaths(self.folder / "deployments" / name.lower())


class DeploymentPaths:
    """One deployment's folder. What its model servers write goes to one log, whichever revision they are of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "console.log"

    def revision(self, number: int) -> "RevisionPaths":
        return RevisionPaths(self.folder / f"r{number}")


class RevisionPaths:
    """What one model server needs; the server holds the lock, and its identity stands in the file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.deployment = folder / "deployment.json"
        self.submitter = folder / "submitter.json"
        self.code = folder / "code"
        self.prepare_lock = folder / "prepare.lock"
        self.prepared = folder / "prepared.json"
        self.lock = folder / "server.lock"


class NodePaths:
    """One node of a compute. The process that is the node holds the lock, and its identity stands in the file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = folder / "node.lock"
        self.log = folder / "node.log"
