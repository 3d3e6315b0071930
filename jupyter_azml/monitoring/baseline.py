"""The rows that requests are compared with: an even sample of a table, however long it is."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..errors import DataUnreadable
from ..language import _
from .drift import MOST_ROWS, columns_of

_READERS = {
    ".csv": "read_csv({files}, union_by_name = true)",
    ".tsv": "read_csv({files}, union_by_name = true)",
    ".parquet": "read_parquet({files}, union_by_name = true)",
    ".json": "read_json({files}, union_by_name = true)",
    ".jsonl": "read_json({files}, union_by_name = true)",
}
_MOST_FILES = 1_000
_SEED = 7


def read_baseline(place: Path, name: str) -> dict[str, list[Any]]:
    """Columns of a file, or of all files of one kind in a folder: at most ``MOST_ROWS`` rows, the same each time.

    Raises DataUnreadable.
    """
    import duckdb

    found = [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
    kinds = [path.suffix.lower() for path in found]
    kind = next((suffix for suffix in kinds if suffix in _READERS), None)
    if kind is None:
        raise _unreadable(name, _("there is no CSV, Parquet or JSON file"))
    files = [str(path) for path, suffix in zip(found, kinds, strict=True) if suffix == kind][:_MOST_FILES]
    reader = _READERS[kind].format(files=json.dumps(files).replace("'", "''").replace('"', "'"))
    try:
        with duckdb.connect(":memory:") as connection:
            answer = connection.execute(
                f"SELECT * FROM {reader} USING SAMPLE reservoir({MOST_ROWS} ROWS) REPEATABLE ({_SEED})"  # noqa: S608
            )
            names = [column[0] for column in answer.description or ()]
            return columns_of([dict(zip(names, map(_plain, row), strict=True)) for row in answer.fetchall()])
    except duckdb.Error as error:
        raise _unreadable(name, str(error).splitlines()[0]) from error


def check_columns(baseline: Iterable[str], wanted: str, name: str) -> None:
    """Raises DataUnreadable for a column that it does not have."""
    there = list(baseline)
    if wanted and wanted not in there:
        raise _unreadable(
            name, _("it has no column {column}; there are: {names}", column=wanted, names=", ".join(there))
        )


def _plain(value: Any) -> Any:
    """As it would be in JSON: a decimal is a number, a date a text."""
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value)


def _unreadable(name: str, detail: str) -> DataUnreadable:
    return DataUnreadable(
        _("{name} cannot be a baseline: {detail}.", name=name, detail=detail),
        _("Use a data asset that is a CSV, Parquet or JSON file, or a folder of such files."),
    )
