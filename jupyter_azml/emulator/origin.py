"""Under which name a client has come: Azure's, through the proxy, or this machine's, as our own tests do."""

from contextvars import ContextVar

from starlette.types import ASGIApp, Receive, Scope, Send

_NAMES = {"127.0.0.1", "localhost"}
_origin: ContextVar[str] = ContextVar("origin", default="")


def origin() -> str:
    """``http://127.0.0.1:PORT`` for who came by this machine's name, and is to be led on by it; "" for anybody else."""
    return _origin.get()


class Origin:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            host = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
            is_here = host.partition(":")[0].lower() in _NAMES
            _origin.set(f"{scope['scheme']}://{host}" if is_here else "")
        await self._app(scope, receive, send)
