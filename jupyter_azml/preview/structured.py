"""JSON: a record on each line, or a list of records. Into a temporary table, as far as its beginning goes."""

import json
from collections.abc import Iterator
from typing import Any

import duckdb

from ..errors import DataUnreadable
from ..language import _
from .engine import file_of, unreadable
from .lines import Text

_DEEPEST = 3
"""Levels of records that become columns of types of their own; what is deeper stays JSON."""


def load_json(connection: Any, name: str, text: Text) -> bool:
    """Makes the table ``looked``; False for what holds no records, such as one object of settings.

    Raises DataUnreadable.
    """
    lines = _as_lines(name, text)
    if lines is None:
        return False
    with file_of([lines], ".ndjson") as path:
        try:
            connection.execute(
                "CREATE OR REPLACE TEMP TABLE looked AS SELECT * FROM read_json(?, format='newline_delimited', "
                f"sample_size=-1, maximum_depth={_DEEPEST}, maximum_object_size=33554432)",
                [path],
            )
        except duckdb.Error as error:
            raise unreadable(name, "JSON", error) from error
    return True


def _as_lines(name: str, text: Text) -> bytes | None:
    start = text.data.lstrip()[:1]
    if start == b"[":
        records = list(_records(text.data.decode("utf-8", "replace"), name, is_whole=text.is_whole))
        return "\n".join(map(json.dumps, records)).encode() if records and isinstance(records[0], dict) else None
    if start != b"{":
        raise _no_json(name, 1)
    lines = text.data.splitlines()
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                json.loads(line)
            except ValueError:
                # One object written over many lines is a document, and no table.
                if number == 1:
                    return None
                raise _no_json(name, number) from None
    return text.data


def _records(text: str, name: str, *, is_whole: bool) -> Iterator[Any]:
    """Of a list whose end may be cut off."""
    decoder, position = json.JSONDecoder(), text.index("[") + 1
    while True:
        while position < len(text) and text[position] in " \t\r\n,":
            position += 1
        if position >= len(text) or text[position] == "]":
            return
        try:
            record, position = decoder.raw_decode(text, position)
        except ValueError:
            if is_whole:
                raise _no_json(name, text.count("\n", 0, position) + 1) from None
            return
        yield record


def _no_json(name: str, line: int) -> DataUnreadable:
    return DataUnreadable(
        _("{name} is not valid JSON: line {line} cannot be read.", name=name, line=line),
        _("It has to be a list of records, or a record on each line."),
    )
