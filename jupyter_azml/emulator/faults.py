"""Faults on request: what a client makes of a service that is slow, busy, cut off or wrong can be tried.

``POST /azml/faults`` with the emulator's secret as bearer token and one fault as JSON, such as
``{"path": "/computes", "status": 429, "headers": {"Retry-After": "2"}, "times": 3}``; ``GET`` lists those that are
left, ``DELETE`` forgets them.
"""

import asyncio
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..arm.errors import error_body, error_to_arm
from ..errors import AzmlError, UsageError
from ..language import _

PATH = "/azml/faults"
_LONGEST_DELAY = 600.0
_EXPIRED = (
    '<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to '
    "authenticate the request. Signature not valid in the specified time frame.</Message></Error>"
)


@dataclass
class Fault:
    path: str = ""
    """A regular expression, looked for in ``host/path``, whatever the case."""
    method: str = ""
    """Empty: any."""
    times: int = 1
    """How many requests it befalls."""
    skip: int = 0
    """How many that fit pass first."""
    delay: float = 0.0
    """Seconds before anything is answered."""
    status: int = 0
    """Answered in the service's place; 0: the emulator answers as ever."""
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    """In place of the error that the service would send with such a status."""
    cut: bool = False
    """The answer ends in the middle."""
    kind: str = ""
    """``failed_operation``: an operation that takes long ends badly; ``expired_sas``: storage refuses a signature."""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Fault":
        """Raises UsageError."""
        if not isinstance(data, Mapping) or not set(data) <= set(cls.__dataclass_fields__):
            raise UsageError(
                _("That is no fault: {detail}", detail=", ".join(map(str, data))),
                _("Its keys are: {names}", names=", ".join(cls.__dataclass_fields__)),
            )
        try:
            fault = cls(**data)
            re.compile(fault.path)
            if not (
                0 <= fault.delay <= _LONGEST_DELAY
                and fault.times >= 1
                and (fault.status == 0 or 200 <= fault.status < 600)
            ):
                raise ValueError("delay, times or status")
        except (TypeError, ValueError, re.error) as error:
            raise UsageError(
                _("That is no fault: {detail}", detail=error), _("Numbers are numbers, path is a regular expression.")
            ) from error
        return fault

    def befalls(self, method: str, target: str) -> bool:
        return self.method.upper() in ("", method) and bool(re.search(self.path, target, re.IGNORECASE))


class Faults:
    """In front of all applications of the emulator."""

    def __init__(self, app: ASGIApp, secret: str) -> None:
        self._app = app
        self._secret = secret.encode()
        self._left: list[Fault] = []

    def add(self, **fields: Any) -> None:
        """Raises UsageError."""
        self._left.append(Fault.read(fields))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"] == PATH:
            await (await self._answer(Request(scope, receive)))(scope, receive, send)
            return
        fault = self._take(scope)
        if fault is None:
            await self._app(scope, receive, send)
            return
        if fault.delay:
            await asyncio.sleep(fault.delay)
        answer = _answer_of(fault)
        if answer is None and not fault.cut:
            await self._app(scope, receive, send)
        elif fault.cut:
            await (answer or self._app)(scope, receive, _cut_off(send))
        else:
            assert answer is not None  # noqa: S101 - for the type checker
            await Request(scope, receive).body()
            await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        _kind, _space, given = request.headers.get("authorization", "").partition(" ")
        if not hmac.compare_digest(given.encode("latin-1"), self._secret):
            return JSONResponse(error_body("AuthenticationFailed", "The secret is not this emulator's."), 401)
        if request.method == "DELETE":
            self._left.clear()
        elif request.method == "POST":
            try:
                self._left.append(Fault.read(await request.json()))
            except AzmlError as error:
                status, body = error_to_arm(error)
                return JSONResponse(body, status)
            except ValueError:
                return JSONResponse(error_body("UserError", "The request's body is no JSON object."), 400)
        return JSONResponse({"value": [asdict(fault) for fault in self._left]})

    def _take(self, scope: Scope) -> Fault | None:
        host = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
        target = f"{host}{unquote(scope['path'])}"
        for fault in self._left:
            if fault.befalls(scope["method"], target):
                if fault.skip:
                    fault.skip -= 1
                    return None
                fault.times -= 1
                if not fault.times:
                    self._left.remove(fault)
                return fault
        return None


def _answer_of(fault: Fault) -> Response | None:
    if fault.kind == "failed_operation":
        failure = error_body("OperationFailed", fault.body or "The operation failed, as was asked for.")
        return JSONResponse({"status": "Failed", **failure})
    if fault.kind == "expired_sas":
        headers = {"x-ms-error-code": "AuthenticationFailed"}
        return Response(_EXPIRED, 403, headers, "application/xml")
    if not fault.status:
        return None
    body = fault.body
    if body is None:
        body = json.dumps(error_body("InjectedFault", f"A fault that was asked for: {fault.status}."))
    return Response(body, fault.status, {"content-type": "application/json", **fault.headers})


def _cut_off(send: Send) -> Send:
    """Sends the head and half of the first words; the server then closes, since more was announced."""
    state = {"is_over": False}

    async def send_half(message: Message) -> None:
        if state["is_over"]:
            return
        if message["type"] == "http.response.start":
            headers = [(name, value) for name, value in message["headers"] if name.lower() != b"content-length"]
            message = {**message, "headers": [*headers, (b"content-length", b"1000000")]}
            await send(message)
            return
        state["is_over"] = True
        body = message.get("body", b"")
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": False})

    return send_half
