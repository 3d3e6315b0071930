"""A worker: runs one job and writes only below the job's folder.

``python -m jupyter_azml.local.worker FOLDER ORDER LOCK``, started by the agent or a node; ORDER is JSON.
``… FOLDER --warm SOCKET`` does the imports of a notebook first and then waits for an order and a lock.

It holds worker.lock, which it was given, for its whole life, and leaves result.json as its last act.
"""

import json
import os
import signal
import socket
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..entities import CommandSpec, Job, JobStatus, Reason
from ..execution.cancellation import Cancellation
from ..execution.snapshot import unpack_snapshot
from .files import write_whole
from .paths import JobPaths, WorkspacePaths
from .processes import identity
from .run_contract import environment_of_job
from .secrets import environment_of, values_of


def main() -> None:
    workspace, order, channel = sys.argv[1:]
    paths = WorkspacePaths(Path(workspace))
    if order == "--warm":
        received = _wait_for_order(int(channel))
        if received is None:
            return
        order = received
    else:
        os.set_inheritable(int(channel), False)
    cancellation = Cancellation()
    signal.signal(signal.SIGTERM, lambda *_: cancellation.request())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work(paths, json.loads(order), cancellation)


def work(paths: WorkspacePaths, order: dict[str, Any], cancellation: Cancellation) -> None:
    """``order`` has ``job``, ``attempt`` and ``node``. The job's own environment and folder become this process's."""
    folder, attempt = paths.job(order["job"]), order["attempt"]
    write_whole(folder.worker, identity(**order))
    facts: dict[str, Any] = {}
    try:
        job = Job.model_validate_json(folder.job.read_text("utf-8"))
        hidden = environment_of(paths, None, job.spec)
        os.environ.clear()
        os.environ.update(environment_of_job(paths, job) | hidden)
        _lay_out(paths, folder, job)
        if job.spec.timeout:
            cancellation.bound(job.spec.timeout)
        status, reason, facts = _run(paths, folder, job, order, cancellation, values_of(hidden))
        if cancellation.expired and status is not JobStatus.COMPLETED:
            status, reason = JobStatus.FAILED, Reason.of("JobTimedOut", seconds=job.spec.timeout)
    except Exception as error:  # the job must end with a result, whatever was wrong
        traceback.print_exc()
        status, reason = JobStatus.FAILED, Reason.of("WorkerFailed", detail=f"{type(error).__name__}: {error}")
    result = {"attempt": attempt, "status": status, "reason": reason.model_dump(mode="json"), **facts}
    write_whole(folder.result, json.dumps(result))


def _wait_for_order(channel: int) -> str | None:
    """None when whoever would have sent one is gone."""
    from . import notebook_job  # noqa: F401 - this is the wait that a warm worker spares its job

    with socket.socket(fileno=channel) as sender:
        order, locks, _flags, _address = socket.recv_fds(sender, 4096, 1)
    if not locks:
        return None
    os.set_inheritable(locks[0], False)
    return order.decode()


def _lay_out(paths: WorkspacePaths, folder: JobPaths, job: Job) -> None:
    """The job's copy of the code, with ./outputs leading to the folder that is collected, as in Azure."""
    for made in (folder.code, folder.outputs, folder.artifacts, folder.std_log.parent):
        made.mkdir(parents=True, exist_ok=True)
    log = os.open(folder.worker_log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    if job.snapshot:
        unpack_snapshot(paths.snapshot(job.snapshot), folder.code)
    (folder.code / "outputs").symlink_to(folder.outputs)


def _run(
    paths: WorkspacePaths,
    folder: JobPaths,
    job: Job,
    order: dict[str, Any],
    cancellation: Cancellation,
    mask: Sequence[str],
) -> tuple[JobStatus, Reason, dict[str, Any]]:
    """Says in worker.json when the job's own work begins."""
    if isinstance(job.spec, CommandSpec):
        from .command_job import run_command_job

        write_whole(folder.worker, identity(**order, running=True))
        return run_command_job(paths, folder, job, cancellation, mask)
    from .notebook_job import run_notebook_job

    return run_notebook_job(folder, job.spec, order, cancellation, mask)


if __name__ == "__main__":
    main()
