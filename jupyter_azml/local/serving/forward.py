"""A request on its way to a model server: its turn, a connection, and another one if the server went meanwhile."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from .answers import PIN, away, busy, died, timed_out
from .body import Body
from .lane import OUTAGE, Lane
from .readers import Readers
from .routes import Routes, Target
from .upstream import Exchange, ServerGone

_AGAIN = 0.03
# Of one connection only, or written anew: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
HOP = {
    *(b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"te", b"trailer"),
    *(b"transfer-encoding", b"upgrade", b"content-length", b"host", b"expect"),
}
_NOT_FOR_MODELS = HOP | {b"authorization", PIN, b"cookie"}

Answer = Callable[[Exchange], Awaitable[int]]


class Forwarder:
    def __init__(self) -> None:
        self._lanes: dict[tuple[str, str], Lane] = {}
        self._readers: Readers | None = None
        self.routes = Routes()
        self.in_flight: dict[str, int] = {}
        """Requests with a model server, by its socket."""

    def set_routes(self, routes: Routes) -> None:
        self.routes = routes
        lanes = {}
        for key, route in routes.endpoints.items():
            for name, target in route.targets.items():
                lanes[key, name] = lane = self._lanes.get((key, name)) or Lane()
                lane.resize(target.slots)
        self._lanes = lanes

    async def forward(
        self, key: str, target: Target, what: str, scope: dict[str, Any], body: Body, answer: Answer
    ) -> int:
        """What ``answer`` makes of the answer, once it has begun. Raises Refusal before that, ServerGone."""
        lane, whole = self._lanes[key, target.name.lower()], f"{key}/{target.name}"
        if not await lane.enter(target.patience):
            raise away(whole) if lane.is_down else busy(whole, target.patience)
        try:
            exchange, socket = await self._asked(key, target, lane, what, scope, body)
            try:
                return await answer(exchange)
            finally:
                exchange.close()
                self._count(socket, -1)
        finally:
            lane.leave()

    async def _asked(
        self, key: str, target: Target, lane: Lane, what: str, scope: dict[str, Any], body: Body
    ) -> tuple[Exchange, str]:
        """An exchange whose answer has begun, and its socket. Raises Refusal."""
        whole, deadline = f"{key}/{target.name}", time.monotonic() + OUTAGE
        while True:
            exchange, socket = await self._connected(key, target, lane)
            is_begun, began, among = False, time.monotonic(), lane.taken
            try:
                await _ask(exchange, what, scope, body)
                await exchange.begun()
                is_begun = True
                lane.took(time.monotonic() - began, among)
                return exchange, socket
            except TimeoutError:
                raise timed_out(whole, target.timeout) from None
            except ServerGone as error:
                lane.is_down = True  # until somebody answers: another worker at once, or one that has to start first
                if not error.is_untouched or time.monotonic() > deadline:
                    raise died(whole) from None
            finally:
                if not is_begun:
                    exchange.close()
                    self._count(socket, -1)

    async def _connected(self, key: str, target: Target, lane: Lane) -> tuple[Exchange, str]:
        """To whichever server the deployment has now: it may have been replaced while the request waited."""
        deadline = time.monotonic() + OUTAGE
        self._readers = self._readers or Readers()
        while True:
            route = self.routes.endpoints.get(key)
            now = (route and route.targets.get(target.name.lower())) or target
            # Before the connection, so that nobody stops the server meanwhile.
            self._count(now.socket, 1)
            try:
                # One that is being started listens before it answers.
                exchange = Exchange(now.socket, target.timeout + (OUTAGE if lane.is_down else 0), self._readers)
            except OSError:
                self._count(now.socket, -1)
                lane.is_down = True
                if time.monotonic() > deadline:
                    raise away(f"{key}/{target.name}") from None
                await asyncio.sleep(_AGAIN)
            except BaseException:
                self._count(now.socket, -1)
                raise
            else:
                return exchange, now.socket

    def _count(self, socket: str, change: int) -> None:
        count = self.in_flight.get(socket, 0) + change
        if count:
            self.in_flight[socket] = count
        else:
            self.in_flight.pop(socket, None)


async def _ask(exchange: Exchange, what: str, scope: dict[str, Any], body: Body) -> None:
    path = f"/{what}".encode()
    if query := scope["query_string"]:
        path += b"?" + query
    lines = [scope["method"].encode() + b" " + path + b" HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"]
    lines += [name + b": " + value + b"\r\n" for name, value in scope["headers"] if name not in _NOT_FOR_MODELS]
    if body.size or scope["method"] not in ("GET", "HEAD", "OPTIONS"):
        lines.append(b"content-length: " + str(body.size).encode() + b"\r\n")
    head = b"".join(lines) + b"\r\n"
    await exchange.send(head + body.data)
    if body.file:
        await exchange.send_file(body.file)
    exchange.sent()
