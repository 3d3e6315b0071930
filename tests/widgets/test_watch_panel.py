"""The panel and the card as the kernel has them, over jobs of a workspace in memory."""

import json
import math
import threading
import time
from datetime import timedelta

import numpy as np
import pytest

from jupyter_azml.actions.watch_jobs import JobsWatch, watch_jobs
from jupyter_azml.entities import JobStatus, MetricPoint, MetricPoints, MetricSummary, Series, advance
from jupyter_azml.errors import UsageError
from jupyter_azml.widgets import live_view, watch_panel
from jupyter_azml.widgets.job_card import JobCard
from jupyter_azml.widgets.lines import points_in
from jupyter_azml.widgets.watch_panel import WatchPanel
from tests.fakes.workspace import NOON, FakeJobs, FakeWorkspace, make_job

BEGAN = NOON.timestamp() * 1000


class LoggingJobs(FakeJobs):
    """Jobs that have logged what a test says, a point a second."""

    def __init__(self, jobs):
        super().__init__(jobs)
        self.logged = {}
        self.asked = []
        self.told = {}

    def log(self, name, key, values):
        self.logged.setdefault(name, {}).setdefault(key, []).extend(values)
        metrics = [summary_of(key, values) for key, values in self.logged[name].items()]
        self.put(self.get(name).model_copy(update={"metrics": tuple(metrics)}))

    def end(self, name, status=JobStatus.COMPLETED):
        self.put(advance(self.get(name), status, None, NOON + timedelta(minutes=1)))

    def events(self, cursors, *, brief=False):
        batch = super().events(cursors, brief=brief)
        new = [self._new_points(name) for name in cursors]
        return batch.model_copy(update={"events": (*(event for event in new if event), *batch.events)})

    def _new_points(self, name):
        told, points = self.told.setdefault(name, {}), []
        for key, values in self.logged.get(name, {}).items():
            start, told[key] = told.get(key, 0), len(values)
            for step in range(start, told[key]):
                timestamp = int(BEGAN + 1000 * step)
                points.append(MetricPoint(key=key, value=values[step], step=step, timestamp=timestamp))
        return MetricPoints(job=name, points=tuple(points)) if points else None

    def series(self, name, keys=(), *, axis="step", start=None, end=None, most=1000):
        self.asked.append((name, tuple(keys), axis, start, end))
        self.get(name)
        low, high = -math.inf if start is None else start, math.inf if end is None else end
        found = []
        for key in keys:
            values = self.logged.get(name, {}).get(key, [])
            points = [(step if axis == "step" else BEGAN + 1000 * step, value) for step, value in enumerate(values)]
            inside = [(x, value) for x, value in points if low <= x <= high]
            if values:
                x, y = zip(*inside, strict=True) if inside else ((), ())
                found.append(Series(key=key, axis=axis, x=x, values=y, count=len(inside), last=values[-1]))
        return tuple(found)


class StepsOfTheirOwn(LoggingJobs):
    """Each point with a step that the test chooses; of points that all have one step, their order is the x."""

    def log_at(self, name, key, points):
        steps = self.told.setdefault((name, key), [])
        steps += [step for step, _value in points]
        self.log(name, key, [value for _step, value in points])

    def _new_points(self, name):
        event = super()._new_points(name)
        points = [
            point.model_copy(update={"step": self.told[name, point.key][point.step]})
            for point in (event.points if event else ())
        ]
        return MetricPoints(job=name, points=tuple(points)) if points else None

    def series(self, name, keys=(), **bounds):
        found = []
        for series in super().series(name, keys):
            steps = self.told[name, series.key]
            is_counted = len(steps) > 1 and len(set(steps)) == 1
            x = range(1, len(steps) + 1) if is_counted else steps
            low = -math.inf if bounds.get("start") is None else bounds["start"]
            inside = sorted((at, value) for at, value in zip(x, series.values, strict=True) if at >= low)
            x, values = zip(*inside, strict=True) if inside else ((), ())
            found.append(series.model_copy(update={"x": x, "values": values, "count": len(x)}))
        return tuple(found)


def summary_of(key, values):
    numbers = [value for value in values if math.isfinite(value)] or [math.nan]
    return MetricSummary(
        key=key, last=values[-1], min=min(numbers), max=max(numbers), count=len(values), step=len(values) - 1
    )


@pytest.fixture
def jobs():
    return LoggingJobs([make_job(name, started=NOON, parameters={"lr": i}) for i, name in enumerate("abc")])


@pytest.fixture
def memory(jobs):
    workspace = FakeWorkspace()
    workspace.jobs = jobs
    return workspace


@pytest.fixture
def panel(memory):
    made = WatchPanel(JobsWatch(memory, ["a", "b", "c"]))
    yield made
    made.close()


