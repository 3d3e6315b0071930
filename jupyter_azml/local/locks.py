"""Liveness is a lock that the kernel frees at death, never a process id."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """An exclusive lock on a file, held by this process until released. Not inherited unless handed on by number."""

    def __init__(self, number: int) -> None:
        self.number = number

    @classmethod
    def take(cls, path: Path, patience: float = 0.0) -> "FileLock | None":
        """None when another holds it for longer than ``patience`` seconds."""
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return cls(number)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    os.close(number)
                    return None
                time.sleep(0.02)

    @classmethod
    def share(cls, path: Path) -> "FileLock":
        """Together with others who share it: while one does, nobody takes it. Waits for who has taken it."""
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(number, fcntl.LOCK_SH)
        return cls(number)

    def write(self, text: str) -> None:
        """Into the locked file: who holds it, for people and for signals."""
        os.ftruncate(self.number, 0)
        os.pwrite(self.number, text.encode(), 0)

    def release(self) -> None:
        os.close(self.number)


def is_held(path: Path) -> bool:
    if not path.exists():
        return False
    if lock := FileLock.take(path):
        lock.release()
        return False
    return True


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Waits for the lock as long as it takes; the holders do short work only."""
    number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)
