"""Connections of callers: uvicorn's, and none may take its time to say what it wants."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SECONDS_FOR_HEADERS = 15.0
MOST_HEADER_BYTES = 64 << 10


class Connection(HttpToolsProtocol):
    """uvicorn bounds how long a connection may rest between requests, and not how long one may take to begin."""

    _patience: asyncio.TimerHandle | None = None
    _header_bytes: int | None = 0
    """None once the headers are there."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._expect_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._header_bytes is not None:
            self._header_bytes += len(data)
        super().data_received(data)
        if self._header_bytes is not None and self._header_bytes > MOST_HEADER_BYTES:
            self._refuse(b"431 Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._expect_headers()

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        self._header_bytes = None
        super().on_headers_complete()

    def _expect_headers(self) -> None:
        self._stop_waiting()
        self._header_bytes = self._header_bytes or 0
        self._patience = self.loop.call_later(SECONDS_FOR_HEADERS, self._refuse, b"408 Request Timeout")

    def _stop_waiting(self) -> None:
        if self._patience:
            self._patience.cancel()
            self._patience = None

    def _refuse(self, status: bytes) -> None:
        self._stop_waiting()
        if self.transport and not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 " + status + b"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
            self.transport.close()
