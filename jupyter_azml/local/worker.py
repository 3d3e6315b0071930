"""A worker: runs one job and writes only below the job's folder.

``python -m jupyter_azml.local.worker FOLDER JOB LOCK``, started by the agent.

It holds worker.lock, which it inherited, for its whole life, and leaves result.json as its last act.
"""

import json
import os
import signal
import sys
import traceback
from pathlib import Path

from ..entities import Job, JobStatus, Reason
from ..execution.cancellation import Cancellation
from ..execution.snapshot import unpack_snapshot
from .files import write_whole
from .paths import JobPaths, WorkspacePaths
from .processes import identity


def main() -> None:
    workspace, name, lock = sys.argv[1:]
    os.set_inheritable(int(lock), False)
    cancellation = Cancellation()
    signal.signal(signal.SIGTERM, lambda *_: cancellation.request())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    paths = WorkspacePaths(Path(workspace))
    folder = paths.job(name)
    try:
        status, reason = _run(paths, folder, cancellation)
    except Exception as error:  # the job must end with a result, whatever was wrong
        traceback.print_exc()
        status, reason = JobStatus.FAILED, Reason.of("WorkerFailed", detail=f"{type(error).__name__}: {error}")
    write_whole(folder.result, json.dumps({"status": status, "reason": reason.model_dump(mode="json")}))


def _run(paths: WorkspacePaths, folder: JobPaths, cancellation: Cancellation) -> tuple[JobStatus, Reason]:
    write_whole(folder.worker, identity())
    job = Job.model_validate_json(folder.job.read_text("utf-8"))
    _lay_out(paths, folder, job)
    # Heavy imports come after the identity is written: a job can be canceled while they load.
    from ..execution.journal import CellJournal
    from ..execution.notebook import cells_to_run, read_notebook
    from ..execution.run import run_notebook

    notebook = folder.code / job.spec.notebook
    cells = len(cells_to_run(read_notebook(notebook))) + bool(job.spec.parameters)
    write_whole(folder.worker, identity(cells=cells))
    os.chdir(notebook.parent)
    journal = CellJournal(folder.events, folder.std_log)
    outcome = run_notebook(
        notebook,
        folder.outputs / notebook.name,
        journal=journal,
        cancellation=cancellation,
        parameters=dict(job.spec.parameters),
        kernel_name=job.spec.kernel_name,
        execution_timeout=job.spec.execution_timeout,
    )
    journal.close()
    return outcome.status, outcome.reason


def _lay_out(paths: WorkspacePaths, folder: JobPaths, job: Job) -> None:
    """The job's copy of the code, with ./outputs leading to the folder that is collected, as in Azure."""
    for made in (folder.code, folder.outputs, folder.artifacts, folder.std_log.parent):
        made.mkdir(parents=True, exist_ok=True)
    unpack_snapshot(paths.snapshot(job.snapshot or ""), folder.code)
    (folder.code / "outputs").symlink_to(folder.outputs)


if __name__ == "__main__":
    main()
