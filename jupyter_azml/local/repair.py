"""Rebuilding a damaged workspace.db from the jobs' folders, which hold all that it held."""

import sqlite3
import time
from pathlib import Path

from ..entities import Job
from ..errors import Conflict, WorkspaceDamaged
from ..language import _
from .db import Database
from .locks import held, is_held
from .outcome import outcome_of
from .paths import WorkspacePaths
from .records import insert_job


def repair_workspace(folder: Path) -> None:
    """Does nothing to a sound one; a damaged file is kept, renamed. Raises Conflict, WorkspaceError."""
    paths = WorkspacePaths(folder)
    if not paths.database.exists() or _is_sound(paths):
        return
    if is_held(paths.agent_lock):
        raise Conflict(
            _("The workspace's agent still uses the damaged database."),
            _(
                "Wait until its jobs have ended, or end the process that holds {file}; then try again.",
                file=paths.agent_lock,
            ),
        )
    with held(paths.setup_lock):
        aside = f".damaged-{time.strftime('%Y%m%d-%H%M%S')}"
        for name in ("", "-wal", "-shm"):
            file = paths.database.with_name(paths.database.name + name)
            if file.exists():
                file.rename(file.with_name(file.name + aside))
    db = Database(paths.database, paths.setup_lock)
    jobs = sorted(_jobs_from_folders(paths), key=lambda job: job.created)
    with db.write() as connection:
        for job in jobs:
            insert_job(connection, job)


def _is_sound(paths: WorkspacePaths) -> bool:
    try:
        with Database(paths.database, paths.setup_lock).read() as connection:
            return bool(connection.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except (WorkspaceDamaged, sqlite3.DatabaseError):
        return False


def _jobs_from_folders(paths: WorkspacePaths) -> list[Job]:
    jobs = []
    for folder in paths.jobs.iterdir():
        job_paths = paths.job(folder.name)
        try:
            job = Job.model_validate_json(job_paths.job.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        # One that never started, or still runs, is queued again: the agent adopts a living worker and never runs twice.
        if job_paths.worker.exists() and not is_held(job_paths.lock):
            outcome = outcome_of(job_paths, job, canceled=False)
            times = {"started": job.created, "ended": _last_change(job_paths.folder)}
            job = job.model_copy(update={"status": outcome.status, "reason": outcome.reason, **outcome.facts, **times})
        jobs.append(job)
    return jobs


def _last_change(folder: Path) -> object:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(max(file.stat().st_mtime for file in folder.iterdir()), UTC)
