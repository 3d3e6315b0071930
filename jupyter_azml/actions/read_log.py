"""A log piece by piece, from its end or from where a reader left it."""

import os
from typing import BinaryIO

from ..entities import LogPart
from ..workspace import Workspace

STD_LOG = "logs/user_logs/std_log.txt"
MOST_BYTES = 1024 * 1024


def read_log(
    workspace: Workspace, name: str, path: str = STD_LOG, *, start: int | None = None, end: int | None = None
) -> LogPart:
    """From ``start`` on; without it the last part before ``end``, which is the file's own unless another is given.

    Raises JobNotFound, FileNotInJob.
    """
    with workspace.jobs.open(name, path) as file:
        size = file.seek(0, os.SEEK_END)
        if start is not None:
            return _following(file, path, min(start, size), size)
        return _before(file, path, size if end is None else min(end, size), size)


def _following(file: BinaryIO, path: str, start: int, size: int) -> LogPart:
    file.seek(start)
    data = file.read(MOST_BYTES)
    # A line that is being written is told whole, later; one that fills a part is told in pieces.
    whole = data.rfind(b"\n") + 1
    if whole == 0 and start + len(data) >= size:
        whole = _without_half_a_sign(data)
    return _part(path, start, data[: whole or _without_half_a_sign(data)], size)


def _before(file: BinaryIO, path: str, end: int, size: int) -> LogPart:
    start = max(0, end - MOST_BYTES)
    file.seek(start)
    data = file.read(end - start)
    if start and (cut := data.find(b"\n") + 1):
        start, data = start + cut, data[cut:]
    if end == size:
        data = data[: _without_half_a_sign(data)]
    return _part(path, start, data, size)


def _part(path: str, start: int, data: bytes, size: int) -> LogPart:
    return LogPart(path=path, start=start, end=start + len(data), size=size, text=data.decode("utf-8", "replace"))


def _without_half_a_sign(data: bytes) -> int:
    """How much of it is whole characters of UTF-8: the writer may be in the middle of one."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte < 0x80:
            return len(data)
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) if back >= length else len(data) - back
    return len(data)
