"""Every file name below a workspace that tracking knows. No mlflow here."""

from pathlib import Path

BRIDGE = Path(__file__).parent / "bridge"
"""On the PYTHONPATH of every job, for the mlflow of environments that lack jupyter_azml."""


class TrackingPaths:
    def __init__(self, workspace: Path) -> None:
        self.database = workspace / "mlflow.db"
        self.artifacts = workspace / "artifacts"
        self.folder = workspace / "tracking"
        self.setup_lock = self.folder / "setup.lock"
        self.removals = self.folder / "removals"
        """Grows by a byte whenever runs are deleted or restored: who holds a run open looks at its size."""
        self.open = self.folder / "open"
        """A file for each run that is being written, or has lines that are not folded."""
        self.jobs = workspace / "jobs"
        self.runs = self.folder / "runs"

    def run(self, run_id: str) -> "RunPaths":
        """The run of a job is kept in the job's folder; any other, a child's say, in a folder of its own."""
        job = self.jobs / run_id
        return RunPaths(job if job.is_dir() else self.runs / run_id, self.open / run_id)


class RunPaths:
    def __init__(self, folder: Path, marker: Path) -> None:
        self.folder = folder
        self.marker = marker
        self.metrics = folder / "metrics.ndjson"
        """Points, a line each."""
        self.facts = folder / "facts.ndjson"
        """Parameters and tags, a line each."""
        self.about = folder / "run.json"
        """What else MLflow's row of the run says, for the day on which the database is lost."""
        self.job = folder / "job.json"
        self.result = folder / "result.json"
