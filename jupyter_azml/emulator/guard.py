"""What every request must bring, before any route is looked at: the secret, and an api-version."""

import hmac
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ..arm.errors import error_body


class Guard:
    """Loopback alone guards nothing on a machine with several users."""

    def __init__(self, app: ASGIApp, secret: str) -> None:
        if not secret:
            raise ValueError("an empty secret would let everybody in")
        self._app = app
        self._expected = f"Bearer {secret}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(Request(scope)) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, request: Request) -> JSONResponse | None:
        given = request.headers.get("authorization", "").encode("latin-1")
        if not hmac.compare_digest(given, self._expected):
            return JSONResponse(
                error_body("AuthenticationFailed", "The bearer token is missing or is not this emulator's."),
                HTTPStatus.UNAUTHORIZED,
                headers={"WWW-Authenticate": "Bearer"},
            )
        if "api-version" not in request.query_params:
            return JSONResponse(
                error_body("MissingApiVersionParameter", "The api-version query parameter is required."),
                HTTPStatus.BAD_REQUEST,
            )
        return None
