"""The points of a job's metrics as columns on disk, so that a long journal is parsed once.

``cache/series/JOB/`` holds ``index.json`` (how far the journal is taken in, and each metric's course so far) and the
files of ``metric_points.py``, numbered by the metrics' order. It is a cache: whoever reads a long journal carries it
on, one at a time, and it may be deleted at any moment. What is not taken in yet, the tail, is kept in memory.
"""

import json
import math
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

from ..entities import Axis, MetricPoint, MetricSummary, Series
from ..tracking.lines import read_block
from ..tracking.metric_columns import Columns, Course, columns_in
from .files import read_json, write_whole
from .locks import FileLock
from .paths import JobPaths

if TYPE_CHECKING:
    from ..tracking.series import Line

WORTHWHILE = 1024 * 1024
"""Bytes of journal that are taken in; fewer are parsed in ten milliseconds."""
BLOCK = 4 * WORTHWHILE
MOST_TAIL = 16 * WORTHWHILE
"""Bytes of journal held in memory, where another one is at it or the cache cannot be written: a full disk."""
PATIENCE = 2.0
"""Seconds that a reader spends on a journal that nobody took in; then it answers with what it has."""

Answer = TypeVar("Answer")


@dataclass
class Kept:
    """What ``index.json`` says."""

    journal: str = ""
    """Which one."""
    offset: int = 0
    courses: dict[str, Course] = field(default_factory=dict)


