"""How a job ended, read from what its worker left behind."""

import math
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from ..entities import CellSpec, CommandSpec, DataType, InteractiveSpec, Job, JobStatus, Output, Progress, Reason
from ..execution.unsaved import mend_notebook
from ..tracking.about import read_about
from ..tracking.interactive import facts_in
from ..tracking.paths import RunPaths
from .files import read_json
from .job_environment import environment_facts
from .metric_index import MetricIndex
from .paths import JobPaths
from .tail import last_line


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
        if canceled and reason.code == "RunFailed":  # the interrupt is what raised
            status, reason = JobStatus.CANCELED, Reason.of("CanceledByUser")
    elif canceled:
        status, reason = JobStatus.CANCELED, Reason.of("CanceledByUser")
    else:
        is_interactive = isinstance(job.spec, InteractiveSpec)
        status, reason = JobStatus.FAILED, Reason.of("KernelLost" if is_interactive else "WorkerDied")
    if notebook := _executed_notebook(paths, job):
        with suppress(OSError):
            mend_notebook(notebook, paths.unsaved, status, reason)
    result = result or {}
    written = {name: Output.model_validate(output) for name, output in result.get("outputs", {}).items()}
    facts = {
        "progress": progress_of(paths),
        "metrics": MetricIndex(paths).summaries(patience=math.inf),
        "outputs": outputs_of(paths, job) | written,
        **environment_facts(paths, job),
    }
    if isinstance(job.spec, InteractiveSpec):
        facts |= {**facts_of_run(paths, job), "started": job.created}
    return JobOutcome(status, reason, facts, result.get("assets", []))


def progress_of(paths: JobPaths) -> Progress | None:
    """From the end of the journal: every line says which cell it belongs to."""
    if (told := read_json(paths.progress)) is not None:
        return Progress(cell=told["cell"], cells=told["cells"])
    worker, line = read_json(paths.worker), last_line(paths.events)
    if not worker or "cells" not in worker:
        return None
    return Progress(cell=line["cell"] if line else 0, cells=worker["cells"])


def facts_of_run(paths: JobPaths, job: Job) -> dict[str, Any]:
    """What MLflow was told of a job that was begun and not submitted: its parameters, and its tags and name by now."""
    run = RunPaths(paths.folder, paths.folder)
    logged, about = facts_in(run), read_about(run)
    tags = {name: value for name, value in logged.tags.items() if not name.startswith("mlflow.")}
    # A job that was renamed as a job keeps that name.
    is_renamed = about is not None and job.display_name == job.spec.display_name
    name = about.name if about and is_renamed else job.display_name
    return {"parameters": dict(logged.parameters), "tags": {**job.tags, **tags}, "display_name": name}


def outputs_of(paths: JobPaths, job: Job) -> dict[str, Output]:
    found = {}
    if notebook := _executed_notebook(paths, job):
        found["notebook"] = Output(type=DataType.URI_FILE, path=f"outputs/{notebook.name}", uri=str(notebook))
    if paths.outputs.exists():
        found["default"] = Output(type=DataType.URI_FOLDER, path="outputs", uri=str(paths.outputs))
    return found


def _executed_notebook(paths: JobPaths, job: Job) -> Path | None:
    if isinstance(job.spec, CommandSpec | InteractiveSpec):
        return None
    name = paths.cell.name if isinstance(job.spec, CellSpec) else job.spec.notebook.rsplit("/", 1)[-1]
    notebook = paths.outputs / name
    return notebook if notebook.exists() else None
