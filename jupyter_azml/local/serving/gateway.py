"""The gateway: one process per workspace, kept by the agent, and while there are endpoints keeping the agent.

``python -m jupyter_azml.local.serving.gateway FOLDER LOCK SOCKET``. It holds gateway.lock, which it was given. So was
the listening socket, so that whoever calls while one gateway follows another waits a moment and notices nothing.
"""

import asyncio
import gc
import json
import os
import resource
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn

from ..files import write_whole
from ..launch import ensure_agent
from ..locks import is_held
from ..paths import WorkspacePaths
from ..processes import identity
from ..secret_store import private_files
from .app import Gateway
from .connections import Connection
from .monitoring import open_monitoring, plan_collection
from .routes import read_routes
from .tokens import new_key, token_key

LOOK = 0.1
"""Seconds between two looks at the routes."""
_LOOKS_FOR_AGENT = 20
DRAIN_SECONDS = 20
_OPEN_FILES = 65_536


def main() -> None:
    folder, lock, listener = sys.argv[1:]
    for number in (int(lock), int(listener)):
        os.set_inheritable(number, False)
    os.ftruncate(int(lock), 0)
    os.pwrite(int(lock), identity().encode(), 0)
    _allow_many_files()
    # A request leaves no cycles behind, and what is there at the start stays.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    paths = WorkspacePaths(Path(folder))
    recorder, collector, page = open_monitoring(paths)
    gateway = Gateway(recorder, collector, _token_secrets(paths), page, page_secret(paths))
    config = uvicorn.Config(
        gateway,
        http=Connection,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    try:
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(_serve(paths, gateway, collector, uvicorn.Server(config), socket.socket(fileno=int(listener))))
    finally:
        recorder.close()
        if collector:
            collector.close()


async def _serve(
    paths: WorkspacePaths,
    gateway: Gateway,
    collector: Any,
    server: uvicorn.Server,
    listener: socket.socket,
) -> None:
    watch = Watch(paths, gateway, collector)
    watch.look()
    watching = asyncio.create_task(watch.follow())
    try:
        await server.serve(sockets=[listener])
    finally:
        watching.cancel()


class Watch:
    """Follows the routes, says which of them are in use, and sees that there is an agent."""

    def __init__(self, paths: WorkspacePaths, gateway: Gateway, collector: Any) -> None:
        self._paths = paths
        self._gateway = gateway
        self._collector = collector
        self._seen: tuple[int, int] | None = None
        self._said: dict[str, Any] = {}

    async def follow(self) -> None:
        looks = 0
        while True:
            await asyncio.sleep(LOOK)
            looks += 1
            with suppress(OSError):  # a full disk, say: there is another look
                self.look()
                # The endpoints are to live, so somebody has to be there who keeps them.
                if looks % _LOOKS_FOR_AGENT == 0 and not is_held(self._paths.agent_lock):
                    await asyncio.to_thread(self._call_agent)

    def look(self) -> None:
        try:
            about = self._paths.routes.stat()
            mark = about.st_mtime_ns, about.st_ino
        except FileNotFoundError:
            mark = 0, 0
        if mark != self._seen:
            self._seen = mark
            routes = read_routes(self._paths.routes)
            self._gateway.set_routes(routes)
            if self._collector:
                plan_collection(self._paths, self._collector, routes)
        self._say()

    def _say(self) -> None:
        """Once a server is in no route and works on nothing, the agent may stop it."""
        routes = self._gateway.routes
        current = {target.socket for route in routes.endpoints.values() for target in route.targets.values()}
        busy = sorted(socket for socket in self._gateway.in_flight if socket not in current)
        said = {"number": routes.number, "busy": busy}
        if said != self._said:
            write_whole(self._paths.gateway_state, json.dumps(said))
            self._said = said

    def _call_agent(self) -> None:
        with suppress(Exception):  # there is another look
            ensure_agent(self._paths)


def page_secret(paths: WorkspacePaths) -> str:
    """What asks for /metrics has to know it."""
    store = private_files(paths)
    if not (secret := store.get("gateway")):
        secret = new_key()
        store.put("gateway", secret)
    return secret


def _token_secrets(paths: WorkspacePaths) -> Callable[[str], str]:
    """Read at each use: one that was changed makes the tokens of before worthless at once."""
    store = private_files(paths)
    return lambda endpoint: store.get(token_key(endpoint)) or ""


def _allow_many_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(_OPEN_FILES, hard)
    if soft < most:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


if __name__ == "__main__":
    main()
