"""How the agent speaks with a node: one order with the lock of its job, one answer."""

import hashlib
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .. import settings
from .locks import FileLock
from .paths import WorkspacePaths

PATIENCE = 10.0
"""Seconds in which a node that lives has answered."""


@contextmanager
def listen(paths: WorkspacePaths, node: str) -> Iterator[socket.socket]:
    address = _address(paths, node)
    address.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    address.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(address))
        address.chmod(0o600)
        listener.listen()
        try:
            yield listener
        finally:
            address.unlink(missing_ok=True)


def send_order(paths: WorkspacePaths, node: str, job: str, attempt: int, lock: FileLock) -> str | None:
    """None when the node took the job, else why not. Raises OSError when there is nobody."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE)
        connection.connect(str(_address(paths, node)))
        socket.send_fds(connection, [json.dumps({"job": job, "attempt": attempt}).encode()], [lock.number])
        answer = json.loads(connection.recv(4096) or b"{}")
    return None if answer.get("admitted") else str(answer.get("detail", "no answer"))


def take_order(connection: socket.socket) -> tuple[dict[str, Any], FileLock]:
    connection.settimeout(PATIENCE)
    order, locks, _flags, _sender = socket.recv_fds(connection, 4096, 1)
    return json.loads(order), FileLock(locks[0])


def is_listening(paths: WorkspacePaths, node: str) -> bool:
    return _address(paths, node).exists()


def forget(paths: WorkspacePaths, node: str) -> None:
    """What a killed node leaves behind."""
    _address(paths, node).unlink(missing_ok=True)


def _address(paths: WorkspacePaths, node: str) -> Path:
    # Short, since a unix socket's name ends near 107 bytes, and its own for each workspace.
    digest = hashlib.sha256(f"{paths.folder}\0{node}".encode()).hexdigest()[:16]
    return settings.runtime_folder() / f"n{digest}"
