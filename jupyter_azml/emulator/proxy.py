"""The door for clients that use Azure's real host names: an HTTPS proxy on loopback.

``CONNECT`` to a host of Azure's ends in the emulator; any other host is reached untouched. What is no ``CONNECT`` goes
to the emulator as it is: our own client, and the managed identity's address. Who connects brings the secret.
"""

import asyncio
import hmac
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from .. import settings

USER = settings.EMULATOR_USER
_MOST_HEAD = 64 * 1024
_PATIENCE = 30.0
"""Seconds that a client may take for its first words, and a host for its first answer."""
_PIECE = 64 * 1024

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Proxy:
    def __init__(
        self, secret: str, is_ours: Callable[[str], bool], encrypted: Path, plain: Path, upstream: str = ""
    ) -> None:
        """``encrypted``, ``plain``: the emulator's sockets; ``upstream``: a proxy that other hosts are behind."""
        self._expected = f"{USER}:{secret}".encode()
        self._is_ours = is_ours
        self._encrypted = encrypted
        self._plain = plain
        self._upstream = urlsplit(upstream) if upstream else None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client."""
        try:
            async with asyncio.timeout(_PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            method, target, _version = ([*first.split(" "), "", ""])[:3]
            if method == "CONNECT":
                await self._connect(target, _authorization(lines), (reader, writer))
            else:
                await _join((reader, writer), await asyncio.open_unix_connection(self._plain), head)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the client left, or said nothing that HTTP knows
        except asyncio.CancelledError:
            pass  # the emulator leaves; asyncio would log a client that is cut off as a fault
        finally:
            writer.close()

    async def _connect(self, target: str, given: bytes, client: Streams) -> None:
        if not hmac.compare_digest(given, self._expected):
            await _answer(client[1], "407 Proxy Authentication Required", 'Proxy-Authenticate: Basic realm="azml"')
            return
        host, _colon, port = target.rpartition(":")
        host = host.strip("[]").lower()
        try:
            async with asyncio.timeout(_PATIENCE):
                if self._is_ours(host):
                    server = await asyncio.open_unix_connection(self._encrypted)
                else:
                    server = await self._outside(host, int(port))
        except (OSError, ValueError, TimeoutError):
            await _answer(client[1], "502 Bad Gateway")
            return
        await _answer(client[1], "200 Connection Established")
        await _join(client, server)

    async def _outside(self, host: str, port: int) -> Streams:
        if self._upstream is None or not self._upstream.hostname:
            return await asyncio.open_connection(host, port)
        reader, writer = await asyncio.open_connection(self._upstream.hostname, self._upstream.port or 80)
        writer.write(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n")[0]:
            writer.close()
            raise ConnectionError("the proxy outside refused")
        return reader, writer


async def _join(client: Streams, server: Streams, first: bytes = b"") -> None:
    """Until both have said all."""
    server[1].write(first)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_pour(client[0], server[1]))
            group.create_task(_pour(server[0], client[1]))
    except* OSError:
        pass
    finally:
        server[1].close()


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while piece := await source.read(_PIECE):
        target.write(piece)
        await target.drain()
    with suppress(OSError):
        target.write_eof()


async def _answer(writer: asyncio.StreamWriter, status: str, header: str = "") -> None:
    lines = [
        f"HTTP/1.1 {status}",
        *([header] if header else []),
        *([] if " 200" in f" {status}" else ["Content-Length: 0"]),
    ]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    await writer.drain()


def _authorization(lines: list[str]) -> bytes:
    for line in lines:
        name, _colon, value = line.partition(":")
        kind, _space, code = value.strip().partition(" ")
        if name.lower() == "proxy-authorization" and kind.lower() == "basic":
            with suppress(NotBase64, ValueError):
                return b64decode(code)
    return b""
