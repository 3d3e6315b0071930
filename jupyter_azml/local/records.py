"""Jobs as rows. ``entity`` is the truth; the other columns repeat what lists filter and sort by."""

import sqlite3
from datetime import UTC, datetime

from ..entities import CommandSpec, InteractiveSpec, Job, JobSpec, JobStatus, JobType, Priority, Reason, advance
from ..errors import WorkspaceDamaged
from ..language import _

ACTIVE = tuple(status for status in JobStatus if not status.is_terminal)
STARTED = tuple(status for status in ACTIVE if status is not JobStatus.QUEUED)
_MARKS = ", ".join("?" * len(ACTIVE))
_STARTED_MARKS = ", ".join("?" * len(STARTED))
PRIORITIES = {Priority.LOW: -1, Priority.MEDIUM: 0, Priority.HIGH: 1}


def insert_job(connection: sqlite3.Connection, job: Job) -> None:
    columns = {
        "name": job.name,
        "priority": PRIORITIES[job.spec.priority],
        "nodes": nodes_of(job.spec),
        "fingerprint": job.spec.fingerprint,
        "created": job.created.isoformat(),
        **_columns(job),
    }
    marks = ", ".join("?" * len(columns))
    row = connection.execute(
        f"INSERT INTO jobs ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - our own columns
        tuple(columns.values()),
    )
    job_id = row.lastrowid or 0
    put_tags(connection, job_id, job)
    _record_state(connection, job_id, job)


def put_tags(connection: sqlite3.Connection, job_id: int, job: Job) -> None:
    """In the place of those that it had."""
    connection.execute("DELETE FROM job_tags WHERE job = ?", (job_id,))
    connection.executemany("INSERT INTO job_tags VALUES (?, ?, ?)", [(job_id, *tag) for tag in job.tags.items()])


def change_job(
    connection: sqlite3.Connection, row: sqlite3.Row, status: JobStatus, reason: Reason | None, **more: object
) -> Job:
    """Moves a job to its next state and writes it with whatever else became known. The agent alone calls this.

    What the row says is read again: a client may have archived the job since.
    """
    row = connection.execute("SELECT * FROM jobs WHERE id = ?", (row["id"],)).fetchone() or row
    before = load_job(row)
    after = advance(before, status, reason, datetime.now(UTC)).model_copy(update=more)
    update_job(connection, row["id"], after)
    if (after.status, after.reason) != (before.status, before.reason):
        _record_state(connection, row["id"], after)
    return after


def update_job(connection: sqlite3.Connection, job_id: int, job: Job) -> None:
    columns = _columns(job)
    connection.execute(
        f"UPDATE jobs SET {', '.join(f'{name} = ?' for name in columns)} WHERE id = ?",  # noqa: S608 - our own columns
        (*columns.values(), job_id),
    )


def load_job(row: sqlite3.Row) -> Job:
    """Raises WorkspaceDamaged."""
    try:
        return Job.model_validate_json(row["entity"])
    except ValueError as error:
        raise WorkspaceDamaged(
            _("workspace.db holds a job that cannot be read."),
            _("Run: azml workspace repair. It rebuilds the list from the jobs' folders, which are untouched."),
        ) from error


def nodes_of(spec: JobSpec) -> int:
    """How many nodes the job takes at once."""
    if isinstance(spec, InteractiveSpec):
        return 0  # it has the kernel that it is in
    return spec.resources.instance_count if isinstance(spec, CommandSpec) else 1


def has_active(connection: sqlite3.Connection, *, but: JobType | None = None) -> bool:
    """Jobs that have not ended, of any type but this one."""
    statement = f"SELECT 1 FROM jobs WHERE status IN ({_MARKS}) AND type <> ? LIMIT 1"  # noqa: S608 - question marks
    return bool(connection.execute(statement, (*ACTIVE, but or "")).fetchone())


def count_active(connection: sqlite3.Connection, compute: str | None = None) -> int:
    return int(
        connection.execute(
            f"SELECT COUNT(*) FROM jobs WHERE status IN ({_MARKS}) AND (? IS NULL OR compute = ?)",  # noqa: S608
            (*ACTIVE, compute, compute),
        ).fetchone()[0]
    )


def queued_nodes(connection: sqlite3.Connection, compute: str) -> int:
    """How many nodes the queue of a compute asks for."""
    total = "SELECT COALESCE(SUM(nodes), 0) FROM jobs WHERE status = 'Queued' AND compute = ? AND NOT cancel_requested"
    return int(connection.execute(total, (compute,)).fetchone()[0])


def busy_nodes(connection: sqlite3.Connection, compute: str) -> int:
    """How many nodes the jobs take that have left its queue and not ended."""
    rows = connection.execute(
        f"SELECT COALESCE(SUM(nodes), 0) FROM jobs WHERE status IN ({_STARTED_MARKS}) AND compute = ?",  # noqa: S608
        (*STARTED, compute),
    )
    return int(rows.fetchone()[0])


def started_rows(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """Jobs that have left the queue and not ended, and those in the queue that are to be canceled."""
    return connection.execute(
        f"SELECT * FROM jobs WHERE status IN ({_STARTED_MARKS}) "  # noqa: S608 - only question marks are inserted
        "UNION ALL SELECT * FROM jobs INDEXED BY jobs_to_cancel WHERE cancel_requested AND status = 'Queued' "
        "ORDER BY id",
        STARTED,
    ).fetchall()


def queued_rows(connection: sqlite3.Connection, compute: str, limit: int) -> list[sqlite3.Row]:
    """The head of a queue: the more urgent first, then the order of submission."""
    return connection.execute(
        "SELECT * FROM jobs WHERE status = 'Queued' AND compute = ? AND NOT cancel_requested "
        "ORDER BY priority DESC, id LIMIT ?",
        (compute, limit),
    ).fetchall()


def _columns(job: Job) -> dict[str, object]:
    return {
        "status": job.status,
        "type": job.type,
        "experiment": job.experiment,
        "compute": job.compute,
        "display_name": job.display_name,
        "description": job.description,
        "started": job.started.isoformat() if job.started else "",
        "ended": job.ended.isoformat() if job.ended else "",
        "archived": int(job.archived),
        "entity": job.model_dump_json(),
    }


def _record_state(connection: sqlite3.Connection, job_id: int, job: Job) -> None:
    connection.execute(
        "INSERT INTO job_states (job, status, reason) VALUES (?, ?, ?)",
        (job_id, job.status, job.reason.model_dump_json() if job.reason else ""),
    )
