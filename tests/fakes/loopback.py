"""A real HTTP server on loopback, in a thread, for as long as a test wants it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from azure.core.credentials import AccessToken

SECRET = "correct-horse-battery-staple"


class Stage:
    """A server that stays up while tests change what it serves: starting one takes longer than most tests."""

    def __init__(self) -> None:
        self.app = None

    async def __call__(self, scope, receive, send) -> None:
        await self.app(scope, receive, send)


@contextmanager
def served(app) -> Iterator[str]:
    """The URL of the ASGI app. The socket listens before the thread starts, so nobody has to wait for it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


class FixedToken:
    """A credential whose token is known."""

    def __init__(self, token: str = SECRET) -> None:
        self.token = token

    def get_token(self, *scopes: str, **options: object) -> AccessToken:
        return AccessToken(self.token, 4102444800)
