"""Constant load on one address of this machine: so many connections, each asking again as soon as it has an answer."""

import asyncio
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import urlsplit


@dataclass
class Load:
    url: str
    key: str
    body: bytes
    connections: int = 8
    pause: float = 0.0
    """Seconds that a connection rests between two requests."""
    statuses: Counter[str] = field(default_factory=Counter)
    """Of answers; "cut" where the connection ended instead."""
    deployments: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[float, str]] = field(default_factory=list)
    """When, and what."""
    successes: list[float] = field(default_factory=list)
    """When each began."""

    def __enter__(self) -> "Load":
        self._stop = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join(30)

    @property
    def failed(self) -> int:
        return sum(count for status, count in self.statuses.items() if status != "200")

    def longest_gap(self) -> float:
        """Seconds between two requests that were answered well."""
        times = sorted(self.successes)
        return max((b - a for a, b in pairwise(times)), default=float("inf"))

    async def _run(self) -> None:
        await asyncio.gather(*[self._ask() for _number in range(self.connections)])

    async def _ask(self) -> None:
        at = urlsplit(self.url)
        head = (
            f"POST {at.path} HTTP/1.1\r\nHost: {at.netloc}\r\nAuthorization: Bearer {self.key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(self.body)}\r\n\r\n"
        ).encode()
        writer = None
        while not self._stop.is_set():
            started = time.monotonic()
            try:
                if writer is None:
                    reader, writer = await asyncio.open_connection(at.hostname, at.port)
                writer.write(head + self.body)
                status, deployment, closes = await _answer(reader)
            except (OSError, asyncio.IncompleteReadError, ValueError) as error:
                self.statuses["cut"] += 1
                self.failures.append((started, f"cut: {error!r}"))
                writer = None
                await asyncio.sleep(0.02)
                continue
            self.statuses[status] += 1
            if status == "200":
                self.deployments[deployment] += 1
                self.successes.append(time.monotonic())
            else:
                self.failures.append((started, status))
            if closes:
                writer.close()
                writer = None
            if self.pause:
                await asyncio.sleep(self.pause)
        if writer:
            with suppress(OSError):
                writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[str, str, bool]:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {name.lower(): value for name, _colon, value in (line.partition(": ") for line in lines[1:])}
    await reader.readexactly(int(headers.get("content-length", 0)))
    closes = headers.get("connection", "").lower() == "close"
    return lines[0].split()[1], headers.get("azureml-model-deployment", ""), closes
