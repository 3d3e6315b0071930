"""What the gateway says by itself, in the one shape of an error."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from ...entities.endpoint import PINNED
from ...language import _

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
PIN = PINNED.encode()


class Refusal(Exception):
    """An answer that no model gives."""

    def __init__(self, status: int, code: str, message: str, hint: str, *, closes: bool = False) -> None:
        super().__init__(status, code)
        self.status = status
        self.message, self.hint = message, hint
        self.closes = closes
        """Whether the rest of the request is not read, so that the connection has to go."""
        self.body = json.dumps({"code": code, "message": message, "hint": hint}).encode()


async def refuse(send: Send, refusal: Refusal) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(refusal.body)).encode())]
    if refusal.closes:
        headers.append((b"connection", b"close"))
    if refusal.status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    if refusal.status == 429:
        headers.append((b"retry-after", b"1"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": refusal.body})


async def answer_text(send: Send, text: str, content_type: bytes = b"text/plain; charset=utf-8") -> None:
    body = text.encode()
    headers = [(b"content-type", content_type), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def no_such_path(path: str) -> Refusal:
    return Refusal(
        404,
        "NotFound",
        _("There is nothing at {path}.", path=path[:200]),
        _("An endpoint is called at /endpoints/NAME/score; see: azml endpoint list"),
    )


def no_such_endpoint(name: str, names: list[str]) -> Refusal:
    return Refusal(
        404,
        "EndpointNotFound",
        _("There is no endpoint named {name}.", name=name[:100]),
        _("There are: {names}", names=", ".join(names[:20])) if names else _("See: azml endpoint list"),
    )


def no_such_deployment(endpoint: str, name: str, names: list[str]) -> Refusal:
    return Refusal(
        404,
        "DeploymentNotFound",
        _("No deployment named {name} of {endpoint} answers.", name=name[:100], endpoint=endpoint),
        _("There are: {names}", names=", ".join(names[:20]))
        if names
        else _("See: azml deployment list {endpoint}", endpoint=endpoint),
    )


def no_traffic(endpoint: str) -> Refusal:
    return Refusal(
        404,
        "NoTraffic",
        _("No deployment of {endpoint} gets traffic.", endpoint=endpoint),
        _("Give it some: azml endpoint update {endpoint} --traffic NAME=100", endpoint=endpoint),
    )


def wrong_key(endpoint: str, why: str, takes_keys: bool) -> Refusal:
    messages = {
        "missing": _("{endpoint} asks for a key or a token.", endpoint=endpoint),
        "expired": _("The token for {endpoint} has expired.", endpoint=endpoint),
        "wrong": _("{endpoint} does not take this key or token.", endpoint=endpoint),
    }
    return Refusal(
        401,
        "Unauthorized",
        messages[why],
        _("Send it as Authorization: Bearer …; see: azml endpoint get-credentials {endpoint}", endpoint=endpoint)
        if takes_keys
        else _("Ask for a new one: azml endpoint get-credentials {endpoint}", endpoint=endpoint),
        closes=True,
    )


def too_large(most: int) -> Refusal:
    return Refusal(
        413,
        "BodyTooLarge",
        _("The body is larger than {most} MB.", most=most // (1 << 20)),
        _("Send less at a time, or let AZML_GATEWAY_BODY_MB allow more."),
        closes=True,
    )


def too_slow(seconds: float) -> Refusal:
    return Refusal(
        408,
        "BodyTooSlow",
        _("The body was not there after {seconds} s.", seconds=round(seconds)),
        _("Send it at once."),
        closes=True,
    )


def busy(deployment: str, seconds: float) -> Refusal:
    return Refusal(
        429,
        "TooManyRequests",
        _("{deployment} had no time for the request within {seconds} s.", deployment=deployment, seconds=seconds),
        _("Try again, or raise instance_count or request_settings.max_queue_wait_ms of the deployment."),
    )


def away(deployment: str) -> Refusal:
    return Refusal(
        503,
        "ModelServerAway",
        _("The model server of {deployment} does not answer; it is started again.", deployment=deployment),
        _("Try again in a moment. Its log: azml deployment get-logs {deployment}", deployment=deployment),
    )


def died(deployment: str) -> Refusal:
    return Refusal(
        502,
        "ModelServerDied",
        _("The model server of {deployment} ended while it worked on the request.", deployment=deployment),
        _("Its log may say why: azml deployment get-logs {deployment}", deployment=deployment),
    )


def timed_out(deployment: str, seconds: float) -> Refusal:
    return Refusal(
        408,
        "RequestTimeout",
        _("{deployment} did not answer within {seconds} s.", deployment=deployment, seconds=seconds),
        _("Raise request_settings.request_timeout_ms of the deployment, or send less at a time."),
    )


def not_json(detail: str) -> Refusal:
    return Refusal(
        400,
        "BodyNotJson",
        _("The body is not the JSON that its Content-Type promises: {detail}", detail=detail),
        _("Check the file that is sent; JSON puts names and texts in double quotes."),
    )
