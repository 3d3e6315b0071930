"""The emulator as a process: the applications behind a proxy, announced in a file, until it is told to leave."""

import asyncio
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from .. import settings
from ..workspace import Workspace
from .app import create_app, identity_of
from .authority import Authority
from .entra import ManagedIdentity, create_entra
from .hosts import Hosts, is_azure
from .private import make_private
from .proxy import Proxy
from .secret import folder_of, read_or_make_secret, secret_file
from .storage import StorageAccount
from .tokens import Issuer
from .variables import emulator_variables, proxy_outside

STATE = "emulator.json"
_MOST_HEAD = 64 * 1024


class Service:
    def __init__(self, workspace: Workspace) -> None:
        """Raises WorkspaceError."""
        info = workspace.info()
        self.identity = identity_of(workspace)
        self.secret_file = secret_file(info)
        self._folder = folder_of(info)
        self._secret = read_or_make_secret(self.secret_file)
        self._authority = Authority(self._folder)
        issuer, state = Issuer(self._secret), self._folder / "state"
        account = StorageAccount(workspace, self.identity, self._secret, issuer.accepts, state)
        arm = create_app(workspace, self._secret, state, account)
        here = Starlette(
            routes=[
                Route("/msi/token", ManagedIdentity(issuer, self._secret).token),
                Mount("/", arm),
            ]
        )
        entra = create_entra(issuer, self._secret)
        self._app = Hosts({"arm": arm, "entra": entra, "storage": account.application()}, here)

    async def serve(self, port: int, announce: Callable[[int], None]) -> None:
        """Until it is interrupted or terminated. Raises OSError when the port is taken."""
        with _sockets() as (encrypted, plain):
            servers = [
                _Server(_config(self._app, encrypted, self._authority)),
                _Server(_config(self._app, plain)),
            ]
            proxy = Proxy(self._secret, is_azure, encrypted, plain, proxy_outside(os.environ))
            listener = await asyncio.start_server(proxy.serve, "127.0.0.1", port, limit=_MOST_HEAD)
            leaving = asyncio.Event()
            for number in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(number, leaving.set)
            async with asyncio.TaskGroup() as group, listener:
                tasks = [group.create_task(server.serve()) for server in servers]
                while not all(server.started or task.done() for server, task in zip(servers, tasks, strict=True)):
                    await asyncio.sleep(0.01)
                number = listener.sockets[0].getsockname()[1]
                self._write_state(number)
                announce(number)
                await leaving.wait()
                for server in servers:
                    server.should_exit = True
            self._remove_state()

    def _write_state(self, port: int) -> None:
        variables = emulator_variables(port, self._secret, self._authority.bundle, os.environ)
        state = {"pid": os.getpid(), "port": port, "identity": str(self.identity), "variables": variables}
        make_private(self._folder / STATE, json.dumps(state, indent=1).encode(), replace=True)

    def _remove_state(self) -> None:
        with suppress(OSError, ValueError):
            if json.loads((self._folder / STATE).read_text("utf-8"))["pid"] == os.getpid():
                (self._folder / STATE).unlink()


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Two of them run in one loop, and signals are heard once, for both."""
        yield


def _config(app: Any, path: Path, authority: Authority | None = None) -> uvicorn.Config:
    options: dict[str, Any] = {}
    if authority:
        options["ssl_context_factory"] = lambda _config, _default: authority.context()
    return uvicorn.Config(app, uds=str(path), log_level="warning", lifespan="off", **options)


@contextmanager
def _sockets() -> Iterator[tuple[Path, Path]]:
    """Where nobody else can connect: the folder is this user's alone."""
    base = settings.runtime_folder()
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="e", dir=base))
    try:
        yield folder / "t", folder / "p"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
