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
from ..entities import JobQuery, JobStatus, JobType
from ..entities.emulator import EMULATED, STATE
from ..errors import AzmlError
from ..workspace import Workspace
from .app import PAGE_SIZE, create_app, identity_of
from .authority import Authority
from .door import Door
from .entra import ManagedIdentity, create_entra
from .faults import Faults
from .hosts import Hosts, is_azure, kind_of
from .private import make_private
from .proxy import Proxy
from .scoring import create_scoring
from .secret import folder_of, read_or_make_secret, secret_file
from .storage import StorageAccount
from .tokens import Issuer
from .variables import emulator_variables, proxy_outside
from .vault import create_vault

_PORT = "emulator.port"
_MOST_HEAD = 64 * 1024
_LOOK = 1.0
_MOST_JOBS = 100
_GRACE = 2
"""Seconds for requests that are being answered when it is told to leave."""


class Service:
    def __init__(self, workspace: Workspace) -> None:
        """Raises WorkspaceError."""
        # Jobs that come by it find it again.
        os.environ[EMULATED] = "1"
        self._workspace = workspace
        info = workspace.info()
        self.identity = identity_of(workspace)
        self.secret_file = secret_file(info)
        self._folder = folder_of(info)
        self._secret = read_or_make_secret(self.secret_file)
        self._authority = Authority(self._folder)
        issuer, state = Issuer(self._secret), self._folder / "state"
        account = self._account = StorageAccount(workspace, self.identity, self._secret, issuer.accepts, state)
        arm = create_app(workspace, self._secret, state, account)
        here = Starlette(
            routes=[
                Route("/msi/token", ManagedIdentity(issuer, self._secret).token),
                Mount("/", arm),
            ]
        )
        entra = create_entra(issuer, self._secret)
        scoring = create_scoring(workspace, issuer.admits, Door(self.identity, PAGE_SIZE))
        hosts = Hosts(
            {
                "arm": arm,
                "api": arm,
                "entra": entra,
                "storage": account.application(),
                "scoring": scoring,
                "vault": create_vault(workspace, account.name, self._secret, issuer.accepts),
            },
            here,
        )
        self._app = Faults(hosts, self._secret)

    async def serve(self, port: int, announce: Callable[[int], None]) -> None:
        """Until it is interrupted or terminated. Raises OSError when the port is taken."""
        with _sockets() as (encrypted, plain):
            servers = [
                _Server(_config(self._app, encrypted, self._authority)),
                _Server(_config(self._app, plain)),
            ]
            proxy = Proxy(self._secret, self._stands_in_for, encrypted, plain, proxy_outside(os.environ))
            listener = await self._listen(proxy, port)
            leaving = asyncio.Event()
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, leaving.set)
            loop.add_signal_handler(signal.SIGHUP, lambda: loop.create_task(self._leave_after_jobs(leaving)))
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

    async def _leave_after_jobs(self, leaving: asyncio.Event) -> None:
        """Whoever looks for an emulator from now on starts another one; jobs that were led to this one keep it."""
        self._remove_state()
        while await asyncio.to_thread(self._has_jobs):
            await asyncio.sleep(_LOOK)
        leaving.set()

    def _has_jobs(self) -> bool:
        active = tuple(status for status in JobStatus if not status.is_terminal)
        with suppress(AzmlError):
            jobs = self._workspace.jobs.list(JobQuery(statuses=active, archived="all"), limit=_MOST_JOBS).items
            return any(job.type is not JobType.INTERACTIVE for job in jobs)
        return False

    async def _listen(self, proxy: Proxy, port: int) -> asyncio.Server:
        """At the port that was asked for, else where it was before: whoever was led there finds it again."""
        for choice in [port] if port else [self._last_port(), 0]:
            try:
                return await asyncio.start_server(proxy.serve, "127.0.0.1", choice, limit=_MOST_HEAD)
            except OSError:
                if choice == port:
                    raise
        raise AssertionError("the last choice is any port")

    def _last_port(self) -> int:
        try:
            return int((self._folder / _PORT).read_text("ascii"))
        except (OSError, ValueError):
            return 0

    def _stands_in_for(self, host: str) -> bool:
        return self._account.answers(host) if kind_of(host) == "storage" else is_azure(host)

    def _write_state(self, port: int) -> None:
        variables = emulator_variables(port, self._secret, self._authority.bundle, os.environ)
        state = {"pid": os.getpid(), "port": port, "identity": str(self.identity), "variables": variables}
        make_private(self._folder / _PORT, str(port).encode(), replace=True)
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
    # Clients keep connections open, and would let a server that leaves wait for their farewell.
    # What a header says of how somebody came is not believed.
    options: dict[str, Any] = {"timeout_graceful_shutdown": _GRACE, "proxy_headers": False}
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
