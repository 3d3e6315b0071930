"""Setting a damaged database aside; the new one is filled from the folders of jobs and runs."""

from pathlib import Path

from ..errors import Conflict, WorkspaceDamaged
from ..language import _, plural
from .db import Database
from .files import set_database_aside
from .locks import FileLock, held
from .paths import WorkspacePaths
from .processes import signal_process
from .records import load_job
from .runs import Runs


def repair_workspace(folder: Path) -> list[str]:
    """workspace.db and mlflow.db, each left alone when it is sound; says what came back, and what did not.

    Raises Conflict, WorkspaceError.
    """
    paths = WorkspacePaths(folder)
    is_sound = not paths.database.exists() or _is_sound(paths)
    runs = Runs(folder)
    are_runs_sound = runs.is_sound()
    if is_sound and are_runs_sound:
        return []
    # An agent can go at any time: its workers live on, and the next agent adopts them.
    signal_process(paths.agent_lock, kill=True)
    lock = FileLock.take(paths.agent_lock, patience=5)
    if lock is None:
        raise Conflict(
            _("The workspace's agent still uses the damaged database."),
            _(
                "Wait until its jobs have ended, or end the process that holds {file}; then try again.",
                file=paths.agent_lock,
            ),
        )
    try:
        if not is_sound:
            with held(paths.setup_lock):
                set_database_aside(paths.database)
        db = Database(paths.database, paths.setup_lock)
        return [] if are_runs_sound else [_rebuild_runs(db, runs)]
    finally:
        lock.release()


def _rebuild_runs(db: Database, runs: Runs) -> str:
    with db.read() as connection:
        jobs = [load_job(row) for row in connection.execute("SELECT entity FROM jobs")]
    return plural(
        "mlflow.db was made anew: {count} run is there again, with metrics, parameters, tags and files. What stood in "
        "that file alone is lost: which data sets were used, models by their ids, what was deleted by hand.",
        "mlflow.db was made anew: {count} runs are there again, with metrics, parameters, tags and files. What stood "
        "in that file alone is lost: which data sets were used, models by their ids, what was deleted by hand.",
        runs.rebuild(jobs),
    )


def _is_sound(paths: WorkspacePaths) -> bool:
    try:
        with Database(paths.database, paths.setup_lock).read() as connection:
            for row in connection.execute("SELECT entity FROM jobs"):
                load_job(row)
            return bool(connection.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except WorkspaceDamaged:
        return False
