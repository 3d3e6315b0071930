"""The files of one long metric: its points as columns of floats, and the extremes of each stretch of them."""

import os
from pathlib import Path
from struct import unpack
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from .metric_columns import Columns

Array = NDArray[np.float64]

STEP, TIME, VALUE = range(3)
RECORD = 24
"""Bytes of a point: step, time and value."""
STRETCH = 1024
"""Points that share three records of extremes: lowest, highest, and one that is not finite."""
LONG = 1024 * STRETCH
"""Points from which extremes are kept; fewer are read whole in a few milliseconds."""
EXTREME = 32
"""Bytes of an extreme: its position, and the point."""


class PointFiles:
    def __init__(self, folder: Path, number: int) -> None:
        self._points = folder / f"{number}.points"
        self._extremes = folder / f"{number}.extremes"
        self._open: BinaryIO | None = None

    def append(self, count: int, columns: Columns) -> None:
        """Behind the first ``count``; what a killed writer left there is overwritten. Raises OSError."""
        if count == 0:
            self._extremes.unlink(missing_ok=True)
        _write(self._points, count * RECORD, as_array(columns).tobytes())

    def extend_extremes(self, count: int) -> None:
        """Of a metric that has ``count`` points. Raises OSError."""
        if count < LONG:
            return
        size = self._extremes.stat().st_size if self._extremes.exists() else 0
        done, whole = size // (3 * EXTREME), count // STRETCH
        while done < whole:
            until = min(whole, done + LONG // STRETCH)
            found = _extremes_of(self.read(done * STRETCH, until * STRETCH), done * STRETCH)
            _write(self._extremes, done * 3 * EXTREME, found.tobytes())
            done = until

    def read(self, start: int, end: int) -> Array:
        """Points by position, a row each. Raises OSError when the file does not have them."""
        if end <= start:
            return np.empty((0, 3))
        found = np.fromfile(self._points, count=(end - start) * 3, offset=start * RECORD)
        if len(found) != (end - start) * 3:
            raise OSError(f"{self._points} is shorter than it was")
        return found.reshape(-1, 3)

    def read_extremes(self, start: int, end: int) -> tuple[Array, int, int]:
        """Rows of position, step, time and value, of the whole stretches inside; the positions between which they lie.

        Positions are equal when there are none.
        """
        first, last = -(-start // STRETCH), end // STRETCH
        size = self._extremes.stat().st_size if self._extremes.exists() else 0
        last = min(last, size // (3 * EXTREME))
        if last <= first:
            return np.empty((0, 4)), start, start
        found = np.fromfile(self._extremes, count=(last - first) * 12, offset=first * 3 * EXTREME)
        return found.reshape(-1, 4), first * STRETCH, last * STRETCH

    def number(self, position: int, column: int) -> float:
        """One of them; for a search, which needs twenty of a million. Raises OSError."""
        if self._open is None:
            self._open = self._points.open("rb")
        found = os.pread(self._open.fileno(), 8, position * RECORD + 8 * column)
        if len(found) != 8:
            raise OSError(f"{self._points} is shorter than it was")
        number: float = unpack("d", found)[0]
        return number


def as_array(columns: Columns) -> Array:
    return np.array([columns.steps, columns.times, columns.values], dtype=np.float64).T.copy()


def _extremes_of(points: Array, start: int) -> Array:
    values = points[:, VALUE].reshape(-1, STRETCH)
    finite = np.isfinite(values)
    low = np.where(finite, values, np.inf).argmin(axis=1)
    high = np.where(finite, values, -np.inf).argmax(axis=1)
    odd = np.where(finite.all(axis=1), low, (~finite).argmax(axis=1))
    within = np.sort(np.column_stack([low, high, odd]), axis=1)
    positions = (within + np.arange(len(values))[:, None] * STRETCH).ravel()
    return np.column_stack([positions + start, points[positions]])


def _write(path: Path, offset: int, content: bytes) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        size = os.fstat(number).st_size
        if size < offset:
            raise OSError(f"{path} is shorter than it was")
        os.ftruncate(number, offset)
        while content:
            written = os.pwrite(number, content, offset)
            content, offset = content[written:], offset + written
    finally:
        os.close(number)