def until(is_so):
    """Polls: the views follow in a thread of their own."""
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def line_of(panel, job="a", key="loss", curves=None):
    """As the page has it: what came last as a whole, and what came since."""
    x, y = points_in((curves or panel.curves)["lines"][job][key])
    more = since(panel).get((job, key), ([], [])) if curves is None else ([], [])
    return x.tolist() + more[0], y.tolist() + more[1]


def since(panel):
    news, at, found = panel.news, 0, {}
    if news["revision"] == panel.curves["revision"]:
        numbers = np.frombuffer(news["points"]).tolist()
        for job, key, count in news["parts"]:
            found[job, key] = (numbers[at : at + count], numbers[at + count : at + 2 * count])
            at += 2 * count
    return found


def test_curves_move_as_jobs_log_and_rest_when_all_have_ended(panel, jobs):
    assert panel.live
    jobs.log("a", "loss", [3.0, 2.0])
    until(lambda: panel.curves["lines"].get("a"))
    assert line_of(panel) == ([0, 1], [3, 2])
    jobs.log("a", "loss", [1.0])
    until(lambda: line_of(panel) == ([0, 1, 2], [3, 2, 1]))
    for name in "abc":
        jobs.end(name)
    until(lambda: not panel.live)
    assert [job["status"] for job in panel.jobs] == ["Completed"] * 3
    until(lambda: not any(thread.name == "azml-watch" for thread in threading.enumerate()))


def test_last_values_are_told_seldom_and_told_though_nothing_more_happens(panel, jobs, monkeypatch):
    def last():
        return [metric["last"] for metric in panel.jobs[0]["metrics"]]

    monkeypatch.setattr(watch_panel, "JOBS_PAUSE", math.inf)
    jobs.log("a", "loss", [3.0])  # a new metric is told at once
    until(lambda: last() == [3])
    jobs.log("a", "loss", [2.0])
    until(lambda: line_of(panel) == ([0, 1], [3, 2]) and panel.is_behind)
    assert last() == [3]
    monkeypatch.setattr(watch_panel, "JOBS_PAUSE", 0.0)
    until(lambda: last() == [2])


def test_every_axis_has_its_own_x(panel, jobs):
    jobs.log("a", "loss", [3.0, 2.0, 1.0, 0.0])
    jobs.log("a", "epoch", [0, 0, 1, 1])
    expected = {
        "step": [0, 1, 2, 3],
        "relative": [0, 1, 2, 3],
        "wall": [BEGAN / 1000 + each for each in range(4)],
        "epoch": [0, 0, 1, 1],
    }
    for axis, x in expected.items():
        panel.view = {"axis": axis, "keys": ["loss"]}
        until(lambda axis=axis: panel.curves["axis"] == axis and panel.curves["lines"].get("a"))
        assert line_of(panel) == (x, [3, 2, 1, 0])


def test_a_zoom_brings_the_points_of_the_range_and_the_whole_stays(panel, jobs):
    jobs.log("a", "loss", [float(each) for each in range(10)])
    until(lambda: panel.curves["lines"].get("a"))
    panel.view = {"axis": "relative", "zoom": [2, 4]}
    until(lambda: panel.detail.get("zoom") == [2, 4])
    assert line_of(panel, curves=panel.detail)[0] == [2, 3, 4]
    assert jobs.asked[-1][2:] == ("time", BEGAN + 2000, BEGAN + 4000)
    assert len(line_of(panel)[0]) == 10
    panel.view = {}
    until(lambda: panel.detail == {})


def test_a_zoom_after_the_end_is_still_answered(memory, jobs):
    jobs.log("a", "loss", [1.0, 2.0, 3.0])
    jobs.end("a")
    panel = WatchPanel(JobsWatch(memory, ["a"]))
    assert (panel.live, line_of(panel)[0]) == (False, [0, 1, 2])
    panel.view = {"zoom": [1, 2]}
    until(lambda: panel.detail.get("zoom") == [1, 2])
    assert line_of(panel, curves=panel.detail)[0] == [1, 2]
    until(lambda: panel._thread is None)


@pytest.mark.parametrize(
    "view", [{"axis": ["step"]}, {"axis": "no"}, {"zoom": "all"}, {"zoom": [2, 1]}, {"zoom": [None, 3]}, {"keys": 3}]
)
def test_what_no_page_of_ours_would_send_changes_nothing(panel, jobs, view):
    jobs.log("a", "loss", [1.0, 2.0])
    until(lambda: panel.curves["lines"].get("a"))
    panel.view = view
    jobs.log("a", "loss", [3.0])
    until(lambda: len(line_of(panel)[0]) == 3)
    assert (panel.problem, panel.detail) == ("", {})


def test_only_what_is_looked_at_is_read(panel, jobs):
    for key in ("loss", "accuracy", "system/cpu", "f1", "auc", "recall"):
        jobs.log("a", key, [1.0, 2.0])
    until(lambda: panel.curves["keys"] == ["accuracy", "auc", "f1", "loss"])
    panel.view = {"keys": ["recall"]}
    until(lambda: panel.curves["keys"] == ["recall"])
    assert list(panel.curves["lines"]["a"]) == ["recall"]
    jobs.asked.clear()
    jobs.log("b", "recall", [1.0])
    until(lambda: panel.curves["lines"]["b"])
    assert {name for name, *_rest in jobs.asked} == {"b"}


