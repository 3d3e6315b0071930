"""The columns beside a journal: what they say, and that they may go away at any time."""

import json
import math
import os
import random
import shutil
import threading
import tracemalloc
from pathlib import Path

import pytest

from jupyter_azml.local import metric_index
from jupyter_azml.local.metric_index import MetricIndex
from jupyter_azml.local.paths import JobPaths
from jupyter_azml.tracking import metric_points, series


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> JobPaths:
    """Small journals are taken in, and small courses have extremes kept."""
    monkeypatch.setattr(metric_index, "WORTHWHILE", 1000)
    monkeypatch.setattr(metric_index, "BLOCK", 5000)
    for module in (metric_points, series):
        monkeypatch.setattr(module, "STRETCH", 16)
        monkeypatch.setattr(module, "LONG", 1000)
    paths = JobPaths(tmp_path / "jobs" / "j")
    paths.folder.mkdir(parents=True)
    return paths


def log(paths: JobPaths, *points: tuple[int, float], key: str = "loss") -> None:
    with paths.metrics.open("a") as file:
        for step, value in points:
            line = {"key": key, "value": value, "step": step, "timestamp": 1000 + 7 * step}
            file.write(json.dumps(line) + "\n")


def course(paths: JobPaths, index: MetricIndex | None = None, most: int = 100_000, **bounds):
    given = {"start": None, "end": None, "axis": "step"} | bounds
    (found,) = (index or MetricIndex(paths)).series(["loss"], most=most, **given)
    return found


def kept_bytes(paths: JobPaths) -> int:
    return sum(file.stat().st_size for file in paths.series.glob("*.points"))


def test_what_was_taken_in_and_the_tail_are_one_course(paths):
    index, expected = MetricIndex(paths), []
    for step in range(300):
        expected.append((step, float(step % 13)))
        log(paths, expected[-1])
        if step % 7 == 0:
            found = course(paths, index)
            assert list(zip(found.x, found.values, strict=True)) == expected
    assert 0 < kept_bytes(paths) < 300 * metric_points.RECORD
    assert course(paths).values == course(paths, index).values


