"""Plain ``mlflow`` in an attached notebook: each run that it begins there is a job, which lives as long as the kernel.

The kernel is the job's worker: it makes the job's folder, holds worker.lock there, and leaves result.json when MLflow
ends the run (``tracking/interactive.py``). The agent reads both, as of any job.
"""

import atexit
import getpass
import os
import warnings
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from subprocess import CalledProcessError
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from ..entities import InteractiveSpec, Job, JobStatus, JobType, Reason
from ..errors import AzmlError, Conflict, NotFound
from ..execution.git import git_facts
from ..language import _
from ..tracking.attachment import OpenRun, attach, detach
from ..tracking.interactive import NewRun, RunKeeper
from ..tracking.run_facts import local_path
from ..workspace import TrackingOperations
from ..workspace.tracking import Kernel, TrackingAnswer
from .bell import ring
from .computes import LOCAL
from .db import Database
from .files import remove_tree, write_whole
from .filesystem import writing
from .launch import check_agent, ensure_agent
from .locks import FileLock
from .paths import WorkspacePaths
from .processes import identity
from .records import insert_job
from .run_files import FilesOfJob, FilesOfRun

if TYPE_CHECKING:
    from ..tracking.rest import TrackingRest


class LocalTracking(TrackingOperations):
    def __init__(self, paths: WorkspacePaths) -> None:
        self._paths = paths

    def follow(self, kernel: Kernel) -> None:
        try:
            attach(self._paths.folder, InteractiveRuns(self._paths, kernel))
        except OpenRun as error:
            raise _open_run(error) from None

    def leave(self) -> None:
        try:
            detach()
        except OpenRun as error:
            raise _open_run(error) from None

    def call(self, method: str, route: str, fields: Mapping[str, Any]) -> TrackingAnswer:
        return self._rest.answer(method, route, fields)

    def files(self, run: str) -> FilesOfRun:
        if "/" in run or run in ("", ".", ".."):
            raise _no_run(run)
        job = self._paths.job(run)
        if job.folder.is_dir():
            return FilesOfJob(job)
        answer = self._rest.answer("GET", "runs/get", {"run_id": run})
        place = local_path(answer.body["run"]["info"]["artifact_uri"]) if answer.is_ok else None
        if place is None:
            raise _no_run(run)
        return FilesOfRun(place)

    @cached_property
    def _rest(self) -> "TrackingRest":
        """MLflow takes a second to import."""
        from ..tracking.rest import TrackingRest

        return TrackingRest(self._paths.folder)


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
        folder = self._paths.job(run.id)
        with writing(self._paths.folder):
            folder.folder.mkdir(mode=0o700, parents=True)
            lock = FileLock.take(folder.lock)
        try:
            if lock is None:
                raise FileExistsError(folder.lock)
            job = self._describe(run)
            with writing(self._paths.folder):
                folder.artifacts.mkdir()
                write_whole(folder.worker, identity(job=run.id, attempt=1, running=True))
                write_whole(folder.job, job.model_dump_json(indent=1))
            # A connection of its own: this may be a thread of the notebook's, or a forked child.
            with Database(self._paths.database, self._paths.setup_lock).write() as connection:
                insert_job(connection, job)
        except BaseException:
            if lock:
                lock.release()
            remove_tree(folder.folder)
            raise
        self._locks[run.id] = lock

    def _describe(self, run: NewRun) -> Job:
        notebook = self._kernel.notebook()
        tags = {name: value for name, value in run.tags.items() if not name.startswith("mlflow.")}
        spec = InteractiveSpec(
            name=run.id,
            display_name=run.name,
            experiment=run.experiment,
            description=run.tags.get("mlflow.note.content", ""),
            tags=tags,
            notebook=str(notebook or ""),
        )
        return Job(
            name=run.id,
            display_name=run.name,
            description=spec.description,
            experiment=run.experiment,
            type=JobType.INTERACTIVE,
            spec=spec,
            status=JobStatus.STARTING,
            reason=Reason.of("AgentStarting"),
            created=datetime.now(UTC),
            compute=LOCAL,
            tags=tags,
            git=git_facts(notebook.parent if notebook else Path.cwd()),
            owner=getpass.getuser(),
        )

    def _note_leaving(self) -> None:
        self._is_leaving = True


def _no_run(run: str) -> NotFound:
    return NotFound(_("There is no run named {name}.", name=run), _("A job's run has the job's name: azml job list"))


def _open_run(error: OpenRun) -> Conflict:
    return Conflict(
        _("The MLflow run {name} is open in this notebook, and is tracked where it began.", name=error.args[0]),
        _("End it first: mlflow.end_run()"),
    )


def _forget_all() -> None:
    for runs in _of_this_process:
        runs.forget()


_of_this_process: "WeakSet[InteractiveRuns]" = WeakSet()
os.register_at_fork(after_in_child=_forget_all)