def test_a_hidden_panel_looks_rarely_and_at_once_when_it_is_seen_again(panel, jobs, monkeypatch):
    monkeypatch.setattr(live_view, "HIDDEN_PAUSE", 60)
    panel.seen = 0
    jobs.log("a", "loss", [1.0])
    until(lambda: panel._pause(0) == 60)
    panel.seen = 1.0
    jobs.log("b", "loss", [1.0])
    until(lambda: panel.curves["lines"].get("b"))
    assert panel._pause(0) == live_view.SHORTEST_PAUSE
    assert panel._pause(1.0) == live_view.SHARE


def test_a_closed_panel_stops(panel, jobs):
    thread = panel._thread
    panel.close()
    thread.join(20)
    assert not thread.is_alive()


def test_a_job_that_is_deleted_stays_as_it_was_last_seen(panel, jobs):
    jobs.log("a", "loss", [1.0])
    until(lambda: panel.curves["lines"].get("a"))
    jobs.delete("a")
    jobs.log("b", "loss", [1.0])
    until(lambda: panel.curves["lines"].get("b"))
    assert [job["name"] for job in panel.jobs] == ["a", "b", "c"]
    assert panel.problem == ""
    assert panel._bundle()[0]["text/html"].count("<tr>") == 4


def test_what_is_saved_is_small_says_the_end_and_is_safe(memory, jobs):
    evil = "<script>alert('é')</script>" + "x" * 10_000
    jobs.put(make_job("d", display_name=evil, started=NOON, parameters={"<b>": evil}))
    for number in range(10):
        jobs.log("d", f"metric $ {number} {evil}", [float(each) for each in range(5000)])
    jobs.log("d", "_odd", [math.nan, math.inf, 1.0])
    jobs.end("d", JobStatus.FAILED)
    data, _metadata = WatchPanel(JobsWatch(memory, ["d"]))._bundle()
    assert "Failed" in data["text/html"]
    assert "<script>" not in data["text/html"]
    assert data["image/png"].startswith("iVBOR")
    saved = data["application/vnd.azml.view+json"]
    assert json.loads(json.dumps(saved, allow_nan=False)) == saved
    assert saved["jobs"][0]["status"] == "Failed"


def test_fifty_jobs_share_the_points_of_a_chart(memory, jobs):
    names = [f"job{number}" for number in range(50)]
    for name in names:
        jobs.put(make_job(name, started=NOON))
        jobs.log(name, "loss", [1.0] * 5)
        jobs.end(name)
    panel = WatchPanel(JobsWatch(memory, names))
    assert panel._question(1000).most == 100
    saved = json.dumps(panel._bundle()[0])
    assert len(saved) < 600_000


def test_points_are_told_in_full_when_asked_for(panel, jobs, monkeypatch):
    jobs.log("a", "loss", [1.0])
    until(lambda: panel.curves["lines"].get("a"))
    sent = []
    monkeypatch.setattr(panel, "send", lambda content, buffers: sent.append((content, buffers)))
    monkeypatch.setattr(
        "jupyter_azml.widgets.watch_panel.metric_history",
        lambda _workspace, name, keys: [MetricPoint(key=keys[0], value=math.nan, step=7, timestamp=8)],
    )
    panel._answer(panel, {"ask": "points"}, [])
    until(lambda: sent)
    assert sent[0][0] == {"answer": "points"}
    assert json.loads(sent[0][1][0])[0] == ["a", "loss", 7, 8, "nan"]


def test_a_card_shows_one_job_and_cancels_it(memory, jobs):
    jobs.log("a", "loss", [2.0, 1.0])
    card = JobCard(memory, "a")
    assert (card.job["name"], card.live) == ("a", True)
    assert np.frombuffer(card.series["loss"]["y"]).tolist() == [2, 1]
    card.cancel += 1
    until(lambda: card.job["status"] == "CancelRequested")
    jobs.end("a", JobStatus.CANCELED)
    until(lambda: card.job["status"] == "Canceled" and not card.live)
    assert "Canceled" in card._bundle()[0]["text/html"]
    card.close()


def test_the_newest_active_jobs_are_watched_else_the_newest(memory, jobs):
    assert list(watch_jobs(memory, [], None, 2).jobs) == ["a", "b"]
    jobs.end("a")
    assert list(watch_jobs(memory, [], None, 10).jobs) == ["b", "c"]
    jobs.end("b")
    jobs.end("c")
    assert list(watch_jobs(memory, [], None, 10).jobs) == ["a", "b", "c"]
    with pytest.raises(UsageError, match="no job to watch"):
        watch_jobs(FakeWorkspace(), [], None, 10)
