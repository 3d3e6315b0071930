"""What was counted at one endpoint, on disk, at bounded size: fine for the last hours, coarse for the last weeks.

``seconds/`` is written by gateways, a line a second and deployment; ``minutes/`` and ``quarters/`` (of an hour) hold
the same, added up. A segment is a file named after the second at which it begins. Seconds are appended to; the other
segments appear whole, by rename, and only then what they were made of goes. So whoever finds both goes by the coarse
one, and a process that dies in the middle of folding leaves nothing that counts twice.
"""

import fcntl
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from .tally import Series, Tally, from_data, to_data


class Level(NamedTuple):
    name: str
    step: int
    """Seconds that a line stands for."""
    span: int
    """Seconds that a segment stands for."""
    kept: int
    """Seconds after its end at which a segment is folded into the next level, or forgotten."""


DAY = 86_400
SECONDS = Level("seconds", 1, 300, 900)
MINUTES = Level("minutes", 60, 1800, 2 * DAY)
QUARTERS = Level("quarters", 900, DAY, 35 * DAY)
LEVELS = (SECONDS, MINUTES, QUARTERS)
LONGEST_WINDOW = 35 * DAY


class Slot(NamedTuple):
    start: int
    step: int
    series: Series
    tally: Tally


class SegmentFolder:
    """``endpoints/NAME/metrics``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._totals = folder / "totals.json"
        self._lock = folder / "fold.lock"

    def append(self, now: float, counted: Iterable[tuple[int, Series, Tally]]) -> None:
        """One write, so that writers never mix. Raises OSError."""
        text = "".join(json.dumps(to_data(*each), separators=(",", ":")) + "\n" for each in counted)
        path = self.path(SECONDS, int(now))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.write(file, text.encode())
        finally:
            os.close(file)

    def path(self, level: Level, at: int) -> Path:
        return self.folder / level.name / f"{at - at % level.span}.ndjson"

    def starts(self, level: Level) -> list[int]:
        try:
            names = os.listdir(self.folder / level.name)
        except FileNotFoundError:
            return []
        return sorted(int(name[:-7]) for name in names if name.endswith(".ndjson") and name[:-7].isdecimal())

    def plan(self) -> list[tuple[Level, int]]:
        """Segments that stand for everything, each moment once, the oldest first.

        Fine levels are listed first: what is folded meanwhile is then found in the coarse one, or is missed on reading.
        """
        found = [(level, self.starts(level)) for level in LEVELS]
        chosen: list[tuple[Level, int]] = []
        for (level, starts), coarser in zip(found, (*found[1:], None), strict=True):
            folded = {start - start % coarser[0].span for start in coarser[1]} if coarser else set()
            chosen += [(level, at) for at in starts if not coarser or at - at % coarser[0].span not in folded]
        through = self.totals()[0]
        return sorted((each for each in chosen if each[1] >= through), key=lambda each: each[1])

    def totals(self) -> tuple[int, dict[Series, Tally]]:
        """What was counted before that second and is kept in no segment any more."""
        try:
            data = json.loads(self._totals.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return 0, {}
        return data["through"], {series: tally for _t, series, tally in map(from_data, data["series"])}

    def fold(self, now: float) -> None:
        """Makes coarse segments of fine ones that are old enough, and forgets the oldest. Raises OSError."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for level, coarser in ((SECONDS, MINUTES), (MINUTES, QUARTERS)):
                self._fold_level(level, coarser, now)
            self._forget(now)
        except BlockingIOError:
            pass  # another process is at it
        finally:
            os.close(lock)

    def _fold_level(self, level: Level, coarser: Level, now: float) -> None:
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for start in self.starts(level):
            groups[start - start % coarser.span].append(start)
        for parent, starts in groups.items():
            if parent + coarser.span + level.kept > now:
                continue
            target = self.path(coarser, parent)
            if not target.exists():
                summed: defaultdict[tuple[int, Series], Tally] = defaultdict(Tally)
                for start in starts:
                    for slot in read_segment(self.path(level, start), level):
                        summed[slot.start - slot.start % coarser.step, slot.series].merge(slot.tally)
                lines = [to_data(at, series, tally) for (at, series), tally in sorted(summed.items())]
                target.parent.mkdir(mode=0o700, exist_ok=True)
                _write_whole(target, "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines))
            for start in starts:
                self.path(level, start).unlink(missing_ok=True)

    def _forget(self, now: float) -> None:
        """Into the totals first: a counter that Prometheus reads must never fall."""
        through, totals = self.totals()
        for start in self.starts(QUARTERS):
            if start + QUARTERS.span + QUARTERS.kept > now:
                break
            if start >= through:
                for slot in read_segment(self.path(QUARTERS, start), QUARTERS):
                    totals.setdefault(slot.series, Tally()).merge(slot.tally)
                through = start + QUARTERS.span
                series = [to_data(0, key, tally) for key, tally in totals.items()]
                _write_whole(self._totals, json.dumps({"through": through, "series": series}))
            self.path(QUARTERS, start).unlink(missing_ok=True)


def read_segment(path: Path, level: Level) -> Iterator[Slot]:
    """A line that a full disk cut is passed over. Raises FileNotFoundError when it was folded meanwhile."""
    with path.open("rb") as file:
        for line in file:
            try:
                data: dict[str, Any] = json.loads(line)
                at, series, tally = from_data(data)
            except (ValueError, KeyError, TypeError, AttributeError):
                continue
            yield Slot(at, level.step, series, tally)


def _write_whole(path: Path, text: str) -> None:
    """By rename. Whoever holds the lock is the only one to write here."""
    beside = path.with_name(f".{path.name}")
    beside.write_text(text, "utf-8")
    os.replace(beside, path)
