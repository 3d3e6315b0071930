"""mlflow.db as MLflow opens it, made ready for many processes at once."""

import fcntl
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote
from weakref import WeakSet

import sqlalchemy
from alembic.script import ScriptDirectory
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INVALID_STATE
from mlflow.store.db import utils
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from sqlalchemy import Engine, event

from .folding import Connection, prepare
from .paths import TrackingPaths

# One line of MLflow's about its tables would be the first thing that a new user's cell prints.
logging.getLogger("mlflow.store.db.utils").setLevel(logging.WARNING)
logging.getLogger("alembic").setLevel(logging.WARNING)


@contextmanager
def setting_up(paths: TrackingPaths) -> Iterator[str]:
    """The database's URI, for one process at a time: two that make MLflow's tables at once would both fail."""
    paths.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = os.open(paths.setup_lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield _uri_of(str(paths.database))
    finally:
        fcntl.flock(number, fcntl.LOCK_UN)
        os.close(number)


@contextmanager
def told_of_damage(paths: TrackingPaths) -> Iterator[None]:
    """Says what to do about a file that is no database any more."""
    try:
        yield
    except Exception as error:
        if not re.search("malformed|not a database", str(error)):
            raise
        raise MlflowException(f"{paths.database} is damaged. Run: azml workspace repair", INVALID_STATE) from error


def let_go(paths: TrackingPaths) -> None:
    """Of the file, which is another one now: what this process asks next, it asks that."""
    with setting_up(paths) as uri:
        known: dict[str, Engine] = getattr(SqlAlchemyStore, "_engine_map", {})
        if uri in known:
            known[uri].dispose()


def upgrade(uri: str) -> bool:
    """Brings a database that an older MLflow made up to this one; False when that is not what is the matter.

    Raises MlflowException when a newer MLflow made it.
    """
    engine = sqlalchemy.create_engine(uri)
    try:
        found = utils._get_schema_version(engine)
        if found is None or found == utils._get_latest_schema_revision():
            return False
        known = ScriptDirectory.from_config(utils._get_alembic_config(uri))
        if found not in {script.revision for script in known.walk_revisions()}:
            raise MlflowException(
                "A newer MLflow has written to this workspace. Update mlflow or mlflow-skinny in this environment.",
                INVALID_STATE,
            )
        utils._upgrade_db(engine)
        return True
    finally:
        engine.dispose()


def make_ready(engine: Engine) -> None:
    """Readers do not wait for writers, nor a writer for the disk: what a power cut takes is folded again."""
    if engine not in _ready:
        _ready.add(engine)
        event.listen(engine, "connect", _on_connect)
        engine.dispose()
    with plain_connection(engine) as connection:
        prepare(connection)


@contextmanager
def plain_connection(engine: Engine) -> Iterator[Connection]:
    """Of sqlite3, in autocommit mode."""
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        plain: Any = connection.connection.driver_connection
        yield plain


def _uri_of(path: str) -> str:
    if sqlalchemy.make_url("sqlite:///%25").database == "%" and (unquote(path) != path or "?" in path):
        # SQLAlchemy 2.1 and later
        path = path.replace("%", "%25").replace("?", "%3F")
    return f"sqlite:///{path}"


def _on_connect(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA busy_timeout = 20000")


def _after_fork() -> None:
    # A connection of SQLite's must not be used by the child of the process that opened it.
    for engine in _ready:
        engine.dispose(close=False)


_ready: "WeakSet[Engine]" = WeakSet()
os.register_at_fork(after_in_child=_after_fork)
