"""The curves of several jobs as they grow: whole, as the workspace told them last, and what has come since.

A look at jobs that log changes a point in a thousand. So pages are sent the whole from time to time, and many times a
second what has come since then: all of it each time, so that a page may miss any of the messages.
"""

import math
import time
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..entities import EPOCH, Event, Job, MetricPoint, MetricPoints
from ..workspace import Workspace
from .lines import Lines, Question, lines_of, points_in, x_of

RENEWED = 10.0
"""Seconds after which the whole is read again where something has come since."""
AFTER_LATE = 1.0
"""The same, where a point came that lies before another one."""
MOST_SINCE = 12_000
"""Points that have come since, after which it is read again."""

_At = tuple[str, str]
"""A job and a metric."""


class Growth:
    def __init__(self, workspace: Workspace) -> None:
        self.lines: Lines = {}
        self.revision = 0
        """Which whole it is that pages have to have for what came since."""
        self._workspace = workspace
        self._asked = Question()
        self._read_at = -math.inf
        self._ends: dict[_At, float] = {}
        """The last x of each whole line."""
        self._since: dict[_At, tuple[array[float], array[float]]] = {}
        self._steps: dict[_At, tuple[int, int, int]] = {}
        """The lowest, the highest, and of how many points."""
        self._counted: set[_At] = set()
        """What is logged without steps: the points are counted."""
        self._is_late = False

    def follow(self, jobs: Mapping[str, Job], told: Mapping[str, Sequence[Event]], asked: Question) -> None:
        """Takes in what has happened. ``asked`` has no zoom. Raises JobNotFound, WorkspaceError."""
        for name, events in told.items():
            for point in _points(events):
                low, high, count = self._steps.get((name, point.key), (point.step, point.step, 0))
                self._steps[name, point.key] = (min(low, point.step), max(high, point.step), count + 1)
        if asked != self._asked:
            self._asked, self.lines, self._since = asked, {}, {}
            self._read(jobs.values())
            return
        anew = {name for name in told if any(not self._has(jobs[name], key) for key in asked.keys)}
        if self._is_due():
            anew |= {name for name, _key in self._since}
        if anew:
            self._read(jobs[name] for name in anew)
        for name in told.keys() - anew:
            self._grow(jobs[name], told[name])

    def since(self) -> dict[str, Any]:
        """``points`` has x and then y of each of ``parts``: job, metric, and how many."""
        parts = [[*at, len(x)] for at, (x, _y) in self._since.items()]
        points = b"".join(column.tobytes() for columns in self._since.values() for column in columns)
        return {"revision": self.revision, "parts": parts, "points": points}

    def _is_due(self) -> bool:
        age, count = time.monotonic() - self._read_at, sum(len(x) for x, _y in self._since.values())
        return count > MOST_SINCE or (age > RENEWED and count > 0) or (age > AFTER_LATE and self._is_late)

    def _read(self, jobs: Iterable[Job]) -> None:
        """The whole."""
        for job in jobs:
            self.lines[job.name] = lines_of(self._workspace, job, self._asked)
            for key, line in self.lines[job.name].items():
                at = (job.name, key)
                x, _y = points_in(line)
                self._ends[at] = float(x[-1]) if len(x) else -math.inf
                self._since.pop(at, None)
                (self._counted.add if self._is_counted(at) else self._counted.discard)(at)
        self.revision += 1
        self._is_late = False
        self._read_at = time.monotonic()

    def _is_counted(self, at: _At) -> bool:
        """As ``jobs.series`` does where all steps are the same."""
        low, high, count = self._steps.get(at, (0, 0, 0))
        return self._asked.axis == "step" and low == high and count > 1

    def _has(self, job: Job, key: str) -> bool:
        """Whether the line is there, as far as the job has the metric, and over the x that it should have."""
        at = (job.name, key)
        if key in self.lines.get(job.name, {}):
            return self._is_counted(at) == (at in self._counted)
        # A job without epochs has no line over them.
        needed = {key, EPOCH} if self._asked.axis == EPOCH else {key}
        return not needed <= {metric.key for metric in job.metrics}

    def _grow(self, job: Job, events: Sequence[Event]) -> None:
        lines = self.lines.get(job.name, {})
        unknown = [key for key in lines if self._asked.axis == EPOCH or (job.name, key) in self._counted]
        if unknown and events:
            self._ask(job, unknown)
        for point in _points(events):
            if point.key in lines and point.key not in unknown:
                self._take((job.name, point.key), x_of(point, job, self._asked.axis), point.value)

    def _ask(self, job: Job, keys: Sequence[str]) -> None:
        """Where the points themselves do not say at which x they stand."""
        asked = self._asked._replace(keys=tuple(keys), zoom=(min(self._ends[job.name, key] for key in keys), math.inf))
        for key, line in lines_of(self._workspace, job, asked).items():
            x, y = points_in(line)
            is_new = x > self._ends[job.name, key]
            self._since[job.name, key] = (array("d", x[is_new].tobytes()), array("d", y[is_new].tobytes()))

    def _take(self, at: _At, x: float, value: float) -> None:
        xs, ys = self._since.setdefault(at, (array("d"), array("d")))
        if x > self._ends[at] and (not xs or x >= xs[-1]):
            xs.append(x)
            ys.append(value)
        elif xs:  # before the first new one it is one that the whole has already
            self._is_late = True


def _points(events: Sequence[Event]) -> Iterator[MetricPoint]:
    return (point for event in events if isinstance(event, MetricPoints) for point in event.points)
