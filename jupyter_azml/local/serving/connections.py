"""Connections of callers: uvicorn's, and none may take its time to say what it wants."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

SECONDS_TO_BEGIN = 15.0
MOST_HEADER_BYTES = 64 << 10
WHOLE = "azml.whole"
"""An extension of a request's scope: ``(scope, status, headers, body)`` answers in one write, or says False.
ASGI's two messages are two packets, for each of which the caller wakes up.
"""


class Connection(HttpToolsProtocol):
    """uvicorn bounds how long a connection may rest between requests, and not how long one may take to begin."""

    _since: float | None = None
    """When it was that a request should have begun: with its headers and the first part of its body."""
    _look: asyncio.TimerHandle | None = None
    """One for the connection's life, not for each request."""
    _header_bytes: int | None = 0
    """None once the headers are there."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._extensions: dict[str, Any] = {WHOLE: self._answer}
        self._since = self.loop.time()
        self._look = self.loop.call_later(SECONDS_TO_BEGIN, self._check)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._look:
            self._look.cancel()
            self._look = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._header_bytes is not None:
            self._header_bytes += len(data)
        super().data_received(data)
        if self._header_bytes is not None and self._header_bytes > MOST_HEADER_BYTES:
            self._refuse(b"431 Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._since = self.loop.time()
        self._header_bytes = self._header_bytes or 0

    def on_headers_complete(self) -> None:
        self._header_bytes = None
        super().on_headers_complete()
        # Nothing of the request itself, which would keep itself alive.
        self.scope["extensions"] = self._extensions

    def on_body(self, body: bytes) -> None:
        self._since = None
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._since = None
        super().on_message_complete()

    def _answer(self, scope: Any, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> bool:
        """``headers`` say how long it is. As uvicorn's own ``send`` does with two messages."""
        cycle = self.cycle
        if cycle.scope is not scope or cycle.disconnected or self.flow.write_paused:
            return False
        lines = [STATUS_LINE[status]]
        for name, value in (*cycle.default_headers, *headers):
            lines += (name, b": ", value, b"\r\n")
        lines += (b"\r\n" if cycle.keep_alive else b"connection: close\r\n\r\n", body)
        cycle.response_started = cycle.response_complete = True
        self.transport.write(b"".join(lines))
        cycle.message_event.set()
        if not cycle.keep_alive:
            self.transport.close()
        cycle.on_response()
        return True

    def _check(self) -> None:
        rest = SECONDS_TO_BEGIN if self._since is None else self._since + SECONDS_TO_BEGIN - self.loop.time()
        if rest <= 0:
            self._refuse(b"408 Request Timeout")
        else:
            self._look = self.loop.call_later(rest, self._check)

    def _refuse(self, status: bytes) -> None:
        if self.transport and not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 " + status + b"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
            self.transport.close()
