"""DuckDB, in memory, one for the process: making one takes longer than most questions to it.

It reads temporary files and Arrow tables that it is handed, never the network: its own reader of addresses is an
extension that it would download at run time.
"""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import duckdb

from ..errors import DataUnreadable
from ..language import _

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "2GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


@contextmanager
def engine() -> "Iterator[duckdb.DuckDBPyConnection]":
    """A connection of one's own: temporary tables of others are not in it."""
    with _shared().cursor() as connection:
        yield connection


@contextmanager
def file_of(pieces: Iterable[bytes], suffix: str) -> Iterator[str]:
    """The path of a file with that content, while it is needed."""
    with tempfile.NamedTemporaryFile(prefix="azml-", suffix=suffix) as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        yield file.name


def quoted(name: str) -> str:
    """A column's name in SQL."""
    return '"{}"'.format(name.replace('"', '""'))


def shown_as(name: str, kind: str) -> str:
    """A column as it is asked for: DuckDB hands out moments with a zone through a library that we do not need."""
    return f"CAST({quoted(name)} AS VARCHAR) AS {quoted(name)}" if "TIME ZONE" in kind else quoted(name)


def columns_of(connection: Any, table: str) -> list[tuple[str, str]]:
    """Names and types."""
    return [(row[0], row[1]) for row in connection.execute(f"DESCRIBE {table}").fetchall()]


def unreadable(name: str, format: str, error: Exception) -> DataUnreadable:
    """Of what DuckDB or Arrow say of a file that is not as its format demands."""
    first = str(error).strip().partition("\n")[0]
    detail = (first.partition(": ")[2] or first).partition(". ")[0].rstrip(".")
    return DataUnreadable(
        _("{name} cannot be read as {format}: {detail}", name=name, format=format, detail=detail[:200]),
        _("Check that it was written to its end, and that its name ends as its content is."),
    )


@cache
def _shared() -> "duckdb.DuckDBPyConnection":
    connection = duckdb.connect(":memory:", config=_SETTINGS)
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    return connection
