"""How a job ended, read from what its worker left behind."""

import math
from typing import Any, NamedTuple

from ..entities import DataType, Job, JobStatus, MetricSummary, NotebookSpec, Output, Progress, Reason
from .files import read_json
from .paths import JobPaths
from .tail import last_line, read_all


class JobOutcome(NamedTuple):
    status: JobStatus
    reason: Reason
    facts: dict[str, Any]
    assets: list[dict[str, Any]] = []
    """Outputs that are to be registered."""


def outcome_of(paths: JobPaths, job: Job, *, canceled: bool) -> JobOutcome:
    """Call it when the worker's lock is free. Without a result the worker was killed."""
    result = read_json(paths.result)
    if result and result.get("attempt", 1) == job.attempt:
        status, reason = JobStatus(result["status"]), Reason.model_validate(result["reason"])
    elif canceled:
        status, reason = JobStatus.CANCELED, Reason.of("CanceledByUser")
    else:
        status, reason = JobStatus.FAILED, Reason.of("WorkerDied")
    result = result or {}
    written = {name: Output.model_validate(output) for name, output in result.get("outputs", {}).items()}
    facts = {
        "progress": progress_of(paths),
        "metrics": summarise_metrics(paths),
        "outputs": outputs_of(paths, job) | written,
    }
    return JobOutcome(status, reason, facts, result.get("assets", []))


def progress_of(paths: JobPaths) -> Progress | None:
    """From the end of the journal: every line says which cell it belongs to."""
    worker, line = read_json(paths.worker), last_line(paths.events)
    if not worker or "cells" not in worker:
        return None
    return Progress(cell=line["cell"] if line else 0, cells=worker["cells"])


def summarise_metrics(paths: JobPaths) -> tuple[MetricSummary, ...]:
    """Last, lowest and highest of each metric; "last" is the highest step, and there the latest time, as in MLflow."""
    points: dict[str, list[tuple[int, int, float]]] = {}
    for line in read_all(paths.metrics):
        points.setdefault(line["key"], []).append((line["step"], line["timestamp"], line["value"]))
    return tuple(_summary(key, points[key]) for key in sorted(points))


def outputs_of(paths: JobPaths, job: Job) -> dict[str, Output]:
    found = {}
    if isinstance(job.spec, NotebookSpec):
        notebook = paths.outputs / job.spec.notebook.rsplit("/", 1)[-1]
        if notebook.exists():
            found["notebook"] = Output(type=DataType.URI_FILE, path=f"outputs/{notebook.name}", uri=str(notebook))
    if paths.outputs.exists():
        found["default"] = Output(type=DataType.URI_FOLDER, path="outputs", uri=str(paths.outputs))
    return found


def _summary(key: str, points: list[tuple[int, int, float]]) -> MetricSummary:
    step, _time, last = max(points, key=lambda point: point[:2])
    numbers = [value for _step, _at, value in points if not math.isnan(value)] or [math.nan]
    return MetricSummary(key=key, last=last, min=min(numbers), max=max(numbers), count=len(points), step=step)
