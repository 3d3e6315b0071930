"""Many files at once, and one number of how far they are."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from .store import Progress

AT_ONCE = 8
"""Files that are on their way; each of many blocks has some of those in flight, too."""


Item = TypeVar("Item")


def all_of(move: Callable[[Item], None], items: Sequence[Item]) -> None:
    """The first one that fails keeps those from beginning that have not begun, and is raised."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(move, items))


class Sum:
    """Of many files that arrive at once: one number, which rises."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total, self._progress = total, progress
        self._done, self._lock = 0, threading.Lock()

    def part(self) -> Callable[[int, int], None]:
        before = 0

        def told(done: int, _size: int) -> None:
            nonlocal before
            with self._lock:
                self._done += done - before
                before = done
                if self._progress:
                    self._progress(self._done, self._total)

        return told


class Count:
    """Of pieces of one file that arrive at once."""

    def __init__(self, size: int, progress: Progress | None) -> None:
        self._size, self._progress = size, progress
        self._done = 0
        self._lock = threading.Lock()

    def add(self, count: int) -> None:
        with self._lock:
            self._done += count
            if self._progress:
                self._progress(self._done, self._size)
