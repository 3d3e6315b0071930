"""The addresses at which endpoints answer: Azure's names for them, led on to where the workspace really answers."""

import http.client
import json
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm import error_to_arm
from ..entities import AuthMode
from ..entities.endpoint import PINNED
from ..errors import AzmlError, EndpointNotFound
from ..language import _
from ..workspace import Workspace
from .addresses import HERE, endpoint_of
from .batch import BatchInvocations
from .door import Door
from .pinned import is_stale

_LONGEST_ANSWER = 200.0
_OF_THE_LINE = {
    *("host", "connection", "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer", "upgrade"),
    *("transfer-encoding", "content-length", "accept-encoding"),
}
_METHODS = ["GET", "POST", "OPTIONS", "PUT", "DELETE", "HEAD"]


def create_scoring(workspace: Workspace, accepts: Callable[[str], bool], door: Door) -> Starlette:
    """``accepts``: whether a token of Entra's is one of ours."""
    scoring, batch = _Scoring(workspace, accepts), BatchInvocations(workspace, door, accepts)
    return Starlette(
        routes=[
            Route(f"{HERE}/{{endpoint}}/jobs", batch.invoke, methods=["POST"]),
            Route(f"{HERE}/{{endpoint}}/{{path:path}}", scoring.relay, methods=_METHODS),
            Route("/jobs", batch.invoke, methods=["POST"]),
            Route("/{path:path}", scoring.relay, methods=_METHODS),
        ],
        exception_handlers={AzmlError: _expected},
    )


class _Scoring:
    def __init__(self, workspace: Workspace, accepts: Callable[[str], bool]) -> None:
        self._endpoints = workspace.endpoints
        self._accepts = accepts

    async def relay(self, request: Request) -> Response:
        body = await request.body()
        return await run_in_threadpool(self._relay, request, body)

    def _relay(self, request: Request, body: bytes) -> Response:
        try:
            endpoint = self._endpoints.get(endpoint_of(request))
        except EndpointNotFound as error:
            status, said = error_to_arm(error)
            return JSONResponse(said, status)
        headers = {key: value for key, value in request.headers.items() if key.lower() not in _OF_THE_LINE}
        if PINNED in headers and is_stale(request, lambda name: self._endpoints.deployments.get(endpoint.name, name)):
            del headers[PINNED]
        kind, _space, given = headers.get("authorization", "").partition(" ")
        if endpoint.auth_mode is AuthMode.AAD_TOKEN and kind.lower() == "bearer" and self._accepts(given):
            # The workspace knows nothing of Entra: a token of its own stands in.
            headers["authorization"] = f"Bearer {self._endpoints.token(endpoint.name).access_token}"
        base = endpoint.scoring_uri.removesuffix("/score")
        query = f"?{request.url.query}" if request.url.query else ""
        return _ask(request.method, f"{base}/{request.path_params['path']}{query}", headers, body)


def _ask(method: str, url: str, headers: dict[str, str], body: bytes) -> Response:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_LONGEST_ANSWER)
    try:
        with suppress(BrokenPipeError, ConnectionResetError):
            # Who is refused while it still sends has an answer waiting.
            connection.request(method, f"{parts.path}{'?' if parts.query else ''}{parts.query}", body, headers)
        answer = connection.getresponse()
        content = answer.read()
    except (OSError, http.client.HTTPException) as error:
        message = _("The endpoint cannot be reached: {detail}", detail=error)
        return Response(json.dumps({"message": message}), HTTPStatus.BAD_GATEWAY, media_type="application/json")
    finally:
        connection.close()
    kept = {key: value for key, value in answer.getheaders() if key.lower() not in _OF_THE_LINE}
    return Response(content, answer.status, kept)


def _expected(request: Request, error: Exception) -> Response:
    assert isinstance(error, AzmlError)  # noqa: S101 - for the type checker
    status, body = error_to_arm(error)
    return JSONResponse(body, status)
