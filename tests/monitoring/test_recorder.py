"""What is counted, kept at bounded size, and found again: by whatever process, whichever is killed."""

import os
import random
import signal
import subprocess
import sys
import threading
from statistics import quantiles

import pytest

from jupyter_azml.monitoring import Exposition, Recorder
from jupyter_azml.monitoring.figures import metrics_of
from jupyter_azml.monitoring.histogram import RELATIVE_ERROR
from jupyter_azml.monitoring.history import History, added_up
from jupyter_azml.monitoring.segments import DAY, LEVELS, MINUTES, QUARTERS, SECONDS, SegmentFolder

NOW = 1_800_000_000.0


@pytest.fixture
def endpoints(tmp_path):
    (tmp_path / "endpoints" / "churn").mkdir(parents=True)
    return tmp_path / "endpoints"


def history_of(endpoints):
    return History(endpoints / "churn" / "metrics")


def test_quantiles_are_within_the_stated_error(endpoints):
    chance = random.Random(1)
    seconds = [chance.lognormvariate(-4, 1) for _ in range(5_000)]
    recorder = Recorder(endpoints)
    for each in seconds:
        recorder.record("churn", "blue", 200, each)
    recorder.close()
    total = metrics_of(history_of(endpoints), "churn", deployment=None, window=60).total
    cuts = quantiles(seconds, n=100, method="inclusive")
    for found, cut in ((total.latency_p50, 49), (total.latency_p95, 94), (total.latency_p99, 98)):
        assert found == pytest.approx(cuts[cut], rel=2 * RELATIVE_ERROR)
    assert total.requests == 5_000
    assert total.success_rate == 1


def test_figures_are_by_deployment_and_mirrored_requests_are_nobodys(endpoints):
    recorder = Recorder(endpoints)
    for status, deployment in ((200, "blue"), (200, "blue"), (500, "green"), (429, "green"), (401, "")):
        recorder.record("churn", deployment, status, 0.01)
    recorder.record("churn", "green", 200, 9.0, mirrored=True)
    recorder.close()
    found = metrics_of(history_of(endpoints), "churn", deployment=None, window=60)
    assert (found.total.requests, found.total.errors, found.total.statuses["401"]) == (5, 2, 1)
    assert found.total.success_rate == pytest.approx(0.4)
    assert found.deployments["blue"].requests == 2
    assert metrics_of(history_of(endpoints), "churn", deployment="green", window=60).total.requests == 3


def test_a_process_that_is_killed_loses_at_most_what_was_not_a_second_old(endpoints):
    code = f"""
import sys, time
from pathlib import Path
from jupyter_azml.monitoring import Recorder
recorder = Recorder(Path({str(endpoints)!r}))
for number in range(1000):
    recorder.record("churn", "blue", 200, 0.001)
deadline = time.monotonic() + 20
while not list(Path({str(endpoints)!r}).rglob("*.ndjson")) and time.monotonic() < deadline:
    time.sleep(0.02)
print("written", flush=True)
while True:
    recorder.record("churn", "blue", 200, 0.001)
    time.sleep(0.01)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "written\n"
        os.kill(process.pid, signal.SIGKILL)
    assert added_up(history_of(endpoints).window(3600)).requests >= 1_000


def test_several_processes_and_threads_count_every_request_once(endpoints):
    code = f"""
from pathlib import Path
from jupyter_azml.monitoring import Recorder
recorder = Recorder(Path({str(endpoints)!r}))
for number in range(3000):
    recorder.record("churn", "blue", 200, 0.001)
    if number % 100 == 0: recorder.write()
