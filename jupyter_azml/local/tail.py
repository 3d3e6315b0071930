"""Reading journals from a byte offset."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MOST_BYTES = 512 * 1024
"""Read in one go, so that a reader who comes late gets a long story in pieces."""


def read_from(path: Path, offset: int) -> tuple[list[dict[str, Any]], int, bool]:
    """The whole lines after the offset, the offset behind the last of them, and whether there is more to read at once.

    A line that is still being written, or that was cut by a kill, is left for later.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            block = file.read(MOST_BYTES)
    except FileNotFoundError:
        return [], offset, False
    end = block.rfind(b"\n") + 1
    is_full = len(block) == MOST_BYTES
    if not end and is_full:
        return [], offset + MOST_BYTES, True  # a line longer than any of ours: skipped, piece by piece
    return list(_objects(block[:end])), offset + end, is_full


def last_line(path: Path) -> dict[str, Any] | None:
    """The last whole line, read from the end."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - 128 * 1024))
            block = file.read()
    except FileNotFoundError:
        return None
    lines = list(_objects(block[: block.rfind(b"\n") + 1].split(b"\n", 1)[-1] if size > len(block) else block))
    return lines[-1] if lines else None


def read_all(path: Path) -> Iterator[dict[str, Any]]:
    offset, more = 0, True
    while more:
        lines, offset, more = read_from(path, offset)
        yield from lines


def _objects(block: bytes) -> Iterator[dict[str, Any]]:
    for line in block.splitlines():
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict):
            yield value
