"""What is looked into: a file that is read in pieces, or the folder that it is in."""

import io
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol

from ..entities import File, Page

BLOCK = 256 * 1024
"""Bytes of one request for who reads a little. A longer read is one request, too."""
_KEPT = 64


class Place(Protocol):
    """Where files are, by paths with forward slashes. Raises AzmlError."""

    def browse(self, path: str, *, limit: int, continuation: str | None = None) -> Page[File]: ...

    def stat(self, path: str) -> File: ...

    def open(self, path: str) -> BinaryIO: ...


@dataclass
class Source:
    """One file, opened when it is read, in blocks that are kept: nothing near is fetched twice."""

    path: str
    """As errors and answers call it."""
    size: int
    open: Callable[[], BinaryIO]
    """Gives a reader that can seek, and fetches only what is read."""
    bytes_read: int = 0
    _file: Any = None
    _blocks: "OrderedDict[int, bytes]" = field(default_factory=OrderedDict, repr=False)

    @property
    def name(self) -> str:
        return self.path.rstrip("/").rpartition("/")[2] or self.path

    def close(self) -> None:
        self._blocks.clear()
        if self._file is not None:
            self._file.close()
            self._file = None

    def read(self, start: int, length: int, budget: int | None = None) -> bytes:
        """Raises TooMuch where more than ``budget`` bytes would then have been fetched."""
        end = min(start + length, self.size)
        if end <= start:
            return b""
        first, last = start // BLOCK, (end - 1) // BLOCK
        self._fetch(first, last, budget)
        whole = b"".join(self._blocks[number] for number in range(first, last + 1))
        while len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)
        return whole[start - first * BLOCK : end - first * BLOCK]

    def _fetch(self, first: int, last: int, budget: int | None) -> None:
        """Neighbours that are missing come by one request."""
        number = first
        while number <= last:
            if number in self._blocks:
                self._blocks.move_to_end(number)
                number += 1
                continue
            run = 1
            while number + run <= last and number + run not in self._blocks:
                run += 1
            wanted = min(run * BLOCK, self.size - number * BLOCK)
            if budget is not None and self.bytes_read + wanted > budget:
                raise TooMuch(wanted)
            data = self._range(number * BLOCK, wanted)
            self.bytes_read += len(data)
            for index in range(run):
                self._blocks[number + index] = data[index * BLOCK : (index + 1) * BLOCK]
            number += run

    def _range(self, start: int, length: int) -> bytes:
        if self._file is None:
            opened = self.open()
            # What it would read ahead is fetched once more after the next jump; blocks are enough.
            self._file = opened.detach() if isinstance(opened, io.BufferedReader) else opened
        self._file.seek(start)
        pieces, left = [], length
        while left and (piece := self._file.read(left)):
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)


class TooMuch(OSError):
    """More would have to be fetched than the budget allows. Arrow hands it on to whoever asked."""


class Reader(io.RawIOBase):
    """A source as a file object; closing it leaves the source open."""

    def __init__(self, source: Source, budget: int | None = None) -> None:
        self._source = source
        self._budget = budget
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._source.size}[whence]
        self._position = max(0, start + offset)
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: Any) -> int:
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def read(self, size: int = -1) -> bytes:
        wanted = size if size >= 0 else self._source.size - self._position
        piece = self._source.read(self._position, wanted, self._budget)
        self._position += len(piece)
        return piece
