"""One request to a model server, over its unix socket, on a connection of its own.

A gunicorn worker closes after each answer, so that whichever worker is idle takes the next connection. Ours, rather
than a library's: libraries' clients are made to keep connections, and this is done for every request.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, BinaryIO

import httptools

from .readers import Readers

HELD = 1 << 18
"""Bytes of an answer that are kept before its reader is waited for."""
_CHUNK = 1 << 18
_READ_AT_ONCE = 8192
_KIND = socket.SOCK_STREAM | getattr(socket, "SOCK_NONBLOCK", 0)

Headers = list[tuple[bytes, bytes]]


class ServerGone(Exception):
    """The connection ended before the answer did."""

    def __init__(self, *, is_untouched: bool = False) -> None:
        super().__init__(is_untouched)
        self.is_untouched = is_untouched
        """Whether nobody can have read the request, so that it can be sent again."""


class Exchange:
    def __init__(self, path: str, seconds: float, readers: Readers) -> None:
        """``seconds`` until the answer has to begin. Raises OSError while no server listens there."""
        # The class below socket.socket, which makes and closes one for every request in a third of the time.
        self._socket = socket.SocketType(socket.AF_UNIX, _KIND)
        try:
            if _KIND == socket.SOCK_STREAM:
                self._socket.setblocking(False)
            self._socket.connect(path)
        except OSError:
            self._socket.close()
            raise
        self._readers = readers
        self._loop = asyncio.get_running_loop()
        self._patience = self._loop.call_later(seconds, self._give_up)
        self._is_late = False
        self._ready: asyncio.Future[None] | None = None
        self._number = self._socket.fileno()
        self._parser: Any = httptools.HttpResponseParser(self)
        self._begun = self._loop.create_future()
        self._news: asyncio.Future[None] | None = None
        self._chunks: list[bytes] = []
        self._held = 0
        self._is_reading = False
        self._is_lost = False
        self._is_untouched = False
        self._has_length = False
        self._sent = 0
        self.status = 0
        self.headers: Headers = []
        self.is_whole = False
        """Whether the answer has been read to its end."""

    async def send(self, data: bytes) -> None:
        """A server that goes meanwhile shows when its answer is waited for. Raises TimeoutError."""
        self._sent += len(data)
        try:
            sent = self._socket.send(data)
            if sent == len(data):
                return
        except BlockingIOError:
            sent = 0
        except ConnectionError:
            return
        rest = memoryview(data)[sent:]
        with suppress(ConnectionError):
            while rest:
                await self._writable()
                with suppress(BlockingIOError):
                    rest = rest[self._socket.send(rest) :]

    async def send_file(self, file: BinaryIO) -> None:
        """From its beginning."""
        file.seek(0)
        while chunk := file.read(_CHUNK):
            await self.send(chunk)

    def sent(self) -> None:
        """Says that nothing follows: gunicorn's worker waits for this end, for two seconds, before it takes another."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    async def begun(self) -> None:
        """Until the whole answer is there, or so much of it that the rest is better handed on as it comes.

        Raises ServerGone, TimeoutError.
        """
        self._read_on()
        await self._begun

    def taken(self) -> bytes:
        """What came since the last call."""
        chunks, self._chunks, self._held = self._chunks, [], 0
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    async def rest(self) -> AsyncIterator[bytes]:
        """Raises ServerGone."""
        while True:
            if chunk := self.taken():
                yield chunk
            elif self.is_whole:
                return
            elif self._is_lost:
                raise ServerGone
            else:
                self._news = self._loop.create_future()
                self._read_on()
                await self._news

    def close(self) -> None:
        self._patience.cancel()
        self._pause()
        self._socket.close()
        # It knows this exchange: together they would wait for the garbage collector.
        self._parser = None

    def _read_on(self) -> None:
        if not self._is_reading and not self._is_lost and not self.is_whole:
            self._is_reading = True
            self._readers.add(self._number, self._read)

    def _pause(self) -> None:
        if self._is_reading:
            self._is_reading = False
            self._readers.remove(self._number)

    def _read(self) -> None:
        try:
            data = self._socket.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError as error:
            # A unix socket is reset when its other end closes without having read, or having been taken. gunicorn
            # reads so much at once, so that of what is not longer it has read all or nothing.
            is_reset = isinstance(error, ConnectionResetError) and self._sent <= _READ_AT_ONCE
            self._is_untouched = is_reset and not self.status
            data = b""
            self._has_length = True
        if data:
            with suppress(httptools.HttpParserError):
                self._parser.feed_data(data)
        else:
            self._end()
        if self.is_whole:
            self.close()
        elif self._held > HELD:
            self._pause()
            self._begin()
        if self._news and not self._news.done():
            self._news.set_result(None)

    def _end(self) -> None:
        """The server has closed. An answer of which no length was said ends so."""
        self._pause()
        self._is_lost = True
        if self.status and not self._has_length:
            self.is_whole = True
            self._begin()
        elif not self._begun.done():
            self._begun.set_exception(ServerGone(is_untouched=self._is_untouched))

    def _begin(self) -> None:
        self._patience.cancel()
        if not self._begun.done():
            self._begun.set_result(None)

    def _give_up(self) -> None:
        self._is_late = True
        for waited in (self._begun, self._ready):
            if waited and not waited.done():
                waited.set_exception(TimeoutError())
        # It is nobody's fault if nobody has asked yet.
        self._begun.exception()

    async def _writable(self) -> None:
        """Raises TimeoutError."""
        if self._is_late:
            raise TimeoutError
        ready = self._ready = self._loop.create_future()

        def tell() -> None:
            if not ready.done():
                ready.set_result(None)

        self._loop.add_writer(self._number, tell)
        try:
            await ready
        finally:
            self._loop.remove_writer(self._number)

    # What the parser calls.

    def on_header(self, name: bytes, value: bytes) -> None:
        name = name.lower()
        if name in (b"content-length", b"transfer-encoding"):
            self._has_length = True
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        self.status = self._parser.get_status_code()

    def on_body(self, body: bytes) -> None:
        self._chunks.append(body)
        self._held += len(body)

    def on_message_complete(self) -> None:
        self.is_whole = True
        self._begin()
