"""CSV and its kin, into a temporary table. The dialect is found out from the file's beginning."""

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import duckdb

from ..language import _
from .engine import columns_of, file_of, unreadable
from .lines import Text

_DELIMITERS = ",;\t|"
_LONGEST_LINE = 8 * 1024 * 1024


@dataclass(frozen=True)
class Dialect:
    """What is known without looking; None where it is to be found out."""

    delimiter: str | None = None
    has_header: bool | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class Loaded:
    column_count: int
    """Of the file: more than are in the table where there are very many."""
    notes: tuple[str, ...] = ()
    """Which lines are not as the others."""


def load_delimited(
    connection: Any, name: str, text: Text, dialect: Dialect, *, columns: int, rows: int | None = None
) -> Loaded:
    """Makes the table ``looked`` of the first columns and rows. Raises DataUnreadable."""
    body = without_comments(text.data)
    delimiter = dialect.delimiter or delimiter_of(body)
    if delimiter == " ":
        dialect = replace(dialect, delimiter=delimiter)  # of which DuckDB does not think
    wide = len(next(csv.reader([_first_line(body)], delimiter=delimiter), []))
    data = _narrowed(body, delimiter, columns) if wide > columns else body
    notes: tuple[str, ...] = ()
    with file_of([data], ".csv") as path:
        try:
            _load(connection, path, dialect, rows, "skip=0")
            # Lines of several lengths look like one column, which holds for none of what people call CSV.
            is_ragged = _is_one_column_of_many(connection)
        except duckdb.Error:
            is_ragged = True
        if is_ragged and _has_lines_above(connection, path, data, dialect, rows):
            notes = (_("Lines above the table are left out."),)
        elif is_ragged:
            try:
                _load(connection, path, dialect, rows, "null_padding=true", "strict_mode=false", "ignore_errors=true")
            except duckdb.Error as error:
                raise unreadable(name, "CSV", error) from error
            notes = _uneven_lines(data, delimiter)
    return Loaded(wide if wide > columns else len(columns_of(connection, "looked")), notes)


def _has_lines_above(connection: Any, path: str, data: bytes, dialect: Dialect, rows: int | None) -> bool:
    """Whether all but a few lines at the top make a table of more than one column."""
    try:
        _load(connection, path, dialect, rows)
    except duckdb.Error:
        return False
    ((found,),) = connection.execute("SELECT count(*) FROM looked").fetchall()
    is_most = found >= 0.9 * min(data.count(b"\n"), rows or math.inf)
    return is_most and len(columns_of(connection, "looked")) > 1


def without_comments(data: bytes) -> bytes:
    """Programs write what a table is about above it, behind a #."""
    start = 0
    while data.startswith((b"#", b"\n", b"\r\n"), start) and (end := data.find(b"\n", start)) >= 0:
        start = end + 1
    return data[start:]


def delimiter_of(body: bytes) -> str:
    """By the first line; a space where nothing else parts numbers that stand in columns."""
    first = _first_line(body)
    found = max(_DELIMITERS, key=first.count)
    if found in first:
        return found
    lines = [line.split(b" ") for line in body.splitlines()[:50]]
    is_parted = len({len(fields) for fields in lines}) == 1 and len(lines[0]) > 1
    return " " if is_parted and lines[-1][0].replace(b".", b"").lstrip(b"-").isdigit() else found


def _first_line(body: bytes) -> str:
    return body.partition(b"\n")[0].decode("utf-8", "replace").rstrip("\r")


def _narrowed(body: bytes, delimiter: str, columns: int) -> bytes:
    """The first columns alone: DuckDB takes a minute for ten thousand of them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    try:
        writer.writerows(row[:columns] for row in _fields(body, delimiter) if row)
    except csv.Error:
        return body
    return out.getvalue().encode()


def _fields(body: bytes, delimiter: str) -> Any:
    return csv.reader(io.StringIO(body.decode("utf-8", "replace"), newline=""), delimiter=delimiter)


def _load(connection: Any, path: str, dialect: Dialect, rows: int | None, *words: str) -> None:
    given = {"delim": dialect.delimiter, "header": dialect.has_header}
    options = {key: value for key, value in given.items() if value is not None}
    asked = ["?", "sample_size=-1", f"max_line_size={_LONGEST_LINE}", *words, *(f"{key}=?" for key in options)]
    limit = f"LIMIT {rows}" if rows is not None else ""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE looked AS SELECT * FROM read_csv({', '.join(asked)}) {limit}",
        [path, *options.values()],
    )


def _is_one_column_of_many(connection: Any) -> bool:
    columns = columns_of(connection, "looked")
    return len(columns) == 1 and any(sign in columns[0][0] for sign in _DELIMITERS)


def _uneven_lines(body: bytes, delimiter: str) -> tuple[str, ...]:
    uneven = list(islice(_lines_unlike_the_first(body, delimiter), 1000))
    if not uneven:
        return (_("Some lines do not follow the others, and are left out."),)
    line, found, expected = uneven[0]
    return (
        _(
            "{count} lines have more or fewer fields than the first: line {line} has {found} instead of {expected}.",
            count=f"{len(uneven)}{'+' if len(uneven) == 1000 else ''}",
            line=line,
            found=found,
            expected=expected,
        ),
    )


def _lines_unlike_the_first(body: bytes, delimiter: str) -> Iterator[tuple[int, int, int]]:
    """Their numbers from 1, how many fields they have, and how many the first has."""
    reader = _fields(body, delimiter)
    expected = 0
    try:
        for fields in reader:
            if not expected:
                expected = len(fields)
            elif fields and len(fields) != expected:
                yield reader.line_num, len(fields), expected
    except csv.Error:
        return
