"""Wakes the agent at once. It looks by itself soon enough, so that a ring may be lost, or nobody may hear it."""

import hashlib
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .. import settings
from .paths import WorkspacePaths


class Bell:
    def __init__(self, ear: socket.socket | None) -> None:
        self._ear = ear

    def wait(self, seconds: float) -> None:
        """Until somebody rings, at most this long."""
        ears = [self._ear] if self._ear else []
        if select.select(ears, [], [], seconds)[0] and self._ear:
            with suppress(BlockingIOError):
                while True:
                    self._ear.recv(1)


@contextmanager
def listening(paths: WorkspacePaths) -> Iterator[Bell]:
    """For the agent, of which there is one."""
    address = _address(paths)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        try:
            address.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            address.unlink(missing_ok=True)
            ear.bind(str(address))
        except OSError:  # no such folder can be made, or its name is too long
            yield Bell(None)
            return
        ear.setblocking(False)
        try:
            yield Bell(ear)
        finally:
            address.unlink(missing_ok=True)


def ring(paths: WorkspacePaths) -> None:
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as mouth:
        mouth.setblocking(False)
        mouth.sendto(b"!", str(_address(paths)))


def _address(paths: WorkspacePaths) -> Path:
    # Short, since a unix socket's name ends near 107 bytes, and its own for each workspace.
    return settings.runtime_folder() / f"a{hashlib.sha256(str(paths.folder).encode()).hexdigest()[:16]}"
