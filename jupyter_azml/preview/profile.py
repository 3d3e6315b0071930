"""What the values of each column are like."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import duckdb

from ..entities import Bin, ColumnProfile, Frequent, Profile
from ..errors import NotSupported
from ..language import _
from .delimited import Dialect, Loaded, load_delimited
from .engine import columns_of, engine, quoted
from .kinds import PARQUET
from .lines import estimated_rows, read_lines
from .source import Source
from .structured import load_json
from .table import LOOKED_AT, MOST_COLUMNS, too_wide
from .values import as_json

MOST_BYTES = 64 * 1024 * 1024
"""Of a text file, and about as many of a Parquet: what is larger is measured by its first rows."""
MOST_ROWS = 1_000_000
MOST_VALUES = 20_000_000
"""Rows times columns."""
_EXACT_BELOW = 200_000
"""Rows of which every distinct value is counted."""
_BINS = 20
_FREQUENT = 5
_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL", "REAL")
_MOMENTS = ("DATE", "TIMESTAMP")
_NESTED = ("STRUCT", "MAP", "UNION", "JSON", "BLOB")


def profile_table(source: Source, format: str, dialect: Dialect) -> Profile:
    """Raises DataUnreadable, NotSupported."""
    with engine() as connection:
        row_count, column_count, notes = (
            _load_parquet(connection, source) if format == PARQUET else _load_text(connection, source, format, dialect)
        )
        ((rows,),) = connection.execute("SELECT count(*) FROM looked").fetchall()
        columns = columns_of(connection, "looked")[:MOST_COLUMNS]
        measured = tuple(_measured(connection, name, kind, rows) for name, kind in columns)
    if column_count > len(columns):
        notes = (too_wide(column_count), *notes)
    return Profile(
        path=source.path,
        name=source.name,
        format=format,
        size=source.size,
        notes=notes,
        row_count=row_count,
        rows_read=rows,
        is_sample=row_count is None or rows < row_count,
        column_count=column_count,
        columns=measured,
    )


def _load_text(
    connection: Any, source: Source, format: str, dialect: Dialect
) -> tuple[int | None, int, tuple[str, ...]]:
    beginning = read_lines(source, LOOKED_AT, dialect.encoding)  # which says what is wrong before much is read
    wide = beginning.data.partition(b"\n")[0].count(b",") + 1
    most = min(MOST_ROWS, MOST_VALUES // min(wide, MOST_COLUMNS))
    text = beginning if beginning.is_whole else read_lines(source, MOST_BYTES, dialect.encoding)
    notes: tuple[str, ...] = (text.head.note,) if text.head.note else ()
    if format.startswith("JSON"):
        if not load_json(connection, source.name, text):
            raise NotSupported(
                _("{name} has no records that could be measured.", name=source.name),
                _("It has to be a list of records, or a record on each line."),
            )
        loaded = Loaded(len(columns_of(connection, "looked")))
    else:
        loaded = load_delimited(connection, source.name, text, dialect, columns=MOST_COLUMNS, rows=most)
    ((rows,),) = connection.execute("SELECT count(*) FROM looked").fetchall()
    # With a full table there is more in the text than is in the table.
    whole = estimated_rows(source, text, rows) if rows < most else None
    return whole, loaded.column_count, (*notes, *loaded.notes)


def _load_parquet(connection: Any, source: Source) -> tuple[int | None, int, tuple[str, ...]]:
    import pyarrow

    from .parquet import batches, shape

    rows, columns = shape(source)
    share = min(1.0, MOST_BYTES / max(1, source.size))
    most = max(1, min(MOST_ROWS, math.ceil(rows * share), MOST_VALUES // max(1, min(columns, MOST_COLUMNS))))
    found: Iterator[Any] = batches(source, most, MOST_COLUMNS)
    if (first := next(found, None)) is None:
        raise NotSupported(
            _("{name} has no rows that could be measured.", name=source.name),
            _("Its columns are in: azml data preview"),
        )
    table = pyarrow.Table.from_batches(list(chain([first], found)))
    connection.register("arrived", table)
    connection.execute("CREATE OR REPLACE TEMP TABLE looked AS SELECT * FROM arrived")
    return rows, columns, ()


def _measured(connection: Any, name: str, kind: str, rows: int) -> ColumnProfile:
    column, is_number = quoted(name), kind.lstrip("U").startswith(_NUMBERS) and not kind.endswith("]")
    is_float = kind in ("FLOAT", "DOUBLE")
    # NaN counts as missing, as in pandas.
    there = f"CASE WHEN isnan({column}) THEN NULL ELSE {column} END" if is_float else column
    is_nested = kind.startswith(_NESTED) or kind.endswith("]")
    is_exact = rows <= _EXACT_BELOW
    has_zone = "TIME ZONE" in kind
    compared = f"CAST({there} AS VARCHAR)" if is_nested or has_zone else there
    distinct = f"count(DISTINCT {compared})" if is_exact else f"approx_count_distinct({compared})"
    has_ends = not is_nested and not kind.startswith("ENUM")
    ends = f"min({compared}), max({compared})" if has_ends else "NULL, NULL"
    count, distinct_count, low, high = _one(connection, f"SELECT count({there}), {distinct}, {ends} FROM looked")
    facts: dict[str, Any] = {"min": as_json(low), "max": as_json(high)}
    if is_number and count:
        facts |= _number_facts(connection, f"CAST({there} AS DOUBLE)")
    if (is_number or kind.startswith(_MOMENTS)) and distinct_count > 2:
        facts["histogram"] = _histogram(connection, there, kind, is_number=is_number)
    if not facts.get("histogram") and count:
        facts["top"] = _top(connection, compared)
    return ColumnProfile(
        name=name,
        type=kind,
        count=count,
        missing=rows - count,
        distinct=min(distinct_count, count),
        is_distinct_exact=is_exact,
        **facts,
    )


def _number_facts(connection: Any, value: str) -> dict[str, float | None]:
    mean, low, middle, high = _one(
        connection,
        f"SELECT avg(v), {', '.join(f'quantile_cont(v, {q})' for q in (0.25, 0.5, 0.75))} "
        f"FROM (SELECT {value} AS v FROM looked)",
    )
    try:
        (std,) = _one(connection, f"SELECT stddev_samp({value}) FROM looked")
    except duckdb.Error:
        std = None
    if std is not None and not math.isfinite(std):
        std = None  # of infinite or enormous values there is none
    return {"mean": mean, "std": std, "q25": low, "median": middle, "q75": high}


def _histogram(connection: Any, there: str, kind: str, *, is_number: bool) -> tuple[Bin, ...]:
    """Bins of one width from the lowest to the highest finite value."""
    value = f"CAST({there} AS DOUBLE)" if is_number else f"epoch(CAST({there} AS TIMESTAMP))"
    start, end = _one(
        connection,
        f"SELECT min(v), max(v) FROM (SELECT {value} AS v FROM looked) WHERE isfinite(v)",
    )
    if start is None or start == end or not math.isfinite(end - start):
        return ()
    step = (end - start) / _BINS
    rows = connection.execute(
        f"SELECT least(CAST(floor((v - ?) / ?) AS INTEGER), {_BINS - 1}) AS bin, count(*) "
        f"FROM (SELECT {value} AS v FROM looked) WHERE isfinite(v) GROUP BY bin",
        [start, step],
    ).fetchall()
    counts = {number: count for number, count in rows}
    edges = [start + step * number for number in range(_BINS)] + [end]
    words = "%Y-%m-%d" if kind == "DATE" else "%Y-%m-%d %H:%M:%S"
    told = edges if is_number else [_moment(edge, words) for edge in edges]
    return tuple(Bin(low=told[number], high=told[number + 1], count=counts.get(number, 0)) for number in range(_BINS))


def _top(connection: Any, value: str) -> tuple[Frequent, ...]:
    rows = connection.execute(
        f"SELECT {value} AS v, count(*) AS n FROM looked WHERE {value} IS NOT NULL "
        f"GROUP BY v ORDER BY n DESC, v LIMIT {_FREQUENT}"
    ).fetchall()
    return tuple(Frequent(value=as_json(found), count=count) for found, count in rows)


def _moment(seconds: float, words: str) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=round(seconds))).strftime(words)


def _one(connection: Any, question: str) -> Any:
    return connection.execute(question).fetchone()
