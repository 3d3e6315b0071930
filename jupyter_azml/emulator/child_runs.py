"""Runs inside a run, as MLflow nests them: run history tells of them as of jobs, and of nothing else."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from ..arm.shape import mapping
from ..entities import InteractiveSpec, Job, JobStatus, JobType
from ..workspace import Workspace

_STATUSES = {
    "SCHEDULED": JobStatus.NOT_STARTED,
    "RUNNING": JobStatus.RUNNING,
    "FINISHED": JobStatus.COMPLETED,
    "FAILED": JobStatus.FAILED,
    "KILLED": JobStatus.CANCELED,
}


def runs_inside(workspace: Workspace, parent: Job, limit: int) -> Iterator[Job]:
    """In the form of jobs, those that MLflow knows and the workspace has no job for."""
    call = workspace.tracking.call
    found = call("GET", "runs/get", {"run_id": parent.name})
    if not found.is_ok:
        return
    asked = {
        "experiment_ids": [found.body["run"]["info"]["experiment_id"]],
        "filter": f"tags.`mlflow.parentRunId` = '{parent.name}'",
        "max_results": limit,
    }
    runs = call("POST", "runs/search", asked)
    for run in runs.body.get("runs", []) if runs.is_ok else []:
        yield _as_job(run, parent)


def _as_job(run: Mapping[str, Any], parent: Job) -> Job:
    info, data = run["info"], mapping(run.get("data"))
    tags = {str(tag["key"]): str(tag.get("value", "")) for tag in data.get("tags", [])}
    name, started = str(info["run_id"]), _moment(info.get("start_time"))
    spec = InteractiveSpec(name=name, display_name=info.get("run_name") or name, experiment=parent.experiment)
    return Job(
        name=name,
        display_name=spec.display_name,
        experiment=parent.experiment,
        type=JobType.INTERACTIVE,
        spec=spec,
        status=_STATUSES.get(str(info.get("status")), JobStatus.NOT_RESPONDING),
        created=started or parent.created,
        started=started,
        ended=_moment(info.get("end_time")),
        compute=parent.compute,
        description=tags.get("mlflow.note.content", ""),
        tags={key: value for key, value in tags.items() if not key.startswith("mlflow.")},
        parent=parent.name,
        owner=parent.owner,
    )


def _moment(milliseconds: object) -> datetime | None:
    return datetime.fromtimestamp(int(str(milliseconds)) / 1000, UTC) if milliseconds else None
