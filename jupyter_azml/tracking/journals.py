"""The journals that a process holds open."""

import os
import threading
from collections.abc import Callable, Mapping
from typing import NamedTuple
from weakref import WeakSet

from .journal import Journal
from .paths import TrackingPaths

MOST_OPEN = 64
"""Of three descriptors each; a sweep may have hundreds of child runs."""


class Writable(NamedTuple):
    """What the database says of a run that may be written."""

    params: Mapping[str, str]
    facts_offset: int
    """Up to here the facts in the journal are among ``params``."""


class Journals:
    def __init__(self, paths: TrackingPaths, look: Callable[[str], Writable | None]) -> None:
        """``look`` answers None for a run that is deleted, or that nobody made."""
        self._paths = paths
        self._look = look
        self._lock = threading.Lock()
        self._open: dict[str, Journal] = {}
        _of_this_process.add(self)

    def get(self, run_id: str) -> Journal | None:
        """None when the run may not be written: the database is asked once, and after each removal of any run.

        Raises OSError.
        """
        removals = self._removals()
        journal = self._open.get(run_id)
        if journal is not None and journal.removals == removals:
            return journal
        with self._lock:
            return self._reopen(run_id, removals)

    def close(self, run_id: str) -> None:
        """Its run has ended; more may be logged all the same, and then it is opened again."""
        with self._lock:
            journal = self._open.get(run_id)
            if journal and journal.close():
                del self._open[run_id]

    def _reopen(self, run_id: str, removals: int) -> Journal | None:
        found = self._look(run_id)
        journal = self._open.get(run_id)
        if journal is not None and found is not None:
            journal.removals = removals
            return journal
        if journal is not None:
            self._open.pop(run_id).close()
        if found is None:
            return None
        if len(self._open) >= MOST_OPEN:
            # The oldest that nobody writes to just now.
            closed = next((name for name, other in self._open.items() if other.close()), None)
            self._open.pop(closed or "", None)
        journal = Journal(self._paths.run(run_id), found.params, found.facts_offset, removals)
        self._open[run_id] = journal
        return journal

    def _removals(self) -> int:
        try:
            return os.stat(self._paths.removals).st_size
        except FileNotFoundError:
            return 0

    def forget(self) -> None:
        """What a forked child has of its parent: a lock on a shared descriptor would keep neither from the other."""
        self._lock = threading.Lock()
        while self._open:
            self._open.popitem()[1].abandon()


def note_removal(paths: TrackingPaths) -> None:
    """Tells every process that runs were deleted, or restored."""
    paths.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with paths.removals.open("ab", buffering=0) as file:
        file.write(b".")


def _forget_all() -> None:
    for journals in _of_this_process:
        journals.forget()


_of_this_process: "WeakSet[Journals]" = WeakSet()
os.register_at_fork(after_in_child=_forget_all)
