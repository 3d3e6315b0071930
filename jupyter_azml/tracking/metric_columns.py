"""Points of a metric as columns, and what is known of a whole course without reading it again."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..entities import MetricSummary
from .lines import objects_in, point_in

FARTHEST = 2**63
"""No step or time lies beyond it."""


@dataclass
class Columns:
    """In the order of arrival."""

    steps: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    """Milliseconds since the epoch."""
    values: list[float] = field(default_factory=list)

    def extend(self, others: "Columns") -> None:
        self.steps += others.steps
        self.times += others.times
        self.values += others.values


def columns_in(block: bytes) -> dict[str, Columns]:
    """The points of whole lines of a journal, by key."""
    found: dict[str, Columns] = {}
    for key, value, step, time in points_in(block):
        columns = found.get(key)
        if columns is None:
            columns = found[key] = Columns()
        columns.steps.append(step)
        columns.times.append(time)
        columns.values.append(value)
    return found


def points_in(block: bytes) -> Iterator[tuple[str, float, int, int]]:
    """Key, value, step and time. Lines that are no points are passed over."""
    return (point for line in objects_in(block) if (point := point_in(line)))


@dataclass
class Course:
    """What a metric did so far. It is kept as JSON beside the points."""

    count: int = 0
    odd: int = 0
    """Points whose value is not finite."""
    low: float = math.inf
    high: float = -math.inf
    last: Sequence[float] = (-FARTHEST, -FARTHEST, math.nan)
    """Step, time and value where the step is highest, and there the time, as in MLflow."""
    newest: Sequence[float] = (-FARTHEST, -FARTHEST, math.nan)
    """The same of what arrived last."""
    lowest_step: int = FARTHEST
    steps_rise: bool = True
    """None is lower than the one before it."""
    times_rise: bool = True

    def extend(self, columns: Columns) -> None:
        steps, times, values = columns.steps, columns.times, columns.values
        numbers = [value for value in values if not math.isnan(value)]
        self.count += len(values)
        self.odd += len(values) - sum(map(math.isfinite, values))
        self.low = min(self.low, min(numbers, default=math.inf))
        self.high = max(self.high, max(numbers, default=-math.inf))
        self.lowest_step = min(self.lowest_step, min(steps))
        self.steps_rise = self.steps_rise and steps[0] >= self.newest[0] and steps == sorted(steps)
        self.times_rise = self.times_rise and times[0] >= self.newest[1] and times == sorted(times)
        self.newest = (steps[-1], times[-1], values[-1])
        step, time, number = max(zip(steps, times, range(len(steps)), strict=True))
        if (step, time) >= (self.last[0], self.last[1]):
            self.last = (step, time, values[number])

    def summary(self, key: str) -> MetricSummary:
        has_number = self.low <= self.high
        return MetricSummary(
            key=key,
            last=self.last[2],
            min=self.low if has_number else math.nan,
            max=self.high if has_number else math.nan,
            count=self.count,
            step=int(self.last[0]),
        )
