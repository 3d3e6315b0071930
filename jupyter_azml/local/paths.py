"""Every file name of a local workspace. Nobody else spells one."""

from pathlib import Path


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
        self.tracking = folder / "tracking"

    def job(self, name: str) -> "JobPaths":
        return JobPaths(self.jobs / name)

    def compute(self, name: str) -> Path:
        return self.computes / f"{name.lower()}.json"

    def node(self, name: str) -> "NodePaths":
        return NodePaths(self.nodes / name)

    def secret(self, key: str) -> Path:
        return self.secrets / f"{key}.value"

    def datastore(self, name: str) -> Path:
        """The folder behind one; of one that a user named, a link to it. Names are case-insensitive."""
        return self.datastores / name.lower()

    def outputs_of(self, job: str) -> Path:
        """Where named outputs are kept that ask for no other place, as in Azure."""
        return self.datastores / "workspaceblobstore" / "azureml" / job

    def snapshot(self, digest: str) -> Path:
        return self.snapshots / f"{digest}.zip"


class JobPaths:
    """One job's folder. The worker alone writes below it once the job has started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.job = folder / "job.json"
        self.submitter = folder / "submitter.json"
        self.code = folder / "code"
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
        self.series = folder.parent.parent / "cache" / "series" / folder.name
        """Outside, since whoever reads writes there."""

    def attempt(self, number: int) -> Path:
        """What an earlier attempt left, when a job was run again."""
        return self.attempts / str(number)


class NodePaths:
    """One node of a compute. The process that is the node holds the lock, and its identity stands in the file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = folder / "node.lock"
        self.log = folder / "node.log"
