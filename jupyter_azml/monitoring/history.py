"""What was counted at one endpoint, read for a window of time."""

import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from .segments import LONGEST_WINDOW, SECONDS, Level, SegmentFolder, Slot, read_segment
from .tally import Series, Tally

_ATTEMPTS = 5


class History:
    """Keeps what it read of segments that nobody appends to any more: a reader that looks often pays once."""

    def __init__(self, folder: Path) -> None:
        self._segments = SegmentFolder(folder)
        self._read: dict[Path, tuple[int, list[Slot]]] = {}
        self._sums: dict[Path, tuple[int, dict[Series, Tally]]] = {}

    def window(self, seconds: float, now: float | None = None, *, deployment: str | None = None) -> list[Slot]:
        """Slots that lie in the window or reach into it, without mirrored ones unless their deployment is asked for.

        A slot is a second for a quarter of an hour at least, then a minute, and after two days a quarter of an hour.
        """
        now = time.time() if now is None else now
        since = now - min(seconds, LONGEST_WINDOW)
        return [
            slot
            for slot in self._slots(since)
            if since < slot.start + slot.step
            and slot.start <= now
            and (slot.series.deployment == deployment if deployment is not None else not slot.series.is_mirrored)
        ]

    def totals(self) -> dict[Series, Tally]:
        """Of all times."""
        found: defaultdict[Series, Tally] = defaultdict(Tally)
        segments = self._segments_since(0)
        # Read after the segments: what was forgotten in between is missing, not counted twice.
        through, before = self._segments.totals()
        sums = [self._sum(path, slots) for path, slots in segments if int(path.stem) >= through]
        self._sums = {path: kept for path, kept in self._sums.items() if path in self._read}
        for part in (before, *sums):
            for series, tally in part.items():
                found[series].merge(tally)
        return dict(found)

    def _slots(self, since: float) -> Iterator[Slot]:
        for _path, slots in self._segments_since(since):
            yield from slots

    def _segments_since(self, since: float) -> list[tuple[Path, list[Slot]]]:
        for attempt in range(1, _ATTEMPTS + 1):
            plan = self._segments.plan()
            there = {self._segments.path(level, start) for level, start in plan}
            self._read = {path: kept for path, kept in self._read.items() if path in there}
            try:
                return [self._segment(level, start) for level, start in plan if start + level.span > since]
            except FileNotFoundError:
                if attempt == _ATTEMPTS:
                    raise
                continue  # it was folded meanwhile, and is found in the next level
        raise AssertionError("the last attempt raises")

    def _segment(self, level: Level, start: int) -> tuple[Path, list[Slot]]:
        path = self._segments.path(level, start)
        size = os.stat(path).st_size
        kept = self._read.get(path)
        # Coarse segments never change; those of seconds only grow.
        if kept is None or (kept[0] != size and level is SECONDS):
            kept = self._read[path] = size, list(read_segment(path, level))
        return path, kept[1]

    def _sum(self, path: Path, slots: list[Slot]) -> dict[Series, Tally]:
        kept = self._sums.get(path)
        if kept is None or kept[0] != len(slots):
            found: defaultdict[Series, Tally] = defaultdict(Tally)
            for slot in slots:
                found[slot.series].merge(slot.tally)
            kept = self._sums[path] = len(slots), dict(found)
        return kept[1]


def added_up(slots: Iterable[Slot]) -> Tally:
    total = Tally()
    for slot in slots:
        total.merge(slot.tally)
    return total
