"""Reading journals from a byte offset."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..tracking.lines import objects_in, read_block


def read_from(path: Path, offset: int) -> tuple[list[dict[str, Any]], int, bool]:
    """The whole lines after the offset, the offset behind the last of them, and whether there is more to read at once.

    A line that is still being written, or that was cut by a kill, is left for later.
    """
    lines, end, more = read_block(path, offset)
    return objects_in(lines), end, more


def last_line(path: Path) -> dict[str, Any] | None:
    """The last whole line, read from the end."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - 128 * 1024))
            block = file.read()
    except FileNotFoundError:
        return None
    whole = block[: block.rfind(b"\n") + 1].splitlines()
    return next((objects[-1] for line in reversed(whole) if (objects := objects_in(line))), None)


def read_all(path: Path) -> Iterator[dict[str, Any]]:
    offset, more = 0, True
    while more:
        lines, offset, more = read_from(path, offset)
        yield from lines
