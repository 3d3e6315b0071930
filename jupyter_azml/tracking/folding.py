"""From the journals into mlflow.db, by plain SQL: whoever has a connection can do it, without mlflow.

How far a journal is folded stands beside the rows, written in the same transaction. So it may be killed at any point,
and two may fold at once: the second finds that its lines are there already.

The rows are those that MLflow's ``SqlAlchemyStore`` writes: https://github.com/mlflow/mlflow, 3.1 to 3.15.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from .folded import Rows, facts_in, points_in
from .lines import objects_in, read_block
from .paths import RunPaths, TrackingPaths


class Connection(Protocol):
    """Of the standard library's sqlite3, in autocommit mode."""

    def execute(self, statement: str, values: Any = ..., /) -> Any: ...
    def executemany(self, statement: str, rows: Any, /) -> Any: ...


class _Journal(NamedTuple):
    run: str
    kind: str
    path: Path
    read: Callable[[str, int, list[dict[str, Any]]], Rows]


def prepare(connection: Connection) -> None:
    """Makes the table that holds how far each journal is folded."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS azml_folded (run_uuid TEXT, journal TEXT, offset INTEGER, "
        "PRIMARY KEY (run_uuid, journal))"
    )


def fold_open_runs(connection: Connection, paths: TrackingPaths, deadline: float = inf) -> bool:
    """Every run that has a writer or lines that are not folded. False when time, on the monotonic clock, ran out."""
    try:
        names = os.listdir(paths.open)
    except FileNotFoundError:
        return True
    for run_id in names:
        run = paths.run(run_id)
        if not fold_run(connection, run, run_id, deadline):
            return False
        _take_marker_away(connection, run, run_id)
    return True


def fold_run(connection: Connection, run: RunPaths, run_id: str, deadline: float = inf) -> bool:
    """What stood in its journals when this was called. False when time ran out."""
    return all(_fold(connection, journal, deadline) for journal in _journals(run, run_id))


def folded_until(connection: Connection, run_id: str, journal: str) -> int:
    """Bytes. ``journal`` is ``metrics`` or ``facts``."""
    row = connection.execute(
        "SELECT offset FROM azml_folded WHERE run_uuid = ? AND journal = ?", (run_id, journal)
    ).fetchone()
    return row[0] if row else 0


def forget_run(connection: Connection, run_id: str) -> None:
    """Of a run that is no more: another one of its name begins at the beginning."""
    connection.execute("DELETE FROM azml_folded WHERE run_uuid = ?", (run_id,))


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _journals(run: RunPaths, run_id: str) -> Iterator[_Journal]:
    yield _Journal(run_id, "facts", run.facts, facts_in)
    yield _Journal(run_id, "metrics", run.metrics, points_in)


def _fold(connection: Connection, journal: _Journal, deadline: float) -> bool:
    size = _size(journal.path)
    folded = folded_until(connection, journal.run, journal.kind) if size else 0
    # A journal that is shorter than it was is another one, or what a power cut left of it.
    offset = folded if folded <= size else 0
    while offset < size:
        if time.monotonic() > deadline:
            return False
        block, end, _more = read_block(journal.path, offset)
        if end == offset:
            break  # a line that nobody has finished
        lines = objects_in(block)
        # Parsed before the lock is taken, so that others have their turn between two blocks.
        with transaction(connection):
            found = folded_until(connection, journal.run, journal.kind)
            if found == folded:
                if not _write(connection, journal, lines):
                    break
                connection.execute(
                    "INSERT OR REPLACE INTO azml_folded VALUES (?, ?, ?)", (journal.run, journal.kind, end)
                )
                found = end
        offset = folded = found
    return True


def _write(connection: Connection, journal: _Journal, lines: list[dict[str, Any]]) -> bool:
    """False when the run is not there any more."""
    run = connection.execute("SELECT experiment_id FROM runs WHERE run_uuid = ?", (journal.run,)).fetchone()
    if run is None:
        return False
    for statement, rows in journal.read(journal.run, run[0], lines):
        connection.executemany(statement, rows)
    return True


def _take_marker_away(connection: Connection, run: RunPaths, run_id: str) -> None:
    """When nobody writes to the run, and everything is folded."""
    try:
        number = os.open(run.marker, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # With the lock held nobody can begin to write; what was written meanwhile is folded now.
        fold_run(connection, run, run_id)
        run.marker.unlink(missing_ok=True)
    except BlockingIOError:
        pass
    finally:
        os.close(number)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
