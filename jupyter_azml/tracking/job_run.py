"""The run behind a job: MLflow's record of it, with the job's name as its id."""

import json
import re
import time
from pathlib import Path
from typing import Any

from mlflow.entities import LifecycleStage, RunStatus, SourceType
from mlflow.exceptions import MlflowException
from mlflow.store.tracking.dbmodels.models import SqlRun, SqlTag
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from mlflow.utils.mlflow_tags import (
    MLFLOW_PARENT_RUN_ID,
    MLFLOW_RUN_NAME,
    MLFLOW_SOURCE_NAME,
    MLFLOW_SOURCE_TYPE,
    MLFLOW_USER,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .paths import TrackingPaths

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,254}")


def add_run_of_job(store: SqlAlchemyStore, paths: TrackingPaths, run_id: str) -> bool:
    """False when there is no job of that name."""
    folder = paths.jobs / run_id if isinstance(run_id, str) and _NAME.fullmatch(run_id) else None
    job = _read_job(folder) if folder else None
    if folder is None or job is None:
        return False
    experiment = _experiment(store, job["experiment"])
    with Session(store.engine) as session:
        session.add(_row(run_id, folder, job, experiment))
        try:
            session.commit()
        except IntegrityError:
            session.rollback()  # another process was faster
    return True


def _read_job(folder: Path) -> dict[str, Any] | None:
    try:
        job: dict[str, Any] = json.loads((folder / "job.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return job


def _experiment(store: SqlAlchemyStore, name: str) -> int:
    found = store.get_experiment_by_name(name)
    if found is None:
        try:
            return int(store.create_experiment(name))
        except MlflowException:
            found = store.get_experiment_by_name(name)
            if found is None:
                raise
    return int(found.experiment_id)


def _row(run_id: str, folder: Path, job: dict[str, Any], experiment: int) -> SqlRun:
    spec = job["spec"]
    is_notebook = "notebook" in spec
    source = spec["notebook"] if is_notebook else spec.get("command") or job["display_name"]
    source_type = SourceType.to_string(SourceType.NOTEBOOK if is_notebook else SourceType.JOB)
    tags = {
        **job.get("tags", {}),
        MLFLOW_RUN_NAME: job["display_name"],
        MLFLOW_USER: job["owner"],
        MLFLOW_SOURCE_NAME: source,
        MLFLOW_SOURCE_TYPE: source_type,
    }
    if job.get("parent"):
        tags[MLFLOW_PARENT_RUN_ID] = job["parent"]
    return SqlRun(
        run_uuid=run_id,
        name=job["display_name"],
        artifact_uri=(folder / "artifacts").as_uri(),
        experiment_id=experiment,
        source_type=source_type,
        source_name=source,
        entry_point_name="",
        user_id=job["owner"],
        status=RunStatus.to_string(RunStatus.RUNNING),
        start_time=int(time.time() * 1000),
        end_time=None,
        deleted_time=None,
        source_version="",
        lifecycle_stage=LifecycleStage.ACTIVE,
        tags=[SqlTag(key=key, value=value) for key, value in tags.items()],
    )
