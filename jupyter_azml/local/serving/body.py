"""A request's body: read before a model has to do with it, so that a slow caller holds up nobody."""

import asyncio
import tempfile
from collections.abc import MutableMapping
from typing import Any, BinaryIO, NamedTuple

from .answers import Receive, too_large, too_slow

IN_MEMORY = 1 << 20
SECONDS = 60.0
"""For the whole body."""
PAUSE = 20.0
"""For its next part."""


class Body(NamedTuple):
    data: bytes
    file: BinaryIO | None
    """Where one is that is too large for memory; then ``data`` is empty."""
    size: int

    def close(self) -> None:
        if self.file:
            self.file.close()


async def read_body(receive: Receive, declared: int | None, most: int) -> Body:
    """Raises Refusal."""
    if declared is not None and declared > most:
        raise too_large(most)
    # The connection sees to it that the first part comes.
    message = await receive()
    if message["type"] == "http.disconnect":
        raise CallerLeft
    data = message.get("body", b"")
    if not message.get("more_body"):
        return Body(data, None, len(data))
    return await _read_on(receive, data, most)


async def _read_on(receive: Receive, first: bytes, most: int) -> Body:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + SECONDS
    file: BinaryIO | None = None
    parts, size, is_whole = [first], len(first), False
    try:
        while not is_whole:
            message = await _next(receive, min(PAUSE, deadline - loop.time()))
            part = message.get("body", b"")
            is_whole = not message.get("more_body")
            size += len(part)
            if size > most:
                raise too_large(most)
            parts.append(part)
            if size > IN_MEMORY:
                if file is None:
                    file = tempfile.TemporaryFile()  # noqa: SIM115 - its reader closes it
                file.write(b"".join(parts))
                parts.clear()
    except BaseException:
        if file:
            file.close()
        raise
    return Body(b"".join(parts), file, size)


async def _next(receive: Receive, seconds: float) -> MutableMapping[str, Any]:
    try:
        async with asyncio.timeout(seconds):
            message = await receive()
    except TimeoutError:
        raise too_slow(SECONDS if seconds < PAUSE else PAUSE) from None
    if message["type"] == "http.disconnect":
        raise CallerLeft
    return message


class CallerLeft(Exception):
    """There is nobody to answer."""
