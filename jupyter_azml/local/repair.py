"""Setting a damaged workspace.db aside; the new one is filled from the jobs' folders."""

import time
from pathlib import Path

from ..errors import Conflict, WorkspaceDamaged
from ..language import _
from .db import Database
from .locks import FileLock, held
from .paths import WorkspacePaths
from .processes import signal_process
from .records import load_job


def repair_workspace(folder: Path) -> None:
    """Does nothing to a sound one; a damaged file is kept, renamed. Raises Conflict, WorkspaceError."""
    paths = WorkspacePaths(folder)
    if not paths.database.exists() or _is_sound(paths):
        return
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
    with held(paths.setup_lock):
        aside = f".damaged-{time.strftime('%Y%m%d-%H%M%S')}"
        for name in ("", "-wal", "-shm"):
            file = paths.database.with_name(paths.database.name + name)
            if file.exists():
                file.rename(file.with_name(file.name + aside))
    Database(paths.database, paths.setup_lock)
    lock.release()


def _is_sound(paths: WorkspacePaths) -> bool:
    try:
        with Database(paths.database, paths.setup_lock).read() as connection:
            for row in connection.execute("SELECT entity FROM jobs"):
                load_job(row)
            return bool(connection.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except WorkspaceDamaged:
        return False
