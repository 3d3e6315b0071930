"""Jobs as rows."""

import sqlite3
from datetime import UTC, datetime

from ..entities import Job, JobStatus, Reason, advance
from ..errors import WorkspaceDamaged
from ..language import _

ACTIVE = tuple(status for status in JobStatus if not status.is_terminal)


def insert_job(connection: sqlite3.Connection, job: Job) -> None:
    row = connection.execute(
        "INSERT INTO jobs (name, status, experiment, compute, created, entity) VALUES (?, ?, ?, ?, ?, ?)",
        (job.name, job.status, job.experiment, job.compute, job.created.isoformat(), job.model_dump_json()),
    )
    _record_state(connection, row.lastrowid or 0, job)


def change_job(
    connection: sqlite3.Connection, row: sqlite3.Row, status: JobStatus, reason: Reason | None, **more: object
) -> Job:
    """Moves a job to its next state and writes it with whatever else became known. The agent alone calls this."""
    before = load_job(row)
    after = advance(before, status, reason, datetime.now(UTC)).model_copy(update=more)
    connection.execute(
        "UPDATE jobs SET status = ?, entity = ? WHERE id = ?", (after.status, after.model_dump_json(), row["id"])
    )
    if (after.status, after.reason) != (before.status, before.reason):
        _record_state(connection, row["id"], after)
    return after


def load_job(row: sqlite3.Row) -> Job:
    """Raises WorkspaceDamaged."""
    try:
        return Job.model_validate_json(row["entity"])
    except ValueError as error:
        raise WorkspaceDamaged(
            _("workspace.db holds a job that cannot be read."),
            _("Run: azml workspace repair. It rebuilds the list from the jobs' folders, which are untouched."),
        ) from error


def active_rows(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """In the order of submission."""
    marks = ", ".join("?" * len(ACTIVE))
    return connection.execute(
        f"SELECT * FROM jobs WHERE status IN ({marks}) ORDER BY id",  # noqa: S608 - only question marks are inserted
        ACTIVE,
    ).fetchall()


def _record_state(connection: sqlite3.Connection, job_id: int, job: Job) -> None:
    connection.execute(
        "INSERT INTO job_states (job, status, reason) VALUES (?, ?, ?)",
        (job_id, job.status, job.reason.model_dump_json() if job.reason else ""),
    )
