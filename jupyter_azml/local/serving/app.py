"""The gateway as an ASGI application: who may, which deployment, when, and the answer."""

import asyncio
import json
import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from ... import settings
from .answers import (
    PIN,
    Receive,
    Refusal,
    Send,
    answer_text,
    no_such_deployment,
    no_such_endpoint,
    no_such_path,
    no_traffic,
    not_json,
    refuse,
    wrong_key,
)
from .body import Body, CallerLeft, read_body
from .connections import WHOLE
from .forward import HOP, Forwarder
from .routes import Route, Routes, Target
from .tokens import check_token
from .upstream import Exchange, ServerGone

MOST_MIRRORED = 200
"""Copies on their way at once; what comes beyond is not mirrored."""
_CALLER_LEFT = 499
_NOT_FOR_CALLERS = HOP | {b"server", b"date"}


class Recorder(Protocol):
    """What is to be known of every request; see ``monitoring``."""

    def record(
        self, endpoint: str, deployment: str, status: int, seconds: float, *, mirrored: bool = False
    ) -> None: ...


class Collector(Protocol):
    """Keeps a sample of what models are sent and answer."""

    def draws(self, key: tuple[str, str]) -> bool: ...

    def offer(self, key: tuple[str, str], request: bytes, response: bytes, correlation: str) -> None: ...


