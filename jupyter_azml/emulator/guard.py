"""What every request must bring, before any route is looked at: the secret, and an api-version."""

import hmac
from collections.abc import Callable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ..arm.errors import error_body

DISCOVERY = "/discovery"


class Guard:
    """Loopback alone guards nothing on a machine with several users."""

    def __init__(self, app: ASGIApp, secret: str, accepts: Callable[[str], bool] = lambda token: False) -> None:
        """``accepts`` says of a token whether it was issued here."""
        if not secret:
            raise ValueError("an empty secret would let everybody in")
        self._app = app
        self._secret = secret.encode()
        self._accepts = accepts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(Request(scope)) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, request: Request) -> JSONResponse | None:
        if request.url.path == DISCOVERY:
            return None  # it tells where Azure's addresses are, and clients ask before they sign in
        kind, _space, given = request.headers.get("authorization", "").partition(" ")
        is_secret = hmac.compare_digest(given.encode("latin-1"), self._secret)
        if kind.lower() != "bearer" or not (is_secret or self._accepts(given)):
            code = "InvalidAuthenticationToken" if given else "AuthenticationFailed"
            return JSONResponse(
                error_body(code, "The bearer token is missing or is not this emulator's."),
                HTTPStatus.UNAUTHORIZED,
                headers={"WWW-Authenticate": "Bearer"},
            )
        # Of ARM alone: run history and MLflow have theirs in the path.
        if "api-version" not in request.query_params and not _is_api(request.url.path):
            return JSONResponse(
                error_body("MissingApiVersionParameter", "The api-version query parameter is required."),
                HTTPStatus.BAD_REQUEST,
            )
        return None


def _is_api(path: str) -> bool:
    return path.startswith(("/history/", "/mlflow/", "/artifact/", "/data/", "/datastore/"))
