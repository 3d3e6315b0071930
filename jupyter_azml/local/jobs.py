"""Jobs of a local workspace: rows for lists, files for everything that grows."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import BinaryIO

from ..entities import Axis, EventBatch, File, Job, JobQuery, JobSpec, JobStatus, JobType, Page, Series
from ..errors import Conflict, FileNotInJob, JobNotFound
from ..execution.snapshot import open_in_snapshot, snapshot_files
from ..language import _
from ..storage.folder import Folder
from ..workspace import JobsOperations
from .bell import ring
from .computes import LocalComputes
from .cursor import Cursor
from .db import Database
from .events import read_events
from .files import remove_tree
from .hidden import forget_hidden
from .job_list import read_page
from .launch import check_agent, ensure_agent
from .metric_index import MetricIndex
from .model_rows import models_of_job
from .outcome import facts_of_run, outputs_of, progress_of
from .paths import WorkspacePaths
from .records import load_job, put_tags, update_job
from .runs import Runs
from .submission import submit_job
from .waiting import why_it_waits


class LocalJobs(JobsOperations):
    def __init__(self, paths: WorkspacePaths, db: Database, computes: LocalComputes) -> None:
        self.before_removal: Callable[[str], None] = lambda _name: None
        """Told of a job while all of it is still there."""
        self._paths = paths
        self._db = db
        self._computes = computes
        # Whoever reads a job's metrics is likely to read them again.
        self._metrics = lru_cache(maxsize=64)(lambda name: MetricIndex(paths.job(name)))

    def submit(self, spec: JobSpec) -> Job:
        check_agent(self._paths)
        job = submit_job(self._paths, self._db, self._computes, spec)
        ring(self._paths)
        ensure_agent(self._paths)
        return self.get(job.name)

    def list(self, query: JobQuery | None = None, *, limit: int = 50, continuation: str | None = None) -> Page[Job]:
        with self._db.read() as connection:
            rows, following = read_page(connection, query or JobQuery(), limit, continuation)
            jobs = tuple(self._as_it_stands(connection, row) for row in rows)
        return Page[Job](items=jobs, continuation=following)

    def get(self, name: str) -> Job:
        with self._db.read() as connection:
            job = self._as_it_stands(connection, self._row(connection, name))
            job = job.model_copy(update={"models": models_of_job(connection, job.name)})
        if job.status.is_terminal:
            return job
        return job.model_copy(update={"metrics": self._metrics(job.name).summaries()})

    def cancel(self, name: str) -> Job:
        with self._db.write() as connection:
            row = self._row(connection, name)
            has_ended = JobStatus(row["status"]).is_terminal
            if not has_ended:
                connection.execute("UPDATE jobs SET cancel_requested = 1 WHERE id = ?", (row["id"],))
        if not has_ended:
            ring(self._paths)
            ensure_agent(self._paths)
        return self.get(name)

    def archive(self, name: str) -> Job:
        return self._set_archived(name, True)

    def restore(self, name: str) -> Job:
        return self._set_archived(name, False)

    def update(
        self,
        name: str,
        *,
        display_name: str | None = None,
        description: str | None = None,
        tags: Mapping[str, str | None] | None = None,
    ) -> Job:
        with self._db.write() as connection:
            row = self._row(connection, name)
            job = load_job(row)
            said = {"display_name": display_name, "description": description}
            changes: dict[str, object] = {field: value for field, value in said.items() if value is not None}
            if tags:
                merged = {**job.tags, **tags}
                changes["tags"] = {tag: value for tag, value in merged.items() if value is not None}
            changed = job.model_copy(update=changes)
            update_job(connection, row["id"], changed)
            if changed.tags != job.tags:
                put_tags(connection, row["id"], changed)
        return self.get(name)

    def delete(self, name: str) -> None:
        self.before_removal(name)
        with self._db.write() as connection:
            row = self._row(connection, name)
            if not JobStatus(row["status"]).is_terminal:
                raise Conflict(
                    _("The job {name} has not ended.", name=row["name"]),
                    _("Cancel it first: azml job cancel {name}", name=row["name"]),
                )
            connection.execute("DELETE FROM jobs WHERE id = ?", (row["id"],))
            Runs(self._paths.folder).remove(row["name"])
            has_assets = connection.execute(
                "SELECT 1 FROM data_assets WHERE json_extract(entity, '$.job') = ? LIMIT 1", (row["name"],)
            ).fetchone()
        forget_hidden(self._paths, row["name"])
        remove_tree(self._paths.job(row["name"]).folder)
        remove_tree(self._paths.job(row["name"]).series)
        if not has_assets:
            remove_tree(self._paths.outputs_of(row["name"]))

    def events(self, cursors: Mapping[str, str], *, brief: bool = False) -> EventBatch:
        events, following, is_work = [], {}, False
        with self._db.read() as connection:
            for name, text in cursors.items():
                row = self._row(connection, name)
                is_work = is_work or not JobStatus(row["status"]).is_terminal
                waits = self._as_it_stands(connection, row).reason if row["status"] == JobStatus.QUEUED else None
                index = self._metrics(row["name"]) if brief else None
                paths = self._paths.job(row["name"])
                told = read_events(connection, row, waits, paths, Cursor.parse(text), index)
                events += told.events
                following[name] = told.cursor
        if is_work:
            ensure_agent(self._paths)
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

    def snapshot(self, name: str, *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        digest = self.get(name).snapshot
        files = snapshot_files(self._paths.snapshot(digest)) if digest else []
        start = int(continuation) if continuation and continuation.isdecimal() else 0
        following = str(start + limit) if len(files) > start + limit else None
        return Page[File](items=tuple(files[start : start + limit]), continuation=following)

    def open_snapshot(self, name: str, path: str) -> BinaryIO:
        digest = self.get(name).snapshot
        if digest is None:
            raise _no_file(name, path)
        try:
            return open_in_snapshot(self._paths.snapshot(digest), path)
        except FileNotFoundError as error:
            raise _no_file(name, path) from error

    def series(
        self,
        name: str,
        keys: Sequence[str] = (),
        *,
        axis: Axis = "step",
        start: float | None = None,
        end: float | None = None,
        most: int = 1000,
    ) -> tuple[Series, ...]:
        with self._db.read() as connection:
            known = self._row(connection, name)["name"]
        return self._metrics(known).series(keys, axis, start, end, most)

    def _set_archived(self, name: str, archived: bool) -> Job:
        with self._db.write() as connection:
            row = self._row(connection, name)
            update_job(connection, row["id"], load_job(row).model_copy(update={"archived": archived}))
        return self.get(name)

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
        ensure_agent(self._paths)  # whoever looks at work that nobody does gets it going again
        if job.status is JobStatus.QUEUED:
            reason = why_it_waits(connection, row, self._computes.get(row["compute"]), self._paths)
            return job.model_copy(update={"reason": reason})
        folder = self._paths.job(job.name)
        if job.type is JobType.INTERACTIVE:
            return job.model_copy(update=facts_of_run(folder, job))
        return job.model_copy(update={"progress": progress_of(folder), "outputs": outputs_of(folder, job)})


def _no_file(name: str, path: str) -> FileNotInJob:
    return FileNotInJob(
        _("The job {name} has no file {path}.", name=name, path=path or "/"),
        _("See what it has with: azml job show {name}", name=name),
    )
