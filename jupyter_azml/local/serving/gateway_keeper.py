"""The agent's side of the gateway: started, told the routes, started again."""

import json
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from typing import Any

from ...entities import Reason
from ..files import read_json, write_whole
from ..locks import FileLock, is_held
from ..paths import WorkspacePaths
from ..processes import signal_process
from ..submitter import recorded_environment
from .port import choose_port, listen, port_of
from .routes import Routes, read_routes, write_routes

_LONGEST_PAUSE = 5.0


class GatewayKeeper:
    def __init__(self, paths: WorkspacePaths) -> None:
        self._paths = paths
        self._listener: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._routes = read_routes(paths.routes)
        self._next_start = 0.0
        self._pause = 0.0

    @property
    def is_alive(self) -> bool:
        if self._process:
            self._process.poll()
        return is_held(self._paths.gateway_lock)

    @property
    def number(self) -> int:
        return self._routes.number

    def tell(self, routes: Routes) -> None:
        """The routes as they are to be; their number rises when they have changed."""
        if routes.endpoints != self._routes.endpoints or not self._paths.routes.exists():
            self._routes = replace(routes, number=self._routes.number + 1)
            write_routes(self._paths.routes, self._routes)

    @property
    def knows_all(self) -> bool:
        """Whether it does as it was told; one that is away will when it is back."""
        return not self.is_alive or self._said().get("number", -1) >= self.number

    def has_let_go(self, socket_path: str, number: int) -> bool:
        """Whether it knows the routes of that number, and has no request with this server any more."""
        if not self.is_alive:
            return True
        said = self._said()
        return said.get("number", -1) >= number and socket_path not in said.get("busy", ())

    def _said(self) -> dict[str, Any]:
        return read_json(self._paths.gateway_state) or {}

    def keep(self) -> None:
        """Sees that one runs, at the port that was chosen last."""
        if self.is_alive:
            self._say(None)
            self._move()
            return
        if time.monotonic() < self._next_start:
            return
        self._pause = min(max(self._pause * 2, 0.2), _LONGEST_PAUSE)
        self._next_start = time.monotonic() + self._pause
        port = port_of(self._paths) or choose_port(self._paths)
        try:
            self._listener = self._listener or listen(port)
        except OSError:
            self._say(Reason.of("PortTaken", port=port))
            return
        self._start(self._listener)

    def stop(self) -> None:
        if self.is_alive:
            signal_process(self._paths.gateway_lock)
        if self._listener:
            self._listener.close()
            self._listener = None
        if self._paths.routes.exists():
            self.tell(Routes())

    def _move(self) -> None:
        """Another port was chosen: the gateway finishes what it has begun, and the next one listens there."""
        if self._listener and self._listener.getsockname()[1] != port_of(self._paths):
            self._listener.close()
            self._listener = None
            signal_process(self._paths.gateway_lock)

    def _start(self, listener: socket.socket) -> None:
        lock = FileLock.take(self._paths.gateway_lock)
        if lock is None:
            return
        # What the one before has said of itself is no longer so.
        self._paths.gateway_state.unlink(missing_ok=True)
        command = [sys.executable, "-P", "-m", "jupyter_azml.local.serving.gateway", str(self._paths.folder)]
        try:
            with self._paths.gateway_log.open("ab") as log:
                self._process = subprocess.Popen(
                    [*command, str(lock.number), str(listener.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    env=recorded_environment(),
                    pass_fds=(lock.number, listener.fileno()),
                    start_new_session=True,
                )
        finally:
            lock.release()

    def _say(self, trouble: Reason | None) -> None:
        if trouble is None:
            self._pause = 0.0 if time.monotonic() - self._next_start > _LONGEST_PAUSE else self._pause
            with suppress(FileNotFoundError):
                self._paths.gateway_trouble.unlink()
        else:
            write_whole(self._paths.gateway_trouble, json.dumps(trouble.to_data()))


def trouble_of(paths: WorkspacePaths) -> Reason | None:
    """Why the gateway does not answer, where it does not."""
    if is_held(paths.gateway_lock):
        return None if paths.gateway_state.exists() else Reason.of("GatewayStarting")
    said = read_json(paths.gateway_trouble)
    return Reason.model_validate(said) if said else Reason.of("GatewayStarting")
