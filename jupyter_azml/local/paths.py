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

    def job(self, name: str) -> "JobPaths":
        return JobPaths(self.jobs / name)

    def snapshot(self, digest: str) -> Path:
        return self.snapshots / f"{digest}.zip"


class JobPaths:
    """One job's folder. The worker alone writes below it once the job has started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.job = folder / "job.json"
        self.submitter = folder / "submitter.json"
        self.code = folder / "code"
        self.outputs = folder / "outputs"
        self.artifacts = folder / "artifacts"
        self.logs = folder / "logs"
        self.std_log = folder / "logs" / "user_logs" / "std_log.txt"
        self.worker_log = folder / "logs" / "worker.log"
        self.events = folder / "events.ndjson"
        self.metrics = folder / "metrics.ndjson"
        self.lock = folder / "worker.lock"
        self.worker = folder / "worker.json"
        self.result = folder / "result.json"
