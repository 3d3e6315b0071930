"""Connections to workspace.db, and the only BEGIN."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import AzmlError, Conflict, WorkspaceDamaged, WorkspaceNotWritable, WorkspaceTooNew
from ..language import _
from .compute_files import kept_computes
from .locks import held
from .migrations import MIGRATIONS
from .model_records import restore_models
from .paths import WorkspacePaths
from .records import insert_job
from .salvage import jobs_from_folders


class Database:
    """One connection a thread. Foreign exceptions of sqlite3 end here."""

    def __init__(self, path: Path, setup_lock: Path) -> None:
        self._path = path
        self._threads = threading.local()
        with self._translated():
            connection = self._connect()
            if _version(connection) != len(MIGRATIONS):
                with held(setup_lock):
                    is_new = _version(connection) == 0
                    self._migrate(connection)
                    if is_new:
                        self._fill(connection, path.parent)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        with self._translated():
            yield self._connect()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction. It takes the write lock at once, so it never fails half way for another writer."""
        with self._translated():
            connection = self._connect()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # a full disk has rolled it back already
                    connection.execute("ROLLBACK")
                raise

    def changes(self) -> int:
        """A number that moves when another connection has written: cheap enough to ask many times a second."""
        with self.read() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

    def _connect(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._path, timeout=30, isolation_level=None, check_same_thread=False)
            connection.row_factory = sqlite3.Row
            # SQLite's own lower() knows no letter beyond ASCII.
            connection.create_function("azml_lower", 1, str.lower, deterministic=True)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            self._threads.connection = connection
        return connection

    def _fill(self, connection: sqlite3.Connection, folder: Path) -> None:
        """A database that was deleted or emptied comes back from the jobs' folders."""
        paths = WorkspacePaths(folder)
        connection.execute("BEGIN IMMEDIATE")
        for compute, wanted in kept_computes(paths):
            connection.execute(
                "INSERT INTO computes (name, created, wanted, entity) VALUES (?, ?, ?, ?)",
                (compute.name, str(compute.created), wanted, compute.model_dump_json()),
            )
        for job in jobs_from_folders(paths):
            insert_job(connection, job)
        restore_models(connection, paths)
        connection.execute("COMMIT")

    def _migrate(self, connection: sqlite3.Connection) -> None:
        if _version(connection) > len(MIGRATIONS):
            raise WorkspaceTooNew(
                _(
                    "{path} was written by a newer jupyter_azml (schema {found}, this one knows {known}).",
                    path=self._path,
                    found=_version(connection),
                    known=len(MIGRATIONS),
                ),
                _("Upgrade with: pip install --upgrade jupyter_azml. Nothing was changed."),
            )
        connection.execute("PRAGMA journal_mode = WAL")
        for number, migrate in enumerate(MIGRATIONS, start=1):
            if number > _version(connection):
                connection.execute("BEGIN IMMEDIATE")
                migrate(connection)
                connection.execute(f"PRAGMA user_version = {number}")
                connection.execute("COMMIT")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._explained(error) from error

    def _explained(self, error: sqlite3.Error) -> AzmlError:
        name = getattr(error, "sqlite_errorname", "") or ""
        if isinstance(error, sqlite3.IntegrityError):
            return Conflict(
                _("There is one of that name already: {detail}.", detail=error), _("Choose another name or version.")
            )
        if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")) or isinstance(error, sqlite3.NotSupportedError):
            return WorkspaceDamaged(
                _("{path} is damaged: {detail}.", path=self._path, detail=error),
                _(
                    "Run: azml workspace repair. It sets the damaged file aside and rebuilds the list from the jobs' "
                    "folders, which are untouched."
                ),
            )
        if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_FULL", "SQLITE_IOERR")):
            return WorkspaceNotWritable(
                _("{path} cannot be written: {detail}.", path=self._path, detail=error),
                _("Free disk space or fix the folder's permissions; or set AZML_HOME to a folder that you can write."),
            )
        if name.startswith("SQLITE_ERROR"):
            return WorkspaceDamaged(
                _("{path} does not hold what it should: {detail}.", path=self._path, detail=error),
                _("Run: azml workspace repair. It rebuilds the list from the jobs' folders, which are untouched."),
            )
        return WorkspaceNotWritable(
            _("{path} cannot be used: {detail}.", path=self._path, detail=error),
            _("Close other programs that keep the file open and try again."),
        )


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