class MetricIndex:
    """Of one job. Threads may share it."""

    def __init__(self, paths: JobPaths) -> None:
        self._journal = paths.metrics
        self._folder = paths.series
        self._index = paths.series / "index.json"
        self._lock = threading.RLock()
        self._seen: tuple[int, ...] = ()
        self._kept = Kept()
        self._end = 0
        self._tail: dict[str, Columns] = {}
        self._courses: dict[str, Course] = {}

    def size(self) -> int:
        """Bytes of the journal."""
        try:
            return self._journal.stat().st_size
        except FileNotFoundError:
            return 0

    def take_in(self, patience: float = PATIENCE) -> None:
        """Carries the files on when that is worth while, for so many seconds."""
        with self._lock:
            behind = self._refresh() - self._kept.offset
            if behind >= WORTHWHILE:
                # What another one is taking in is waited for only when it is too much to hold.
                self._write(patience, patience if behind > MOST_TAIL else 0)

    def summaries(self, *, patience: float = PATIENCE) -> tuple[MetricSummary, ...]:
        """Last, lowest and highest of each metric."""
        with self._lock:
            self._read(patience)
            courses = self._to_the_end() if patience == math.inf else self._courses
            return tuple(courses[key].summary(key) for key in sorted(courses))

    def series(
        self, keys: Sequence[str], axis: Axis, start: float | None, end: float | None, most: int
    ) -> tuple[Series, ...]:
        """As in the port. The order is that of ``keys``, or of the alphabet."""

        def one(key: str, line: "Line", is_complete: bool) -> Series:
            count, (x, rows) = line.between(start, end, most)
            return Series(
                key=key,
                axis=axis,
                x=tuple(x.tolist()),
                values=tuple(rows[:, 2].tolist()),
                count=count,
                last=self._courses[key].newest[2],
                is_reduced=len(x) < count,
                is_complete=is_complete,
            )

        with self._lock:
            return self._of_each(keys, axis, one)

    def digest(self, most: int) -> tuple[list[MetricPoint], int]:
        """Every course in the order of arrival, ``most`` points in all, and the offset up to which they reach."""

        def one(key: str, line: "Line", _is_complete: bool) -> list[MetricPoint]:
            _count, (_x, rows) = line.between(None, None, most // len(self._courses))
            return [
                MetricPoint(key=key, value=value, step=int(step), timestamp=int(time))
                for step, time, value in rows.tolist()
            ]

        with self._lock:
            found = self._of_each((), None, one)
            return [point for points in found for point in points], self._end

    def _of_each(
        self, keys: Sequence[str], axis: Axis | None, ask: "Callable[[str, Line, bool], Answer]"
    ) -> tuple[Answer, ...]:
        # numpy takes as long to import as --help may take.
        from ..tracking.metric_points import PointFiles
        from ..tracking.series import Line

        def lines() -> Iterator[Answer]:
            is_complete = self._read(PATIENCE)
            numbers = {key: number for number, key in enumerate(self._courses)}
            for key in dict.fromkeys(keys or sorted(self._courses)):
                if course := self._courses.get(key):
                    files = PointFiles(self._folder, numbers[key])
                    yield ask(key, Line(course, files, self._tail.get(key, Columns()), axis), is_complete)

        try:
            return tuple(lines())
        except OSError:
            # A file of the cache is not what it was: from the journal, then.
            self._index.unlink(missing_ok=True)
            return tuple(lines())

    def _read(self, patience: float) -> bool:
        """Everything up to the journal's end, unless that takes too long: then False."""
        self.take_in(patience)
        size, more = self._refresh(), True
        while more and self._end - self._kept.offset < MOST_TAIL:
            block, self._end, more = read_block(self._journal, self._end, BLOCK)
            for key, columns in columns_in(block).items():
                self._tail.setdefault(key, Columns()).extend(columns)
                self._courses.setdefault(key, Course()).extend(columns)
        return not more or self._end >= size

    def _to_the_end(self) -> dict[str, Course]:
        """Of a journal that is too long to hold and cannot be taken in."""
        courses, offset, more = self._courses, self._end, True
        while more:
            block, offset, more = read_block(self._journal, offset, BLOCK)
            found = columns_in(block)
            courses = courses | {key: replace(courses.get(key, Course())) for key in found}
            for key, columns in found.items():
                courses[key].extend(columns)
        return courses

    def _refresh(self) -> int:
        """Sees what others have taken in. Returns the journal's size."""
        try:
            journal = self._journal.stat()
            identity = self._identity(journal.st_ino)
        except FileNotFoundError:
            self._begin(Kept())
            return 0
        kept = self._load()
        if kept.journal != identity or kept.offset > journal.st_size:
            kept = Kept(identity)
        if (kept.journal, kept.offset) != (self._kept.journal, self._kept.offset) or self._end > journal.st_size:
            self._begin(kept)
        return journal.st_size

    def _identity(self, inode: int) -> str:
        """Another file of the same name is another journal, even where it has the same inode."""
        with self._journal.open("rb") as file:
            return f"{inode}-{crc32(file.read(200))}"

    def _begin(self, kept: Kept) -> None:
        self._kept = kept
        self._end = kept.offset
        self._tail = {}
        self._courses = {key: replace(course) for key, course in kept.courses.items()}

    def _load(self) -> Kept:
        try:
            status = self._index.stat()
        except OSError:
            self._seen = ()
            return Kept()
        seen = (status.st_ino, status.st_mtime_ns, status.st_size)
        if seen == self._seen:
            return self._kept
        self._seen = seen
        found = read_json(self._index) or {}
        with suppress(TypeError, ValueError, AttributeError):
            courses = {key: Course(**course) for key, course in found.pop("courses", {}).items()}
            return Kept(**found, courses=courses)
        return Kept()

    def _write(self, seconds: float, patience: float) -> None:
        """Nothing, when another one is at it or the cache cannot be written."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock.take(self._folder / "lock", patience)
            if lock is None:
                return
            try:
                self._refresh()
                self._carry_on(time.monotonic() + seconds)
            finally:
                lock.release()

    def _carry_on(self, deadline: float) -> None:
        from ..tracking.metric_points import PointFiles

        courses = {key: replace(course) for key, course in self._kept.courses.items()}
        files = {key: PointFiles(self._folder, number) for number, key in enumerate(courses)}
        offset, more = self._kept.offset, True
        while more and time.monotonic() < deadline:
            block, offset, more = read_block(self._journal, offset, BLOCK)
            for key, columns in columns_in(block).items():
                course = courses.setdefault(key, Course())
                written = files.setdefault(key, PointFiles(self._folder, len(files)))
                written.append(course.count, columns)
                course.extend(columns)
                written.extend_extremes(course.count)
        known = {key: vars(course) for key, course in courses.items()}
        write_whole(self._index, json.dumps({"journal": self._kept.journal, "offset": offset, "courses": known}))
        self._refresh()
