"""The run behind a job: MLflow's record of it, with the job's name as its id."""

import json
import re
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from mlflow.entities import LifecycleStage, Run, SourceType
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

from .about import About
from .interactive import NewRun, keeper_of
from .paths import TrackingPaths

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,254}")


def add_run_of_job(store: SqlAlchemyStore, paths: TrackingPaths, run_id: str) -> bool:
    """False when there is no job of that name."""
    if not isinstance(run_id, str) or not _NAME.fullmatch(run_id):
        return False
    about = about_job(paths.jobs / run_id)
    if about is None:
        return False
    add_run(store, run_id, replace(about, start=int(time.time() * 1000)))
    return True


def add_run(store: SqlAlchemyStore, run_id: str, about: About) -> None:
    """Nothing, when it is there."""
    experiment = _experiment(store, about.experiment)
    with Session(store.engine) as session:
        session.add(_row(run_id, about, experiment))
        try:
            session.commit()
        except IntegrityError:
            session.rollback()  # another process was faster


def about_job(folder: Path) -> About | None:
    """What is to be said of the run of a job; None without a readable job.json."""
    try:
        job: dict[str, Any] = json.loads((folder / "job.json").read_text("utf-8"))
        spec, created = job["spec"], datetime.fromisoformat(job["created"])
    except (OSError, ValueError, LookupError, TypeError):
        return None
    is_notebook = "notebook" in spec
    tags = {
        **job.get("tags", {}),
        MLFLOW_RUN_NAME: job["display_name"],
        MLFLOW_USER: job["owner"],
        MLFLOW_SOURCE_NAME: spec["notebook"] if is_notebook else spec.get("command") or job["display_name"],
        MLFLOW_SOURCE_TYPE: SourceType.to_string(SourceType.NOTEBOOK if is_notebook else SourceType.JOB),
    }
    if job.get("parent"):
        tags[MLFLOW_PARENT_RUN_ID] = job["parent"]
    return About(
        name=job["display_name"],
        experiment=job["experiment"],
        artifacts=(folder / "artifacts").as_uri(),
        start=int(created.timestamp() * 1000),
        user=job["owner"],
        tags=tags,
    )


def with_job(store: SqlAlchemyStore, paths: TrackingPaths, run: Run, experiment: str) -> Any:
    """The run, new as it is; one of an attached notebook, outside any other, is a job, whose folder has its files."""
    keeper = keeper_of(paths)
    if keeper is None or MLFLOW_PARENT_RUN_ID in run.data.tags:
        return run
    if not keeper.begin(NewRun(run.info.run_id, run.info.run_name, experiment, run.data.tags)):
        return run
    place = (paths.run(run.info.run_id).folder / "artifacts").as_uri()
    with Session(store.engine) as session:
        session.query(SqlRun).filter_by(run_uuid=run.info.run_id).update({"artifact_uri": place})
        session.commit()
    return store.get_run(run.info.run_id)


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


def _row(run_id: str, about: About, experiment: int) -> SqlRun:
    tags = about.tags or {}
    return SqlRun(
        run_uuid=run_id,
        name=about.name,
        artifact_uri=about.artifacts,
        experiment_id=experiment,
        source_type=tags.get(MLFLOW_SOURCE_TYPE, SourceType.to_string(SourceType.UNKNOWN)),
        source_name=tags.get(MLFLOW_SOURCE_NAME, ""),
        entry_point_name="",
        user_id=about.user,
        status=about.status,
        start_time=about.start,
        end_time=about.end,
        deleted_time=None,
        source_version="",
        lifecycle_stage=LifecycleStage.ACTIVE,
        tags=[SqlTag(key=key, value=value) for key, value in tags.items()],
    )
