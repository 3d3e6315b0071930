"""The beginning of a file, unpacked when it is compressed: never more than was asked for, whatever is packed in it."""

import bz2
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..language import _
from .source import Reader, Source

_CHUNK = 256 * 1024
_MAGIC = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz"}


@dataclass(frozen=True)
class Head:
    data: bytes
    is_whole: bool
    """There is nothing behind it."""
    compression: str = ""
    packed: int = 0
    """Bytes of the file that ``data`` takes, or about so many."""
    note: str = ""
    """Of what is wrong with the file, although a part of it could be read."""


def read_head(source: Source, most: int) -> Head:
    """At most ``most`` bytes of content. ``bytes_read`` of the source has what was fetched for it."""
    pieces, length = [], 0
    content = Content(source, first=min(most + 1, _CHUNK))
    for piece in content.pieces(most + 1):
        pieces.append(piece)
        length += len(piece)
        if length > most:
            break
    data = b"".join(pieces)
    is_whole = length <= most and not content.note
    return Head(data[:most], is_whole, content.compression, content.packed, content.note)


class Content:
    """What a file has in it, piece by piece, at most 256 KB or so at a time."""

    def __init__(self, source: Source, first: int = _CHUNK) -> None:
        self._source = source
        self._first = first
        self.compression = ""
        self.packed = 0
        self.note = ""

    def pieces(self, most: int) -> Iterator[bytes]:
        """Ends after ``most`` bytes at the latest."""
        given = 0
        packed = self._packed(Reader(self._source), most)
        start = next(packed, b"")
        self.compression = next((name for sign, name in _MAGIC.items() if start.startswith(sign)), "")
        plain = self._unpacked(start, packed) if self.compression else _chained(start, packed)
        for piece in plain:
            yield piece[: most - given]
            given += len(piece)
            if given >= most:
                return

    def _packed(self, file: Any, most: int) -> Iterator[bytes]:
        size = self._first
        while piece := file.read(min(size, most)):
            self.packed += len(piece)
            yield piece
            size = _CHUNK

    def _unpacked(self, start: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
        unpacker, made_any = _unpacker(self.compression), False
        try:
            for waiting in _chained(start, rest):
                while waiting:
                    if unpacker.eof:
                        # Several streams in a row are one content, as for the tools of the same name.
                        unpacker = _unpacker(self.compression)
                    yield from self._steps(unpacker, waiting)
                    made_any = True
                    waiting = unpacker.unused_data
                    if waiting and not waiting.strip(b"\0"):
                        return
        except Damaged:
            if not made_any:
                raise
            self.note = _("The compressed content is damaged from some place on; what comes before it is shown.")
            return
        if not unpacker.eof:
            self.note = _("The file ends in the middle of its compressed content.")

    def _steps(self, unpacker: Any, packed: bytes) -> Iterator[bytes]:
        """Never more than a chunk at once: a few bytes may unpack to gigabytes."""
        piece = _step(unpacker, packed)
        while piece:
            # What waits to be unpacked is none of it.
            waiting = len(getattr(unpacker, "unconsumed_tail", b""))
            self.packed -= waiting
            yield piece
            self.packed += waiting
            if unpacker.eof:
                return
            if self.compression == "gzip":
                piece = _step(unpacker, unpacker.unconsumed_tail)
            else:
                piece = b"" if unpacker.needs_input else _step(unpacker, b"")


class Damaged(Exception):
    """Nothing could be unpacked."""


def _step(unpacker: Any, packed: bytes) -> bytes:
    try:
        piece: bytes = unpacker.decompress(packed, _CHUNK)
    except (zlib.error, lzma.LZMAError, OSError, EOFError) as error:
        raise Damaged(str(error)) from error
    return piece


def _unpacker(compression: str) -> Any:
    if compression == "gzip":
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    return bz2.BZ2Decompressor() if compression == "bzip2" else lzma.LZMADecompressor()


def _chained(start: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if start:
        yield start
        yield from rest
