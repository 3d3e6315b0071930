"""The curves of several jobs as they were read once, and what has come since."""

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..entities import EPOCH, Event, Job, MetricPoint, MetricPoints
from ..workspace import Workspace
from .lines import Lines, Question, lines_of, points_in, x_of

At = tuple[str, str]
"""A job and a metric."""


class Steps:
    """Which steps each metric was seen at."""

    def __init__(self) -> None:
        self._seen: dict[At, tuple[int, int, int]] = {}
        """The lowest, the highest, and of how many points."""

    def note(self, job: str, events: Iterable[Event]) -> None:
        for point in points_of(events):
            low, high, count = self._seen.get((job, point.key), (point.step, point.step, 0))
            self._seen[job, point.key] = (min(low, point.step), max(high, point.step), count + 1)

    def are_counted(self, at: At, asked: Question) -> bool:
        """As ``jobs.series`` does where all steps are the same."""
        low, high, count = self._seen.get(at, (0, 0, 0))
        return asked.axis == "step" and low == high and count > 1


class Growing:
    def __init__(self, workspace: Workspace, asked: Question, steps: Steps) -> None:
        self.asked = asked
        self.lines: Lines = {}
        self.since: dict[At, tuple[array[float], array[float]]] = {}
        """x and y."""
        self.is_late = False
        """Whether a point came that lies before another one: no line has it."""
        self._workspace = workspace
        self._steps = steps
        self._ends: dict[At, float] = {}
        """The last x of each line as it was read."""
        self._counted: set[At] = set()
        """What is logged without steps: the points are counted."""

    @property
    def count(self) -> int:
        """Points that have come since."""
        return sum(len(x) for x, _y in self.since.values())

    def read(self, job: Job) -> None:
        """Raises JobNotFound, WorkspaceError."""
        self.lines[job.name] = lines_of(self._workspace, job, self.asked)
        for key, line in self.lines[job.name].items():
            at = (job.name, key)
            x, _y = points_in(line)
            self._ends[at] = float(x[-1]) if len(x) else -math.inf
            self.since.pop(at, None)
            (self._counted.add if self._steps.are_counted(at, self.asked) else self._counted.discard)(at)

    def take_over(self, other: "Growing", name: str) -> None:
        """The lines of a job, without what has come since in the other one."""
        self.lines[name] = other.lines.get(name, {})
        for key in self.lines[name]:
            at = (name, key)
            self._ends[at] = other._ends[at]
            if at in other._counted:
                self._counted.add(at)

    def has(self, job: Job, key: str) -> bool:
        """Whether the line is there, as far as the job has the metric, and over the x that it should have."""
        at = (job.name, key)
        if key in self.lines.get(job.name, {}):
            return self._steps.are_counted(at, self.asked) == (at in self._counted)
        # A job without epochs has no line over them.
        needed = {key, EPOCH} if self.asked.axis == EPOCH else {key}
        return not needed <= {metric.key for metric in job.metrics}

    def grow(self, job: Job, events: Sequence[Event]) -> None:
        """Raises JobNotFound, WorkspaceError."""
        lines = self.lines.get(job.name, {})
        unknown = [key for key in lines if self.asked.axis == EPOCH or (job.name, key) in self._counted]
        if unknown and events:
            self._ask(job, unknown)
        for point in points_of(events):
            if point.key in lines and point.key not in unknown:
                self._take((job.name, point.key), x_of(point, job, self.asked.axis), point.value)

    def _ask(self, job: Job, keys: Sequence[str]) -> None:
        """Where the points themselves do not say at which x they stand."""
        asked = self.asked._replace(keys=tuple(keys), zoom=(min(self._ends[job.name, key] for key in keys), math.inf))
        for key, line in lines_of(self._workspace, job, asked).items():
            x, y = points_in(line)
            is_new = x > self._ends[job.name, key]
            self.since[job.name, key] = (array("d", x[is_new].tobytes()), array("d", y[is_new].tobytes()))

    def _take(self, at: At, x: float, value: float) -> None:
        xs, ys = self.since.setdefault(at, (array("d"), array("d")))
        if x > self._ends[at] and (not xs or x >= xs[-1]):
            xs.append(x)
            ys.append(value)
        elif xs:  # before the first new one it is one that the line has already
            self.is_late = True


def points_of(events: Iterable[Event]) -> Iterator[MetricPoint]:
    return (point for event in events if isinstance(event, MetricPoints) for point in event.points)


def told(grown: Growing) -> dict[str, Any]:
    """``points`` has x and then y of each of ``parts``: job, metric, and how many."""
    parts = [[*at, len(x)] for at, (x, _y) in grown.since.items()]
    points = b"".join(column.tobytes() for columns in grown.since.values() for column in columns)
    return {"parts": parts, "points": points}
