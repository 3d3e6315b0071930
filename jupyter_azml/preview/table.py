"""The first rows of a file that is a table."""

from typing import Any

from ..entities import Column, Preview, PreviewKind
from ..language import _
from .delimited import Dialect, Loaded, load_delimited
from .engine import columns_of, engine, shown_as
from .kinds import PARQUET
from .lines import Text, estimated_rows, read_lines
from .source import Source
from .structured import load_json
from .text import preview_text
from .values import as_json

LOOKED_AT = 512 * 1024
"""Bytes of a text file from which its columns and their types are found out."""
MOST_COLUMNS = 200


def preview_table(source: Source, format: str, rows: int, dialect: Dialect) -> Preview:
    """Raises DataUnreadable."""
    if format == PARQUET:
        return _of_parquet(source, rows)
    text = read_lines(source, LOOKED_AT, dialect.encoding)
    with engine() as connection:
        if format.startswith("JSON"):
            if not load_json(connection, source.name, text):
                return preview_text(source, format)
            loaded = Loaded(len(columns_of(connection, "looked")))
        else:
            loaded = load_delimited(connection, source.name, text, dialect, columns=MOST_COLUMNS)
        return _shown(connection, source, format, rows, text, loaded)


def too_wide(count: int) -> str:
    return _("It has {count} columns; the first {most} are shown.", count=count, most=MOST_COLUMNS)


def details_of(text: Text) -> dict[str, str]:
    return {"encoding": text.encoding, "compression": text.head.compression}


def _shown(connection: Any, source: Source, format: str, rows: int, text: Text, loaded: Loaded) -> Preview:
    shown, notes = columns_of(connection, "looked")[:MOST_COLUMNS], loaded.notes
    if loaded.column_count > len(shown):
        notes = (too_wide(loaded.column_count), *notes)
    if text.head.note:
        notes = (*notes, text.head.note)
    found = _rows(connection, shown, rows)
    ((in_text,),) = connection.execute("SELECT count(*) FROM looked").fetchall()
    return Preview(
        path=source.path,
        name=source.name,
        kind=PreviewKind.TABLE,
        format=format,
        details={key: value for key, value in details_of(text).items() if value},
        notes=notes,
        columns=tuple(Column(name=name, type=kind) for name, kind in shown),
        column_count=loaded.column_count,
        rows=tuple(tuple(map(as_json, row)) for row in found),
        row_count=estimated_rows(source, text, in_text),
        is_row_count_exact=text.is_whole,
    )


def _rows(connection: Any, columns: list[tuple[str, str]], most: int) -> Any:
    names = ", ".join(shown_as(name, kind) for name, kind in columns)
    if not names:
        return []
    return connection.execute(f"SELECT {names} FROM looked LIMIT {int(most)}").fetchall()


def _of_parquet(source: Source, rows: int) -> Preview:
    from .parquet import read_beginning

    beginning = read_beginning(source, rows, MOST_COLUMNS)
    notes = beginning.notes
    if beginning.column_count > MOST_COLUMNS:
        notes = (too_wide(beginning.column_count), *notes)
    with engine() as connection:
        if beginning.table.num_columns:
            connection.register("looked", beginning.table)
        columns = columns_of(connection, "looked") if beginning.table.num_columns else []
        # Through DuckDB, so that values are the same for all formats.
        found = _rows(connection, columns, rows)
    return Preview(
        path=source.path,
        name=source.name,
        kind=PreviewKind.TABLE,
        format=PARQUET,
        details={key: value for key, value in beginning.details.items() if value},
        notes=notes,
        columns=tuple(Column(name=name, type=kind) for name, kind in columns),
        column_count=beginning.column_count,
        rows=tuple(tuple(map(as_json, row)) for row in found),
        row_count=beginning.row_count,
    )
