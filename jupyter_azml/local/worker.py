"""A worker: runs one job and writes only below the job's folder.

``python -P -m jupyter_azml.local.worker FOLDER ORDER LOCK``, started by the agent or a node; ORDER is JSON. Or forked
by ``worker_server.py``.

It holds worker.lock, which it was given, until its last act, which is to leave result.json.
"""

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..entities import CellSpec, CommandSpec, InteractiveSpec, Job, JobStatus, Reason
from ..execution.cancellation import Cancellation
from ..execution.imports import not_found
from ..execution.snapshot import unpack_snapshot
from .bell import ring
from .emulated import emulator_variables_of_job, secrets_in
from .environments.preparation import NotPrepared, prepare_environment
from .files import write_whole
from .hidden import with_hidden
from .paths import JobPaths, WorkspacePaths
from .phases import Phases
from .processes import identity
from .run_contract import environment_of_job
from .secrets import environment_of, values_of
from .usage import usage_noted


def main() -> None:
    workspace, order, lock = sys.argv[1:]
    os.set_inheritable(int(lock), False)
    take_order(WorkspacePaths(Path(workspace)), json.loads(order), int(lock))


def import_notebooks() -> None:
    """What the job of a notebook needs."""
    # It has its notebook on this machine: without what papermill would read others with, its import takes half as long.
    # And jsonschema would compile a grammar of addresses for over a second, where nothing checks any.
    with not_found("papermill.abs", "papermill.adl", "papermill.s3", "gcsfs", "github", "pyarrow", "rfc3987_syntax"):
        from . import cell_job, notebook_job  # noqa: F401


def log_to(folder: JobPaths) -> None:
    """What this process and its children print."""
    folder.logs.mkdir(exist_ok=True)
    log = os.open(folder.worker_log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)


def take_order(paths: WorkspacePaths, order: dict[str, Any], lock: int) -> None:
    """``order`` has ``job``, ``attempt`` and ``node``. The job's own environment and folder become this process's."""
    cancellation = Cancellation()
    signal.signal(signal.SIGTERM, lambda *_: cancellation.request())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work(paths, order, cancellation)
    os.close(lock)  # the interpreter's own end takes longer than the agent has to wait
    ring(paths)


def _work(paths: WorkspacePaths, order: dict[str, Any], cancellation: Cancellation) -> None:
    folder, attempt = paths.job(order["job"]), order["attempt"]
    write_whole(folder.worker, identity(**order))
    facts: dict[str, Any] = {}
    try:
        job = Job.model_validate_json(folder.job.read_text("utf-8"))
        hidden = environment_of(paths, None, job.spec)
        os.environ.clear()
        os.environ.update(environment_of_job(paths, job) | hidden)
        time.tzset()
        _lay_out(paths, folder, job)
        phases = Phases(folder, order)
        python = prepare_environment(paths, folder, job, phases, cancellation, values_of(hidden))
        led = emulator_variables_of_job(paths.folder)
        os.environ.update(led)
        hidden |= secrets_in(led)
        if job.spec.timeout:
            cancellation.bound(job.spec.timeout)
        with usage_noted(paths, job.name, cancellation.process):
            status, reason, facts = _run(paths, folder, job, order, phases, cancellation, values_of(hidden), python)
        if cancellation.expired and status is not JobStatus.COMPLETED:
            status, reason = JobStatus.FAILED, Reason.of("JobTimedOut", seconds=job.spec.timeout)
    except NotPrepared as end:
        status, reason = end.status, end.reason
    except Exception as error:  # the job must end with a result, whatever was wrong
        traceback.print_exc()
        status, reason = JobStatus.FAILED, Reason.of("WorkerFailed", detail=f"{type(error).__name__}: {error}")
    result = {"attempt": attempt, "status": status, "reason": reason.model_dump(mode="json"), **facts}
    write_whole(folder.result, json.dumps(result))


def _lay_out(paths: WorkspacePaths, folder: JobPaths, job: Job) -> None:
    """The job's copy of the code, with ./outputs leading to the folder that is collected, as in Azure."""
    for made in (folder.code, folder.outputs, folder.artifacts, folder.std_log.parent):
        made.mkdir(parents=True, exist_ok=True)
    if job.snapshot:
        unpack_snapshot(paths.snapshot(job.snapshot), folder.code)
    (folder.code / "outputs").symlink_to(folder.outputs)


def _run(
    paths: WorkspacePaths,
    folder: JobPaths,
    job: Job,
    order: dict[str, Any],
    phases: Phases,
    cancellation: Cancellation,
    mask: Sequence[str],
    python: Path | None,
) -> tuple[JobStatus, Reason, dict[str, Any]]:
    """Says in worker.json when the job's own work begins. ``python`` is its own, where that is not ours."""
    if isinstance(job.spec, CommandSpec):
        from .command_job import run_command_job

        return run_command_job(paths, folder, job, phases, cancellation, mask)
    if isinstance(job.spec, InteractiveSpec):
        raise TypeError(job.name)  # its worker is the kernel that it began in
    import_notebooks()
    if isinstance(job.spec, CellSpec):
        from .cell_job import run_cell_job

        return run_cell_job(folder, job, job.spec, order, cancellation, mask, python)
    from .notebook_job import run_notebook_with_data

    spec = with_hidden(paths, job.name, job.spec)
    return run_notebook_with_data(paths, folder, job, spec, order, phases, cancellation, mask, python)


if __name__ == "__main__":
    main()
