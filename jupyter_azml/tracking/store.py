"""MLflow's SQL store, with every metric of a job also appended to the job's journal, where it is seen live.

MLflow finds it by ``plugin.py`` for URIs of the scheme ``azml``.
"""

import json
import logging
import time
from pathlib import Path
from typing import Any

from mlflow.entities import RunStatus, RunTag, SourceType
from mlflow.exceptions import MlflowException
from mlflow.store.tracking.dbmodels.models import SqlRun, SqlTag
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from mlflow.utils.mlflow_tags import MLFLOW_RUN_NAME

# One line of MLflow's about its tables would be the first thing that a new user's cell prints.
logging.getLogger("mlflow.store.db.utils").setLevel(logging.WARNING)
logging.getLogger("alembic").setLevel(logging.WARNING)


class JournallingStore(SqlAlchemyStore):
    """A job's own run has the job's name as its id, and is made when the job's code first asks for it."""

    def __init__(self, workspace: Path) -> None:
        self._jobs = workspace / "jobs"
        super().__init__(f"sqlite:///{workspace / 'mlflow.db'}", str(workspace / "artifacts"))

    def get_run(self, run_id: str) -> Any:
        try:
            return super().get_run(run_id)
        except MlflowException:
            if not self._make_run_of_job(run_id):
                raise
            return super().get_run(run_id)

    def log_metric(self, run_id: str, metric: Any) -> None:
        self._journal(run_id, [metric])
        super().log_metric(run_id, metric)

    def log_batch(self, run_id: str, metrics: Any, params: Any, tags: Any) -> None:
        self._journal(run_id, metrics)
        super().log_batch(run_id, metrics, params, tags)

    def _journal(self, run_id: str, metrics: Any) -> None:
        journal = self._jobs / run_id / "metrics.ndjson"
        if not metrics or not journal.parent.is_dir():
            return
        lines = [
            json.dumps({"key": m.key, "value": float(m.value), "step": m.step, "timestamp": m.timestamp})
            for m in metrics
        ]
        with journal.open("ab", buffering=0) as file:
            file.write(("\n".join(lines) + "\n").encode("ascii"))

    def _make_run_of_job(self, run_id: str) -> bool:
        folder = self._jobs / run_id
        try:
            job = json.loads((folder / "job.json").read_text("utf-8"))
        except (OSError, ValueError):
            return False
        experiment = self.get_experiment_by_name(job["experiment"])
        experiment_id = experiment.experiment_id if experiment else self.create_experiment(job["experiment"])
        with self.ManagedSessionMaker(read_only=False) as session:
            session.add(
                SqlRun(
                    run_uuid=run_id,
                    name=job["display_name"],
                    artifact_uri=(folder / "artifacts").as_uri(),
                    experiment_id=int(experiment_id),
                    source_type=SourceType.to_string(SourceType.NOTEBOOK),
                    source_name=job["spec"]["notebook"],
                    entry_point_name="",
                    user_id=job["owner"],
                    status=RunStatus.to_string(RunStatus.RUNNING),
                    start_time=int(time.time() * 1000),
                    end_time=None,
                    deleted_time=None,
                    source_version="",
                    lifecycle_stage="active",
                    tags=[
                        SqlTag(key=tag.key, value=tag.value) for tag in [RunTag(MLFLOW_RUN_NAME, job["display_name"])]
                    ],
                )
            )
        return True
