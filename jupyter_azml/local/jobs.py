"""Jobs of a local workspace: rows for lists, files for everything that grows."""

import getpass
import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from ..entities import EventBatch, File, Job, JobStatus, JobType, NotebookSpec, Page, Reason
from ..errors import FileNotInJob, JobNotFound
from ..execution.notebook import check_kernel
from ..execution.snapshot import list_snapshot, write_snapshot
from ..language import _
from ..storage.folder import Folder
from ..workspace import ComputesOperations, JobsOperations
from .computes import node_count
from .db import Database
from .events import read_events
from .files import write_whole
from .filesystem import writing
from .launch import ensure_agent
from .locks import is_held
from .names import new_job_name
from .outcome import outputs_of, progress_of, summarise_metrics
from .paths import WorkspacePaths
from .records import active_rows, insert_job, load_job
from .submitter import describe_submitter

AGENT_PATIENCE = 15.0
"""Seconds in which an agent has started even on a slow machine."""


class LocalJobs(JobsOperations):
    def __init__(self, paths: WorkspacePaths, db: Database, computes: ComputesOperations) -> None:
        self._paths = paths
        self._db = db
        self._computes = computes

    def submit(self, spec: NotebookSpec) -> Job:
        compute = self._computes.get(spec.compute)
        if spec.kernel_name:
            check_kernel(spec.kernel_name)
        files = list_snapshot(Path(spec.code), spec.notebook)
        with writing(self._paths.folder):
            snapshot = write_snapshot(files, self._paths.snapshots)
            job = Job(
                name=new_job_name(),
                display_name=spec.display_name or Path(spec.notebook).stem,
                experiment=spec.experiment,
                type=JobType.NOTEBOOK,
                spec=spec,
                status=JobStatus.QUEUED,
                created=datetime.now(UTC),
                compute=compute.name,
                parameters=spec.parameters,
                tags=spec.tags,
                snapshot=snapshot,
                owner=getpass.getuser(),
            )
            folder = self._paths.job(job.name)
            folder.folder.mkdir(mode=0o700, parents=True)
            write_whole(folder.submitter, json.dumps(describe_submitter()))
            write_whole(folder.job, job.model_dump_json(indent=1))
        with self._db.write() as connection:
            insert_job(connection, job)
        ensure_agent(self._paths)
        return self.get(job.name)

    def list(
        self,
        *,
        status: JobStatus | None = None,
        experiment: str | None = None,
        limit: int = 50,
        continuation: str | None = None,
    ) -> Page[Job]:
        conditions, values = ["1"], []
        for column, value in (("status = ?", status), ("experiment = ?", experiment), ("id < ?", continuation)):
            if value is not None:
                conditions.append(column)
                values.append(value)
        with self._db.read() as connection:
            rows = connection.execute(
                f"SELECT * FROM jobs WHERE {' AND '.join(conditions)} ORDER BY id DESC LIMIT ?",  # noqa: S608 - ours
                (*values, limit + 1),
            ).fetchall()
            jobs = tuple(self._as_it_stands(connection, row) for row in rows[:limit])
        return Page[Job](items=jobs, continuation=str(rows[limit - 1]["id"]) if len(rows) > limit else None)

    def get(self, name: str) -> Job:
        with self._db.read() as connection:
            job = self._as_it_stands(connection, self._row(connection, name))
        if job.status.is_terminal:
            return job
        return job.model_copy(update={"metrics": summarise_metrics(self._paths.job(job.name))})

    def cancel(self, name: str) -> Job:
        with self._db.write() as connection:
            row = self._row(connection, name)
            if not JobStatus(row["status"]).is_terminal:
                connection.execute("UPDATE jobs SET cancel_requested = 1 WHERE id = ?", (row["id"],))
        ensure_agent(self._paths)
        return self.get(name)

    def events(self, cursors: Mapping[str, str]) -> EventBatch:
        events, following = [], {}
        with self._db.read() as connection:
            for name, text in cursors.items():
                row = self._row(connection, name)
                job = self._as_it_stands(connection, row)
                happened, following[name] = read_events(connection, row, job, self._paths.job(job.name), text)
                events += happened
        return EventBatch(events=tuple(events), cursors=following)

    def files(self, name: str, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        try:
            return self._folder(name).browse(path, limit=limit, continuation=continuation)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise _no_file(name, path) from error

    def open(self, name: str, path: str) -> BinaryIO:
        try:
            return self._folder(name).open(path)
        except (FileNotFoundError, IsADirectoryError) as error:
            raise _no_file(name, path) from error

    def _folder(self, name: str) -> Folder:
        with self._db.read() as connection:
            return Folder(self._paths.job(self._row(connection, name)["name"]).folder)

    def _row(self, connection: sqlite3.Connection, name: str) -> sqlite3.Row:
        row: sqlite3.Row | None = connection.execute("SELECT * FROM jobs WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise JobNotFound(
                _("There is no job named {name}.", name=name),
                _("List the jobs with: azml job list"),
            )
        return row

    def _as_it_stands(self, connection: sqlite3.Connection, row: sqlite3.Row) -> Job:
        """The row, with what only a look at this moment can say: place in the queue, progress."""
        job = load_job(row)
        if job.status.is_terminal:
            return job
        if not is_held(self._paths.agent_lock):
            # Whoever looks at work that nobody does gets it going again.
            ensure_agent(self._paths)
        if job.status is JobStatus.QUEUED:
            return job.model_copy(update={"reason": self._why_it_waits(connection, row)})
        folder = self._paths.job(job.name)
        return job.model_copy(update={"progress": progress_of(folder), "outputs": outputs_of(folder, job)})

    def _why_it_waits(self, connection: sqlite3.Connection, row: sqlite3.Row) -> Reason:
        others = [other for other in active_rows(connection) if other["compute"] == row["compute"]]
        busy = sum(other["status"] != JobStatus.QUEUED for other in others)
        nodes = node_count(row["compute"])
        ahead = sum(other["status"] == JobStatus.QUEUED and other["id"] < row["id"] for other in others)
        waited = (datetime.now(UTC) - load_job(row).created).total_seconds()
        if waited > AGENT_PATIENCE and not is_held(self._paths.agent_lock):
            # An agent that has not come by now will not: its own last words say why.
            return Reason.of("AgentMissing", log=str(self._paths.agent_log))
        if busy + ahead < nodes:
            return Reason.of("AgentStarting")
        return Reason.of("QueuePosition", position=ahead + 1, compute=row["compute"], busy=busy, nodes=nodes)


def _no_file(name: str, path: str) -> FileNotInJob:
    return FileNotInJob(
        _("The job {name} has no file {path}.", name=name, path=path or "/"),
        _("See what it has with: azml job show {name}", name=name),
    )
