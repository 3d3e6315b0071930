"""Parquet, page by page.

DuckDB fetches whole row groups, which pandas writes with a million rows: half a gigabyte for a look. Arrow reads the
pages that hold the first rows.
"""

from dataclasses import dataclass
from typing import Any

from ..language import _
from .engine import unreadable
from .source import BLOCK, Reader, Source, TooMuch

BUDGET = 16 * 1024 * 1024
"""Bytes that a look may fetch."""
_BUFFER = 64 * 1024
_FIRST_PAGES = 1200 * 1024
"""Bytes that a column's dictionary, at most a megabyte, and its first page commonly take."""


@dataclass(frozen=True)
class Beginning:
    table: Any
    """Of Arrow: the first rows of the columns that could be read."""
    row_count: int
    column_count: int
    details: dict[str, str]
    notes: tuple[str, ...]


def read_beginning(source: Source, rows: int, most_columns: int) -> Beginning:
    """Raises DataUnreadable."""
    import pyarrow

    opened = _opened(source, BUDGET)
    names = _distinct(opened.schema_arrow.names)
    chosen = names[:most_columns]
    notes = []
    try:
        table, left_out = _first_rows(opened, source, chosen, rows)
    except (pyarrow.ArrowException, OSError) as error:
        raise unreadable(source.name, "Parquet", error) from error
    if left_out:
        notes.append(
            _(
                "{names} would take more than {size} MB to look into, and are left out.",
                names=", ".join(left_out[:5]) + ("…" if len(left_out) > 5 else ""),
                size=BUDGET // 1024**2,
            )
        )
    facts = opened.metadata
    details = {"row groups": str(facts.num_row_groups), "written by": facts.created_by or ""}
    return Beginning(table, facts.num_rows, len(opened.schema_arrow.names), details, tuple(notes))


def batches(source: Source, rows: int, columns: int) -> Any:
    """Of Arrow, for whoever measures: up to about so many rows. Raises DataUnreadable, also while they are read."""
    import pyarrow

    opened = _opened(source, None)
    chosen = _distinct(opened.schema_arrow.names)[:columns]
    given = 0
    try:
        for batch in opened.iter_batches(batch_size=65_536, columns=chosen):
            yield batch[: rows - given]
            given += len(batch)
            if given >= rows:
                return
    except (pyarrow.ArrowException, OSError) as error:
        raise unreadable(source.name, "Parquet", error) from error


def shape(source: Source) -> tuple[int, int]:
    """Rows and columns. Raises DataUnreadable."""
    opened = _opened(source, None)
    return opened.metadata.num_rows, len(opened.schema_arrow.names)


def _opened(source: Source, budget: int | None) -> Any:
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        file = pyarrow.PythonFile(Reader(source, budget), mode="r")
        return ParquetFile(file, pre_buffer=False, buffer_size=_BUFFER)
    except (pyarrow.ArrowException, OSError) as error:
        raise unreadable(source.name, "Parquet", error) from error


def _first_rows(opened: Any, source: Source, names: list[str], rows: int) -> tuple[Any, list[str]]:
    """All columns at once where that is little, else one after the other until the budget is spent."""
    import pyarrow

    empty = opened.schema_arrow.empty_table()
    if opened.metadata.num_rows == 0 or not names:
        return empty.select(names), []
    group = opened.metadata.row_group(0)
    if sum(group.column(index).total_compressed_size for index in range(group.num_columns)) < BUDGET // 2:
        return _first(opened, names, rows), []
    found: dict[str, Any] = {}
    starts, ahead = _starts(group), min(_FIRST_PAGES, BUDGET * 3 // 4 // len(names))
    for name in names:
        try:
            if ahead >= BLOCK and name in starts:
                start, length = starts[name]
                source.read(start, min(ahead, length), BUDGET)  # at once what comes in four requests else
            found[name] = _first(opened, [name], rows).column(0)
        except TooMuch:
            continue
    left_out = [name for name in names if name not in found]
    return pyarrow.table(found), left_out


def _starts(group: Any) -> dict[str, tuple[int, int]]:
    """Where each column begins in the file, and how many bytes it has there."""
    found: dict[str, tuple[int, int]] = {}
    for index in range(group.num_columns):
        column = group.column(index)
        start = column.dictionary_page_offset if column.has_dictionary_page else column.data_page_offset
        found.setdefault(column.path_in_schema.partition(".")[0], (start, column.total_compressed_size))
    return found


def _first(opened: Any, names: list[str], rows: int) -> Any:
    import pyarrow

    batch = next(iter(opened.iter_batches(batch_size=rows, columns=names, use_threads=False)), None)
    return pyarrow.Table.from_batches([batch]) if batch is not None else opened.schema_arrow.empty_table().select(names)


def _distinct(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))