@pytest.mark.parametrize("axis", ["step", "time"])
@pytest.mark.parametrize("order", ["rising", "shuffled", "falling", "repeated"])
def test_a_long_course_is_reduced_to_what_a_plain_count_finds(paths, axis, order):
    steps = list(range(20_000))
    if order == "shuffled":
        random.Random(3).shuffle(steps)
    if order == "falling":
        steps.reverse()
    if order == "repeated":
        steps = [step // 3 for step in steps]
    rng = random.Random(4)
    values = [rng.gauss(0, 1) for _ in steps]
    log(paths, *zip(steps, values, strict=True))
    x = steps if axis == "step" else [1000 + 7 * step for step in steps]
    for low, high in ((None, None), (x[100], x[15_000]), (max(x) // 2, None), (None, -1)):
        inside = [
            (at, value)
            for at, value in zip(x, values, strict=True)
            if (low is None or at >= low) and (high is None or at <= high)
        ]
        found = course(paths, axis=axis, start=low, end=high, most=200)
        assert found.count == len(inside)
        assert len(found.x) <= 200
        assert set(zip(found.x, found.values, strict=True)) <= set(inside)
        if not inside:
            continue
        left, right = min(inside)[0], max(inside)[0]
        assert (found.x[0], found.x[-1]) == (left, right)
        width = (right - left) / 99
        true, seen = {}, {}
        for points, stretches in ((inside, true), (zip(found.x, found.values, strict=True), seen)):
            for at, value in points:
                stretches.setdefault(min(int((at - left) / width), 98), []).append(value)
        assert [(n, min(true[n]), max(true[n])) for n in sorted(true)] == [
            (n, min(seen[n]), max(seen[n])) for n in sorted(seen)
        ]
    assert max(course(paths, axis=axis, most=4).values) == max(values)


def test_what_is_no_number_leaves_its_mark_and_hides_no_extreme(paths):
    values = [float(step) for step in range(10_000)]
    values[5000], values[6000], values[7000] = math.nan, math.inf, -math.inf
    log(paths, *enumerate(values))
    found = course(paths, most=60)
    assert max(v for v in found.values if math.isfinite(v)) == 9999
    assert sum(not math.isfinite(v) for v in found.values) == 3
    (summary,) = MetricIndex(paths).summaries()
    assert (summary.count, summary.last, summary.min, summary.max) == (10_000, 9999, -math.inf, math.inf)


def test_clocks_that_jump_and_steps_that_were_never_given(paths):
    log(paths, (0, 1.0), (0, 2.0), (0, 3.0))
    with paths.metrics.open("a") as file:
        file.write('{"key": "loss", "value": 4, "step": 0, "timestamp": 3}\n')
    assert course(paths).x == (1, 2, 3, 4)
    assert course(paths, start=2, end=3).values == (2, 3)
    assert course(paths, axis="time").values == (4, 1, 2, 3)
    assert course(paths).last == 4


def test_lines_that_are_no_points_are_passed_over(paths):
    log(paths, (1, 1.0))
    with paths.metrics.open("ab") as file:
        file.write(b'nonsense\n[1]\n{"key": 3}\n{"key": "loss", "value": "x", "step": 1, "timestamp": 1}\n\xff\xfe\n')
        file.write(b'{"key": "loss", "value": 1, "step": ' + b"9" * 400 + b', "timestamp": 1}\n')
        # A full disk cut a line, and the next one went on behind it.
        file.write(b'{"key": "loss", "val{"key": "loss", "value": 2.0, "step": 2, "timestamp": 1}\n')
        file.write(b'{"key": "loss", "value": 3.0, "st')
    assert course(paths).values == (1, 2)


def test_several_readers_at_once_see_the_same_while_more_is_logged(paths):
    seen: list[list[float]] = []

    def read() -> None:
        index = MetricIndex(paths)
        seen.extend(list(course(paths, index).values) for _ in range(20))

    log(paths, (0, 0.0))
    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for start in range(1, 4_000, 100):
        log(paths, *((step, float(step)) for step in range(start, start + 100)))
    for thread in threads:
        thread.join()
    assert len(seen) == 80
    for values in seen:
        assert values == [float(step) for step in range(len(values))]


def test_the_cache_may_be_deleted_damaged_or_cut_at_any_time(paths):
    log(paths, *((step, float(step)) for step in range(10_000)))
    index = MetricIndex(paths)
    whole = course(paths, index, most=100)
    shutil.rmtree(paths.series)
    assert course(paths, index, most=100) == whole
    for file in paths.series.glob("*.points"):
        file.write_bytes(file.read_bytes()[:1000])
    assert course(paths, index, most=100) == whole
    (paths.series / "index.json").write_text("{")
    assert course(paths, index, most=100) == whole
    assert course(paths, MetricIndex(paths), most=100) == whole


def test_what_a_killed_writer_left_behind_the_index_is_not_counted_twice(paths):
    log(paths, *((step, float(step)) for step in range(200)))
    before = course(paths)
    for file in paths.series.glob("*.points"):
        with file.open("ab") as points:
            points.write(b"\0" * metric_points.RECORD * 50)
    log(paths, *((step, float(step)) for step in range(200, 400)))
    assert course(paths).values == (*before.values, *map(float, range(200, 400)))


def test_another_journal_of_the_same_name_is_another_course(paths):
    log(paths, *((step, float(step)) for step in range(200)))
    index = MetricIndex(paths)
    assert course(paths, index).count == 200
    paths.metrics.unlink()
    log(paths, *((step, -1.0) for step in range(300)))
    assert set(course(paths, index).values) == {-1.0}


def test_where_nothing_can_be_written_the_journal_is_read(paths):
    paths.series.parent.mkdir(parents=True)
    paths.series.write_text("in the way")
    log(paths, *((step, float(step)) for step in range(500)))
    assert course(paths).count == 500
    assert MetricIndex(paths).summaries()[0].count == 500


def test_a_journal_that_is_too_long_for_one_look_is_told_as_far_as_it_was_read(paths, monkeypatch):
    monkeypatch.setattr(metric_index, "MOST_TAIL", 2000)
    monkeypatch.setattr(metric_index, "PATIENCE", 0.0)
    log(paths, *((step, float(step)) for step in range(5_000)))
    index = MetricIndex(paths)
    index._folder.parent.mkdir(parents=True)
    index._folder.write_text("in the way")
    assert not course(paths, index).is_complete
    assert index.summaries(patience=math.inf)[0].count == 5_000
    index._folder.unlink()
    index.take_in(math.inf)
    assert (course(paths, index).count, course(paths, index).is_complete) == (5_000, True)


def test_a_digest_tells_every_course_in_few_points_and_where_it_ends(paths):
    for key in ("a", "b"):
        log(paths, *((step, float(step)) for step in range(5_000)), key=key)
    points, end = MetricIndex(paths).digest(100)
    assert end == paths.metrics.stat().st_size
    assert len(points) <= 100
    for key in ("a", "b"):
        steps = [point.step for point in points if point.key == key]
        assert (steps[0], steps[-1], steps == sorted(steps)) == (0, 4999, True)


def test_a_vast_journal_is_never_held_in_memory(tmp_path):
    paths = JobPaths(tmp_path / "jobs" / "j")
    paths.folder.mkdir(parents=True)
    log(paths, *((step, step / 2) for step in range(100)))
    # A gigabyte that is no line, and points behind it.
    os.truncate(paths.metrics, 1024**3)
    with paths.metrics.open("a") as file:
        file.write("\n")
    log(paths, (100, 50.0))
    tracemalloc.start()
    try:
        [found] = MetricIndex(paths).summaries(patience=math.inf)
        assert (found.count, found.last, found.min) == (101, 50.0, 0.0)
        assert tracemalloc.get_traced_memory()[1] < 40 * 1024**2
    finally:
        tracemalloc.stop()
