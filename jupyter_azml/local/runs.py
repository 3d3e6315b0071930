"""MLflow's record of a workspace's jobs, kept up with them. No mlflow here: it takes over a second to import."""

import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from ..entities import Job, JobStatus
from ..errors import WorkspaceNotWritable
from ..language import _
from ..tracking.folding import fold_open_runs, fold_run, prepare
from ..tracking.paths import TrackingPaths
from ..tracking.run_facts import LoggedModel, RunFacts, facts_of_run, logged_model, logged_model_of_run
from ..tracking.runs import RunEnd, end_run, remove_runs
from .files import set_database_aside

PAUSE = 1.0
"""Seconds between two looks at what was logged."""
MOST_SECONDS = 0.2
"""For one look: the agent has other work. Whoever reads a run does what is left."""

_ENDS: dict[JobStatus, RunEnd] = {
    JobStatus.COMPLETED: "FINISHED",
    JobStatus.FAILED: "FAILED",
    JobStatus.CANCELED: "KILLED",
}


class Runs:
    def __init__(self, workspace: Path) -> None:
        self._paths = TrackingPaths(workspace)
        self._last_look = 0.0

    def fold(self) -> None:
        """What jobs and notebooks have logged, when it is time; later, when the database cannot be written."""
        now = time.monotonic()
        if now - self._last_look < PAUSE:
            return
        self._last_look = now
        with _told(), self._connection(MOST_SECONDS) as connection:
            if connection:
                fold_open_runs(connection, self._paths, now + MOST_SECONDS)

    def end(self, job: str, status: JobStatus, at: datetime | None = None) -> None:
        with _told(), self._connection(1.0) as connection:
            if connection:
                fold_run(connection, self._paths.run(job), job, time.monotonic() + MOST_SECONDS)
                end_run(connection, self._paths, job, _ENDS[status], int(at.timestamp() * 1000) if at else None)

    def is_sound(self) -> bool:
        """Whether the database can be read, and is there when somebody has logged."""
        if not self._paths.database.exists():
            logged = chain(self._paths.jobs.glob("*/*.ndjson"), self._paths.runs.glob("*/*.json*"))
            return not any(file.name in ("metrics.ndjson", "facts.ndjson", "run.json") for file in logged)
        try:
            with self._connection(20.0) as connection:
                return connection is not None and connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        except sqlite3.DatabaseError:
            return False

    def rebuild(self, jobs: Iterable[Job]) -> int:
        """The database anew, from what runs left; a damaged one is kept, renamed. Returns how many there are again."""
        from ..tracking.rebuild import rebuild

        set_database_aside(self._paths.database)
        found = rebuild(self._paths.database.parent)
        for job in jobs:
            if job.name in found and job.status.is_terminal:
                self.end(job.name, job.status, job.ended)
        return len(found)

    def remove(self, job: str) -> None:
        """With the runs inside it. Raises WorkspaceNotWritable."""
        with self._translated(), self._connection(20.0) as connection:
            if connection:
                remove_runs(connection, self._paths, job)

    def facts(self, run: str) -> RunFacts | None:
        """With all that was logged until now; None for a run that MLflow does not know. Raises WorkspaceNotWritable."""
        with self._translated(), self._connection(20.0) as connection:
            if connection is None:
                return None
            fold_run(connection, self._paths.run(run), run)
            return facts_of_run(connection, run)

    def logged_model(self, model_id: str) -> LoggedModel | None:
        with self._translated(), self._connection(20.0) as connection:
            return logged_model(connection, model_id) if connection else None

    def logged_model_of(self, run: str, name: str) -> LoggedModel | None:
        with self._translated(), self._connection(20.0) as connection:
            return logged_model_of_run(connection, run, name) if connection else None

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise WorkspaceNotWritable(
                _("{path} cannot be used: {detail}.", path=self._paths.database, detail=error),
                _("Close other programs that keep the file open and try again."),
            ) from error

    @contextmanager
    def _connection(self, patience: float) -> Iterator[sqlite3.Connection | None]:
        """None while nobody has logged anything."""
        if not self._paths.folder.exists():
            yield None
            return
        uri = f"{self._paths.database.as_uri()}?mode=rw"
        with closing(sqlite3.connect(uri, timeout=patience, isolation_level=None, uri=True)) as connection:
            connection.execute("PRAGMA synchronous = NORMAL")
            is_ready = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'runs'").fetchone()
            if is_ready:
                prepare(connection)
            yield connection if is_ready else None


@contextmanager
def _told() -> Iterator[None]:
    """Into the agent's log: a database that somebody else holds, or a full disk, is no reason to stop."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        print(datetime.now(UTC).isoformat(), "mlflow.db:", error, file=sys.stderr, flush=True)
