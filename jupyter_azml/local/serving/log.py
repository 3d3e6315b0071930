"""The log of a deployment: one file that grows, and the one before it, which it became when it was long."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

LONGEST = 20 << 20
"""Bytes."""
_LINE = 500
"""Bytes that a line of the end is looked for in, on average."""


def read_log(path: Path, *, tail: int, offset: int | None = None) -> tuple[str, int]:
    """The last lines, or all from a byte offset on; and the offset at which one reads on."""
    if offset is None:
        begin = max(_size(path) - tail * _LINE, 0)
        text, end = _from(path, begin)
        lines = text.splitlines(keepends=True)
        if begin == 0 and len(lines) < tail:
            before = _before(path)
            more = _from(before, max(_size(before) - tail * _LINE, 0))[0]
            lines = more.splitlines(keepends=True) + lines
        return "".join(lines[-tail:]) if tail else "", end
    rest = ""
    if offset > _size(path):  # it was rotated since
        rest, offset = _from(_before(path), offset)[0], 0
    text, end = _from(path, offset)
    return rest + text, end


def rotate(path: Path) -> bool:
    """Whether it was long. By copy: who writes to it goes on writing to the file that they have."""
    with suppress(OSError):
        if _size(path) > LONGEST:
            shutil.copyfile(path, _before(path))
            os.truncate(path, 0)
            return True
    return False


def _before(path: Path) -> Path:
    return path.with_suffix(".1.log")


def _from(path: Path, offset: int) -> tuple[str, int]:
    try:
        with path.open("rb") as log:
            log.seek(offset)
            found = log.read()
    except FileNotFoundError:
        return "", 0
    return found.decode("utf-8", "replace"), offset + len(found)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
