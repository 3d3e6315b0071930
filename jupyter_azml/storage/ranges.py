"""A file elsewhere, read from any position: what is read is fetched, and no more."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, BinaryIO

READ_AHEAD = 1024 * 1024
"""Bytes that one request fetches when a reader asks for less."""
_WHOLE = 8 * READ_AHEAD
"""When a reader asks for all."""


def open_ranges(
    fetch: Callable[[int, int], bytes], size: int, translated: Callable[[], AbstractContextManager[None]]
) -> BinaryIO:
    """``fetch``: the bytes from an offset on, so many, or an error when it is another file meanwhile."""
    return io.BufferedReader(_RangeReader(fetch, size, translated), READ_AHEAD)


class _RangeReader(io.RawIOBase):
    def __init__(
        self, fetch: Callable[[int, int], bytes], size: int, translated: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._fetch, self._size, self._translated = fetch, size, translated
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, start + offset)
        return self._position

    def tell(self) -> int:
        return self._position

    def readall(self) -> bytes:
        """Python's own would ask for 8 kB at a time."""
        pieces = []
        while piece := self.read(_WHOLE):
            pieces.append(piece)
        return b"".join(pieces)

    def readinto(self, buffer: Any) -> int:
        length = min(len(buffer), self._size - self._position)
        if length <= 0:
            return 0
        with self._translated():
            piece = self._fetch(self._position, length)
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)
