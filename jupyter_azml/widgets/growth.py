"""The curves of several jobs as they grow: whole, as the workspace told them last, and what has come since.

A look at jobs that log changes a point in a thousand. So pages are sent the whole from time to time, and many times a
second what has come since then: all of it each time, so that a page may miss any of the messages. The whole of many
jobs takes too long to be read between two messages: it is read a few jobs at a look, beside the one that pages have.
"""

import math
import time
from collections.abc import Mapping, Sequence
from typing import Any

from ..entities import Event, Job
from ..errors import JobNotFound
from ..workspace import Workspace
from .growing import Growing, Steps, told
from .lines import Lines, Question

RENEWED = 10.0
"""Seconds after which the whole is read again where something has come since."""
AFTER_LATE = 1.0
"""The same, where a point came that lies before another one."""
MOST_SINCE = 8_000
"""Points that have come since, after which it is read again."""
SECONDS_OF_A_LOOK = 0.005
"""For reading it again; one job is read at least."""


class Growth:
    def __init__(self, workspace: Workspace) -> None:
        self.revision = 0
        """Which whole it is that pages have to have for what came since."""
        self._workspace = workspace
        self._steps = Steps()
        self._shown = Growing(workspace, Question(), self._steps)
        self._next: Growing | None = None
        self._unread: list[str] = []
        """Jobs that the next one has still to read."""
        self._read_at = -math.inf

    @property
    def lines(self) -> Lines:
        return self._shown.lines

    def since(self) -> dict[str, Any]:
        """``points`` has x and then y of each of ``parts``: job, metric, and how many."""
        return {"revision": self.revision, **told(self._shown)}

    def follow(self, jobs: Mapping[str, Job], events: Mapping[str, Sequence[Event]], asked: Question) -> None:
        """Takes in what has happened. ``asked`` has no zoom. Raises JobNotFound, WorkspaceError."""
        for name, of_job in events.items():
            self._steps.note(name, of_job)
        if asked != self._shown.asked:
            self._read(self._begin(asked, list(jobs)), jobs, math.inf)
            return
        if anew := {name for name in events if any(not self._shown.has(jobs[name], key) for key in asked.keys)}:
            for name in anew:
                self._shown.read(jobs[name])
            self._next = None
            self.revision += 1
        for name in events.keys() - anew:
            self._shown.grow(jobs[name], events[name])
            if self._next and name not in self._unread:
                self._next.grow(jobs[name], events[name])
        if self._next is None and self._is_due():
            grown = {name for name, _key in self._shown.since}
            self._begin(asked, [name for name in jobs if name in grown])
        if self._next:
            self._read(self._next, jobs, SECONDS_OF_A_LOOK)

    def _is_due(self) -> bool:
        age, count = time.monotonic() - self._read_at, self._shown.count
        return count > MOST_SINCE or (age > RENEWED and count > 0) or (age > AFTER_LATE and self._shown.is_late)

    def _begin(self, asked: Question, unread: list[str]) -> Growing:
        self._next, self._unread = Growing(self._workspace, asked, self._steps), unread
        if asked == self._shown.asked:
            for name in self._shown.lines.keys() - unread:
                self._next.take_over(self._shown, name)
        return self._next

    def _read(self, grown: Growing, jobs: Mapping[str, Job], seconds: float) -> None:
        """Of what has still to be read; shows it when all is."""
        began = time.thread_time()
        while self._unread:
            name = self._unread[0]
            try:
                grown.read(jobs[name])
            except JobNotFound:  # it was deleted, and is shown as it was
                grown.take_over(self._shown, name)
            del self._unread[0]
            if time.thread_time() - began >= seconds:
                break
        if not self._unread:
            self._shown, self._next = grown, None
            self.revision += 1
            self._read_at = time.monotonic()
