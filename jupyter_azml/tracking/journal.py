"""A run's journal as its writers see it: many processes and threads append to it, each call with one write."""

import errno
import fcntl
import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .lines import objects_in, read_block
from .paths import RunPaths


class JournalClosed(Exception):
    """By another thread: ask for it again."""


class Journal:
    """Of one run, in one process; threads may share it. It keeps three descriptors until it is closed."""

    def __init__(self, paths: RunPaths, params: Mapping[str, str], facts_offset: int, removals: int) -> None:
        """``params`` are those of the run that stand before ``facts_offset``. Raises OSError."""
        self.removals = removals
        """Runs that had been deleted or restored when it was seen that this one may be written."""
        self._lock = threading.Lock()
        self._is_closed = False
        self._params = dict(params)
        self._offset = facts_offset
        paths.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._marker = _mark(paths.marker)
        self._metrics = _Appender(paths.metrics)
        self._facts = _Appender(paths.facts)

    def add_points(self, lines: bytes) -> None:
        """Raises OSError, and then nothing of it counts as logged; JournalClosed."""
        with self._lock:
            self._check()
            self._metrics.append(lines)

    def add_facts(self, params: Mapping[str, str], tags: Mapping[str, str]) -> bool:
        """False, and nothing is written, when a parameter has another value already.

        Raises OSError, JournalClosed.
        """
        with self.alone():
            return self._add_facts(params, tags)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else adds facts meanwhile. Raises JournalClosed."""
        with self._lock:
            self._check()
            with self._facts.held():
                yield

    def note(self, params: Mapping[str, str]) -> None:
        """Parameters that went another way; only when ``alone``. Raises OSError."""
        self._read_others()
        new = params.items() - self._params.items()
        if new:
            self._facts.append(b"".join(_line(param=key, value=value) for key, value in new))

    def close(self) -> bool:
        """Not while somebody writes: whoever closes must not wait for that."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            self.abandon()
            return True
        finally:
            self._lock.release()

    def abandon(self) -> None:
        """In a forked child, where another thread of the parent may have held the lock."""
        if not self._is_closed:
            self._is_closed = True
            for number in (self._metrics.number, self._facts.number, self._marker):
                os.close(number)

    def _check(self) -> None:
        if self._is_closed:
            raise JournalClosed

    def _add_facts(self, params: Mapping[str, str], tags: Mapping[str, str]) -> bool:
        self._read_others()
        if any(self._params.get(key, value) != value for key, value in params.items()):
            return False
        lines = [_line(param=key, value=value) for key, value in params.items() if key not in self._params]
        lines += [_line(tag=key, value=value) for key, value in tags.items()]
        if lines:
            self._facts.append(b"".join(lines))
        return True

    def _read_others(self) -> None:
        """What was written since, by others and by this one."""
        more = os.fstat(self._facts.number).st_size > self._offset
        while more:
            block, self._offset, more = read_block(self._facts.path, self._offset)
            self._params |= {line["param"]: line["value"] for line in objects_in(block) if "param" in line}


class _Appender:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.number = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def append(self, lines: bytes) -> None:
        size = os.fstat(self.number).st_size
        # What a kill or a full disk left of somebody's last line must not become the beginning of ours. If that comes
        # to pass between this look and the write, ``lines.py`` still finds the line.
        is_cut = size > 0 and os.pread(self.number, 1, size - 1) != b"\n"
        block = b"\n" + lines if is_cut else lines
        if os.write(self.number, block) != len(block):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))

    @contextmanager
    def held(self) -> Iterator[None]:
        fcntl.flock(self.number, fcntl.LOCK_EX)
        try:
            yield
        finally:
            # Not left to the descriptor's end: a forked child may keep that open.
            fcntl.flock(self.number, fcntl.LOCK_UN)


def _mark(marker: Path) -> int:
    """Says that the run has a writer, for as long as the descriptor is open; ``folding.py`` removes the file."""
    marker.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    while True:
        number = os.open(marker, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(number, fcntl.LOCK_SH)
        if os.fstat(number).st_nlink:
            return number
        os.close(number)


def _line(**fields: str) -> bytes:
    return json.dumps(fields).encode("ascii") + b"\n"