recorder.close()
"""
    others = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
    recorder = Recorder(endpoints)
    threads = [
        threading.Thread(target=lambda: [recorder.record("churn", "blue", 200, 0.1) for _ in range(2_000)])
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    recorder.close()
    assert [process.wait(60) for process in others] == [0, 0]
    assert added_up(history_of(endpoints).window(3600)).requests == 2 * 3_000 + 3 * 2_000


def fill(endpoints, since, until, every):
    recorder = Recorder(endpoints)
    at = since
    while at < until:
        recorder.record("churn", "blue", 200, 0.05)
        recorder.write(at)
        at += every
    return recorder


def test_weeks_are_kept_in_a_bounded_number_of_lines_and_nothing_is_counted_twice(endpoints):
    begin = NOW - 40 * DAY
    fill(endpoints, begin, NOW, 3600)
    folder = SegmentFolder(endpoints / "churn" / "metrics")
    folder.fold(NOW)
    lines = sum(len(path.read_bytes().splitlines()) for path in folder.folder.rglob("*.ndjson"))
    assert lines <= (QUARTERS.kept + 2 * DAY) / QUARTERS.step + (MINUTES.kept + 2 * DAY) / MINUTES.step
    history = history_of(endpoints)
    for window in (DAY, 7 * DAY, 30 * DAY):
        found = added_up(history.window(window, NOW)).requests
        assert window / 3600 <= found <= (window + QUARTERS.step) / 3600 + 1
    # What is forgotten goes on to count in what Prometheus is told.
    assert sum(tally.requests for tally in history.totals().values()) == 40 * DAY / 3600
    folder.fold(NOW + 90 * DAY)
    assert not any(folder.starts(level) for level in LEVELS)
    assert sum(tally.requests for tally in history_of(endpoints).totals().values()) == 40 * DAY / 3600


def test_folding_that_was_killed_half_way_counts_nothing_twice(endpoints):
    fill(endpoints, NOW - 2 * 3600, NOW - 3600, 10)
    folder = SegmentFolder(endpoints / "churn" / "metrics")
    before = added_up(history_of(endpoints).window(DAY, NOW)).requests
    fine = {path: path.read_bytes() for path in (folder.folder / SECONDS.name).iterdir()}
    folder.fold(NOW)
    assert folder.starts(MINUTES)
    for path, content in fine.items():
        path.write_bytes(content)  # as if it had died before it removed them
    assert added_up(history_of(endpoints).window(DAY, NOW)).requests == before
    folder.fold(NOW)
    assert added_up(history_of(endpoints).window(DAY, NOW)).requests == before


def test_a_line_that_a_full_disk_cut_is_passed_over(endpoints):
    recorder = fill(endpoints, NOW - 10, NOW, 1)
    path = SegmentFolder(endpoints / "churn" / "metrics").path(SECONDS, int(NOW) - 1)
    with path.open("a") as file:
        file.write('{"t": 18000\n[]\n{"t": 1, "d": "x"}\n')
    recorder.close()
    assert added_up(history_of(endpoints).window(60, NOW)).requests == 10


def test_what_could_not_be_written_is_written_with_what_comes_next(endpoints):
    recorder = Recorder(endpoints)
    recorder.record("churn", "blue", 200, 0.1)
    (endpoints / "churn" / "metrics").write_text("in the way")
    recorder.write(NOW)
    (endpoints / "churn" / "metrics").unlink()
    recorder.record("churn", "blue", 200, 0.1)
    recorder.write(NOW + 1)
    recorder.close()
    assert added_up(history_of(endpoints).window(60, NOW + 1)).requests == 2


def test_an_endpoint_that_is_gone_leaves_no_folder_behind(endpoints):
    recorder = Recorder(endpoints)
    recorder.record("deleted", "blue", 200, 0.1)
    recorder.close()
    assert [path.name for path in endpoints.iterdir()] == ["churn"]


def test_points_cover_the_window_without_gaps(endpoints):
    fill(endpoints, NOW - 3600, NOW - 1800, 60)
    found = metrics_of(history_of(endpoints), "churn", deployment=None, window=3600, now=NOW)
    assert 60 <= len(found.points) <= 121
    assert sum(point.requests for point in found.points) == found.total.requests == 30
    assert found.points[-1].requests == 0


def test_prometheus_is_told_counters_that_never_fall(endpoints):
    recorder = fill(endpoints, NOW - 5, NOW, 1)
    recorder.record("churn", 'a"b\\', 500, 3.0)
    recorder.write(NOW)
    (endpoints / "gateway.json").write_text("not an endpoint's")
    exposition = Exposition(endpoints)
    first = exposition.text()
    labels = 'endpoint="churn",deployment="blue",mirrored="false"'
    assert f'azml_endpoint_requests_total{{{labels},code="200"}} 5\n' in first
    assert f'azml_endpoint_request_duration_seconds_bucket{{{labels},le="0.05"}} 0\n' in first
    assert f'azml_endpoint_request_duration_seconds_bucket{{{labels},le="0.1"}} 5\n' in first
    assert f'azml_endpoint_request_duration_seconds_bucket{{{labels},le="+Inf"}} 5\n' in first
    assert 'deployment="a\\"b\\\\"' in first
    SegmentFolder(endpoints / "churn" / "metrics").fold(NOW + 90 * DAY)
    assert exposition.text() == first
