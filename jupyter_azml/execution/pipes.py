"""What processes print, read as it comes: bounded pieces, whole lines where there are any."""

import codecs
import os
import selectors
import time
from collections.abc import Callable
from typing import IO

PIECE = 65_536
"""Bytes read at once."""
PATIENCE = 0.25
"""Seconds that the beginning of a line is waited for to become a whole one: a progress bar never does."""

Write = Callable[[str, str], None]
"""Takes the stream's name and a text."""


class Pipes:
    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()

    @property
    def is_empty(self) -> bool:
        """Nobody is left who could print."""
        return not self._selector.get_map()

    def add(self, pipe: IO[bytes], stream: str, write: Write) -> None:
        os.set_blocking(pipe.fileno(), False)
        self._selector.register(pipe, selectors.EVENT_READ, _Stream(stream, write))

    def read(self, seconds: float) -> bool:
        """Hands on what there is, after waiting for it so long; says whether there was something."""
        found = False
        for key, _events in self._selector.select(seconds):
            stream: _Stream = key.data
            piece = os.read(key.fd, PIECE)
            found = found or bool(piece)
            stream.take(piece)
            if not piece:
                self._selector.unregister(key.fileobj)
                key.fileobj.close()  # type: ignore[union-attr]  # what is registered is a file
        for key in self._selector.get_map().values():
            key.data.flush_stale()
        return found

    def close(self) -> None:
        for key in list(self._selector.get_map().values()):
            key.data.flush()
            key.fileobj.close()  # type: ignore[union-attr]  # what is registered is a file
        self._selector.close()


class _Stream:
    def __init__(self, name: str, write: Write) -> None:
        self._name = name
        self._write = write
        # A sign of several bytes may be cut by a piece's end; what is no text becomes a mark.
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._held = ""
        self._since = 0.0

    def take(self, piece: bytes) -> None:
        """An empty piece is the end."""
        text = self._held + self._decode(piece, final=not piece)
        whole = text.rfind("\n") + 1
        if not piece or len(text) - whole > PIECE:
            whole = len(text)
        if whole or not self._held:
            self._since = time.monotonic()
        self._held = text[whole:]
        if whole:
            self._write(self._name, text[:whole])

    def flush_stale(self) -> None:
        if self._held and time.monotonic() - self._since > PATIENCE:
            self.flush()

    def flush(self) -> None:
        text, self._held = self._held, ""
        if text:
            self._write(self._name, text)
