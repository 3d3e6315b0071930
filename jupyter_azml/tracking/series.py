"""A metric's course for a chart, reduced to what it can draw."""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..entities import Axis, Series
from .metric_columns import Columns, Course
from .metric_points import LONG, STEP, STRETCH, TIME, VALUE, Array, PointFiles, as_array

CHUNK = 256 * 1024
"""Points in memory at once."""
FEWEST = 4
"""Points that a course takes however much it is reduced: its ends and its extremes."""

Points = tuple[Array, Array]
"""Each point's x, and its row of step, time and value."""


class Line:
    """One metric over one axis: its first points in files, the rest, ``tail``, in memory."""

    def __init__(self, course: Course, files: PointFiles, tail: Columns, axis: Axis | None) -> None:
        """Without an axis the points stand in the order of their arrival."""
        self._files = files
        self._tail = as_array(tail)
        self._count = course.count
        self._kept = course.count - len(self._tail)
        self._has_odd = course.odd > 0
        self._column = TIME if axis == "time" else STEP
        # mlflow.log_metric without a step writes step 0 each time: then the points are counted, from 1.
        has_no_steps = axis == "step" and course.count > 1 and course.lowest_step == course.last[0]
        self._is_counted = axis is None or has_no_steps
        self._rises = self._is_counted or (course.times_rise if axis == "time" else course.steps_rise)

    def between(self, start: float | None, end: float | None, most: int) -> tuple[int, Points]:
        """How many points there are, both bounds included, and at most ``most`` of them, in order of x.

        Where there are more, each of many stretches keeps its lowest, its highest and one that is no number. Raises
        OSError when a file is not what it was.
        """
        low, high = -math.inf if start is None else start, math.inf if end is None else end
        first, last = self._positions(low, high) if self._rises else (0, self._count)
        count, left, right = (last - first, low, high) if self._rises else self._extent(low, high)
        if count <= most:
            return count, _in_order(_inside(points, low, high) for points in self._whole(first, last))
        if self._rises:
            left, right = self._x(first), self._x(last - 1)
        stretches = Stretches(left, right, max(1, (max(most, FEWEST) - 2) // (3 if self._has_odd else 2)))
        is_long = self._rises and last - first >= max(LONG, 4 * STRETCH * stretches.count)
        pieces = self._shortened(first, last, stretches) if is_long else self._whole(first, last)
        kept: list[Points] = []
        for points in pieces:
            kept.append(_inside(points, low, high))
            if sum(len(x) for x, _rows in kept) > CHUNK:
                kept = [_reduced(_joined(kept), stretches)]
        return count, _in_order([_reduced(_joined(kept), stretches)])

    def _positions(self, low: float, high: float) -> tuple[int, int]:
        """Of a rising line: the first point inside, and the one behind the last."""
        first = self._first(0, lambda x: x >= low)
        return first, self._first(first, lambda x: x > high)

    def _first(self, start: int, is_so: Callable[[float], bool]) -> int:
        """The first position from ``start`` on where it is so, as it is for all that follow."""
        return bisect_left(range(self._count), True, lo=start, key=lambda position: is_so(self._x(position)))

    def _x(self, position: int) -> float:
        if self._is_counted:
            return position + 1
        if position < self._kept:
            return self._files.number(position, self._column)
        return float(self._tail[position - self._kept, self._column])

    def _extent(self, low: float, high: float) -> tuple[int, float, float]:
        """How many points are inside, and the outermost x."""
        count, left, right = 0, math.inf, -math.inf
        for points in self._whole(0, self._count):
            x, _rows = _inside(points, low, high)
            if len(x):
                count, left, right = count + len(x), min(left, float(x.min())), max(right, float(x.max()))
        return count, left, right

    def _whole(self, first: int, last: int) -> Iterator[Points]:
        """Every point from ``first`` up to ``last``, in order of arrival."""
        end = min(last, self._kept)
        for start in range(first, end, CHUNK):
            until = min(start + CHUNK, end)
            yield self._line(self._files.read(start, until), start)
        if last > self._kept:
            start = max(first, self._kept)
            yield self._line(self._tail[start - self._kept : last - self._kept], start)

    def _shortened(self, first: int, last: int, stretches: "Stretches") -> Iterator[Points]:
        """The same of a rising line, with the extremes alone of what lies within one stretch."""
        yield from self._whole(first, first + 1)
        end = first
        for number in range(stretches.count):
            start, end = end, min(last, self._first(end, partial(stretches.is_after, number)))
            found, inner, outer = self._files.read_extremes(start, min(end, self._kept))
            found = found[np.diff(found[:, 0], prepend=-1) > 0]
            yield from self._whole(start, inner)
            yield (found[:, 0] + 1 if self._is_counted else found[:, 1 + self._column]), found[:, 1:]
            yield from self._whole(outer, end)
        yield from self._whole(last - 1, last)

    def _line(self, rows: Array, position: int) -> Points:
        counted = np.arange(position + 1, position + 1 + len(rows), dtype=np.float64)
        return counted if self._is_counted else rows[:, self._column], rows


class Stretches:
    """Of equal width, as the columns of a picture are."""

    def __init__(self, left: float, right: float, count: int) -> None:
        self.count = count
        self._left = left
        self._width = (right - left) / count or 1.0

    def of(self, x: float) -> int:
        return min(int((x - self._left) / self._width), self.count - 1)

    def is_after(self, number: int, x: float) -> bool:
        return self.of(x) > number

    def of_each(self, x: Array) -> NDArray[np.unsignedinteger]:
        # Small numbers are sorted faster.
        return np.minimum((x - self._left) / self._width, self.count - 1).astype(np.min_scalar_type(self.count))


def extremes(x: Array, values: Array, stretches: Stretches) -> NDArray[np.intp]:
    """Which points to keep, in the order in which they stand."""
    if not len(x):
        return np.empty(0, dtype=np.intp)
    stretch = stretches.of_each(x)
    order = np.argsort(stretch, kind="stable")
    stretch, values = stretch[order], values[order]
    is_first = np.diff(stretch, prepend=stretch[0]) != 0
    is_first[0] = True
    starts, group = np.flatnonzero(is_first), np.cumsum(is_first) - 1
    odd = ~np.isfinite(values)
    low, high = np.where(odd, np.inf, values), np.where(odd, -np.inf, values)
    lowest, highest = np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts)
    kept = [_first_of_each(found, group) for found in (low == lowest[group], high == highest[group], odd)]
    ends = np.array([x.argmin(), x.argmax()])
    return np.unique(np.concatenate([ends, *(order[found] for found in kept)]))


def _first_of_each(is_found: NDArray[np.bool_], group: NDArray[np.intp]) -> NDArray[np.intp]:
    found = np.flatnonzero(is_found)
    first: NDArray[np.intp] = found[np.diff(group[found], prepend=-1) != 0]
    return first


def _inside(points: Points, low: float, high: float) -> Points:
    x, rows = points
    if low == -math.inf and high == math.inf:
        return points
    inside = (x >= low) & (x <= high)
    return x[inside], rows[inside]


def _reduced(points: Points, stretches: Stretches) -> Points:
    x, rows = points
    kept = extremes(x, rows[:, VALUE], stretches)
    return x[kept], rows[kept]


def _joined(parts: Iterable[Points]) -> Points:
    found = list(parts)
    if not found:
        return np.empty(0), np.empty((0, 3))
    return np.concatenate([x for x, _rows in found]), np.concatenate([rows for _x, rows in found])


def _in_order(parts: Iterable[Points]) -> Points:
    x, rows = _joined(parts)
    order = np.argsort(x, kind="stable")
    return x[order], rows[order]


def series_of(key: str, columns: Columns, axis: Axis, start: float | None, end: float | None, most: int) -> Series:
    """Of a metric whose points are all at hand, and there is one at least."""
    course = Course()
    course.extend(columns)
    line = Line(course, PointFiles(Path(), 0), columns, axis)
    count, (x, rows) = line.between(start, end, most)
    return Series(
        key=key,
        axis=axis,
        x=tuple(x.tolist()),
        values=tuple(rows[:, VALUE].tolist()),
        count=count,
        last=course.newest[2],
        is_reduced=len(x) < count,
    )
