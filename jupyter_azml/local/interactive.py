"""Plain ``mlflow`` in an attached notebook: each run that it begins there is a job, which lives as long as the kernel.

The kernel is the job's worker: it makes the job's folder, holds worker.lock there, and leaves result.json when MLflow
ends the run (``tracking/interactive.py``). The agent reads both, as of any job.
"""

import atexit
import os
import warnings
from contextlib import suppress
from pathlib import Path
from subprocess import CalledProcessError
from weakref import WeakSet

from ..errors import AzmlError
from ..execution.git import git_facts
from ..language import _
from ..tracking.interactive import NewRun, RunKeeper
from ..workspace.tracking import Kernel
from .bell import ring
from .launch import check_agent, ensure_agent
from .locks import FileLock
from .paths import WorkspacePaths
from .processes import identity
from .run_jobs import add_job, job_of_run


class InteractiveRuns(RunKeeper):
    """Those of this process. Threads may begin some, and forked children."""

    def __init__(self, paths: WorkspacePaths, kernel: Kernel) -> None:
        self._paths = paths
        self._kernel = kernel
        self._locks: dict[str, FileLock] = {}
        self._is_watched = False
        self._is_leaving = False
        _of_this_process.add(self)

    def begin(self, run: NewRun) -> bool:
        if not self._is_watched:
            # Now, and not earlier: what is registered last is called first, so before MLflow ends the run.
            self._is_watched = True
            atexit.register(self._note_leaving)
        try:
            check_agent(self._paths)
            self._add(run)
        except (AzmlError, OSError) as error:
            text = _("The run {name} is tracked, but is no job: {detail}", name=run.name, detail=error)
            warnings.warn(text, stacklevel=2)
            return False
        ring(self._paths)
        ensure_agent(self._paths)
        return True

    def end(self, run_id: str) -> None:
        if lock := self._locks.pop(run_id, None):
            lock.release()
            ring(self._paths)
            with suppress(OSError, CalledProcessError):  # whoever looks at the job tries again
                ensure_agent(self._paths)

    def leaving(self) -> str:
        return self._kernel.leaving() if self._is_leaving else ""

    def open_runs(self) -> list[str]:
        """Another process may have ended some."""
        return [name for name in self._locks if not self._paths.job(name).result.exists()]

    def forget(self) -> None:
        """What a forked child has of its parent: the runs go with the parent alone."""
        while self._locks:
            self._locks.popitem()[1].release()

    def _add(self, run: NewRun) -> None:
        notebook = self._kernel.notebook()
        job = job_of_run(run, str(notebook or ""), git_facts(notebook.parent if notebook else Path.cwd()))
        self._locks[run.id] = add_job(self._paths, job, identity(job=run.id, attempt=1, running=True))

    def _note_leaving(self) -> None:
        self._is_leaving = True


def _forget_all() -> None:
    for runs in _of_this_process:
        runs.forget()


_of_this_process: "WeakSet[InteractiveRuns]" = WeakSet()
os.register_at_fork(after_in_child=_forget_all)