class Gateway:
    def __init__(
        self,
        recorder: Recorder,
        collector: Collector | None,
        token_secret: Callable[[str], str],
        page: Callable[[], str] | None = None,
        page_secret: str = "",
    ) -> None:
        """``token_secret`` gives the secret of an endpoint's tokens; ``page`` the text of /metrics."""
        self._recorder = recorder
        self._collector = collector
        self._token_secret = token_secret
        self._page = page
        self._page_secret = page_secret
        self._forwarder = Forwarder()
        self._copies: set[asyncio.Task[None]] = set()
        self._most = settings.gateway_body_bytes()
        self._patterns: dict[str, tuple[list[str], list[int]]] = {}
        self.routes = Routes()
        self.in_flight = self._forwarder.in_flight
        """Requests with a model server, by its socket."""

    def set_routes(self, routes: Routes) -> None:
        self.routes = routes
        self._patterns.clear()
        self._forwarder.set_routes(routes)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        started = time.perf_counter()
        path: str = scope["path"]
        key, _slash, what = path.removeprefix("/endpoints/").partition("/")
        if not path.startswith("/endpoints/") or what not in ("score", "swagger.json", ""):
            await self._other(scope, path, send)
            return
        await self._serve(key.lower(), what, scope, receive, send, started)

    async def _other(self, scope: dict[str, Any], path: str, send: Send) -> None:
        if path in ("/", "/health"):
            await answer_text(send, "Healthy")
        elif path == "/metrics" and self._page:
            if _bearer(scope["headers"]) != self._page_secret:
                await refuse(send, wrong_key("/metrics", "missing", True))
                return
            await answer_text(send, await asyncio.to_thread(self._page), b"text/plain; version=0.0.4; charset=utf-8")
        else:
            await refuse(send, no_such_path(path))

    async def _serve(
        self, key: str, what: str, scope: dict[str, Any], receive: Receive, send: Send, started: float
    ) -> None:
        status, name = 500, ""
        route = self.routes.endpoints.get(key)
        body: Body | None = None
        try:
            if route is None:
                raise no_such_endpoint(key, [each.name for each in self.routes.endpoints.values()])
            pin, declared = self._admit(route, scope["headers"])
            target = self._choose(key, route, pin)
            body = await read_body(receive, declared, self._most)
            name = target.name
            if route.mirror and what == "score":
                self._copy(key, route, target, scope, body)
            answer = partial(self._answer, key, target, scope, body, send)
            status = await self._forwarder.forward(key, target, what, scope, body, answer)
        except Refusal as refusal:
            status = refusal.status
            await refuse(send, refusal)
        except CallerLeft:
            status = _CALLER_LEFT
        except ServerGone:  # in the middle of its answer, which cannot be taken back
            status = 502
            raise
        finally:
            if body and body.file:
                body.close()
            if route:
                self._recorder.record(route.name, name, status, time.perf_counter() - started)

    def _admit(self, route: Route, headers: list[tuple[bytes, bytes]]) -> tuple[str | None, int | None]:
        """The deployment that the caller wants, and the length of the body. Raises Refusal."""
        pin = declared = None
        bearer = ""
        for header, value in headers:
            if header == b"authorization":
                scheme, _space, bearer = value.decode("latin-1").partition(" ")
                bearer = bearer.strip() if scheme.lower() == "bearer" else ""
            elif header == PIN:
                pin = value.decode("latin-1").strip()
            elif header == b"content-length":
                declared = int(value)
        why = "missing"
        if bearer and route.auth == "key":
            why = "" if route.takes_key(bearer) else "wrong"
        elif bearer:
            why = check_token(bearer, route.name, self._token_secret(route.name))
        if why:
            raise wrong_key(route.name, why, route.auth == "key")
        return pin, declared

    def _choose(self, key: str, route: Route, pin: str | None) -> Target:
        """By the caller's wish, else by chance, as the traffic is split. Raises Refusal."""
        if pin:
            if found := route.targets.get(pin.lower()):
                return found
            raise no_such_deployment(route.name, pin, [target.name for target in route.targets.values()])
        names, bounds = self._pattern(key, route)
        if not names:
            raise no_traffic(route.name)
        if len(names) == 1:
            return route.targets[names[0]]
        return route.targets[random.choices(names, cum_weights=bounds)[0]]  # noqa: S311 - no secret

    def _pattern(self, key: str, route: Route) -> tuple[list[str], list[int]]:
        if key not in self._patterns:
            names: list[str] = []
            bounds: list[int] = []
            for name, share in route.traffic.items():
                if share and name in route.targets:
                    names.append(name)
                    bounds.append(share + (bounds[-1] if bounds else 0))
            self._patterns[key] = names, bounds
        return self._patterns[key]

    async def _answer(
        self, key: str, target: Target, scope: dict[str, Any], body: Body, send: Send, exchange: Exchange
    ) -> int:
        """The status that was answered."""
        status = exchange.status
        headers = [(name, value) for name, value in exchange.headers if name not in _NOT_FOR_CALLERS]
        headers.append((PIN, target.name.encode()))
        if status >= 500:
            _refuse_what_is_no_json(scope, body)
            # As Azure tells a model's errors from its own:
            # https://learn.microsoft.com/azure/machine-learning/how-to-troubleshoot-online-endpoints#http-status-codes
            headers.append((b"ms-azureml-model-error-statuscode", str(status).encode()))
            headers.append((b"ms-azureml-model-error-reason", b"model_error"))
            status = 424
        if exchange.is_whole:
            content = exchange.taken()
            headers.append((b"content-length", str(len(content)).encode()))
            await _send_whole(scope, send, status, headers, content)
            pair = key, target.name.lower()
            if status == 200 and self._collector and not body.file and self._collector.draws(pair):
                self._collector.offer(pair, body.data, content, _request_id(headers))
            return status
        await send({"type": "http.response.start", "status": status, "headers": headers})
        async for part in exchange.rest():
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
        return status

    def _copy(self, key: str, route: Route, target: Target, scope: dict[str, Any], body: Body) -> None:
        """Sends some requests to another deployment as well. Whatever comes of it, the caller does not notice."""
        for name, share in route.mirror.items():
            other = route.targets.get(name)
            is_wanted = other and other is not target and not body.file and len(self._copies) < MOST_MIRRORED
            if is_wanted and other and random.random() * 100 < share:  # noqa: S311 - no secret
                copy = asyncio.create_task(self._mirror(key, route.name, other, scope, body))
                self._copies.add(copy)
                copy.add_done_callback(self._copies.discard)

    async def _mirror(self, key: str, endpoint: str, target: Target, scope: dict[str, Any], body: Body) -> None:
        started, status = time.perf_counter(), 500
        try:
            answer = partial(self._answer, key, target, scope, body, _drop)
            status = await self._forwarder.forward(key, target, "score", scope, body, answer)
        except Refusal as refusal:
            status = refusal.status
        except Exception:  # whatever it is, it is nobody's answer
            status = 500
        self._recorder.record(endpoint, target.name, status, time.perf_counter() - started, mirrored=True)


async def _drop(_message: Any) -> None:
    """What a copy is answered is for nobody."""


async def _send_whole(
    scope: dict[str, Any], send: Send, status: int, headers: list[tuple[bytes, bytes]], content: bytes
) -> None:
    at_once = scope.get("extensions", {}).get(WHOLE)
    if at_once and send is not _drop and scope["method"] == "POST" and at_once(scope, status, headers, content):
        return
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def _refuse_what_is_no_json(scope: dict[str, Any], body: Body) -> None:
    """A scoring script that was sent it fails somehow; here it can be said. Raises Refusal."""
    kind = next((value for name, value in scope["headers"] if name == b"content-type"), b"")
    if scope["method"] != "POST" or body.file or b"json" not in kind.lower():
        return
    try:
        json.loads(body.data)
    except (ValueError, RecursionError) as error:
        raise not_json(str(error)) from None


def _bearer(headers: list[tuple[bytes, bytes]]) -> str:
    value = next((value for name, value in headers if name == b"authorization"), b"")
    return value.decode("latin-1").removeprefix("Bearer ").strip()


def _request_id(headers: list[tuple[bytes, bytes]]) -> str:
    return next((value.decode("latin-1") for name, value in headers if name == b"x-request-id"), "")
