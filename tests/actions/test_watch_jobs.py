"""Several jobs at once, look by look."""

import pytest

from jupyter_azml.actions import watch_jobs
from jupyter_azml.actions.watch_jobs import JobsWatch
from tests.fakes.workspace import NOON, FakeWorkspace, make_job
from tests.widgets.test_watch_panel import LoggingJobs


@pytest.fixture
def jobs():
    return LoggingJobs([make_job("a", started=NOON)])


@pytest.fixture
def watch(jobs):
    workspace = FakeWorkspace()
    workspace.jobs = jobs
    return JobsWatch(workspace, ["a"])


def last_of(watch):
    return {metric.key: metric.last for metric in watch.jobs["a"].metrics}


def test_a_job_that_only_logs_is_read_again_when_it_is_old_and_at_once_for_a_new_metric_or_its_end(
    jobs, watch, monkeypatch
):
    monkeypatch.setattr(watch_jobs, "FRESH", 1e9)
    jobs.log("a", "loss", [2.0])
    watch.look()
    jobs.log("a", "loss", [1.0])
    assert [len(events) for events in watch.look().values()] == [1]
    assert last_of(watch) == {"loss": 2}
    jobs.log("a", "auc", [0.5])
    watch.look()
    assert last_of(watch) == {"loss": 1, "auc": 0.5}
    jobs.log("a", "loss", [0.0])
    jobs.end("a")
    watch.look()
    assert last_of(watch) == {"loss": 0, "auc": 0.5}
    assert watch.is_over


def test_what_was_put_off_is_read_though_nothing_else_happens(jobs, watch, monkeypatch):
    jobs.log("a", "loss", [2.0])
    watch.look()
    monkeypatch.setattr(watch_jobs, "FRESH", 1e9)
    jobs.log("a", "loss", [1.0])
    watch.look()
    assert watch.look() == {}
    monkeypatch.setattr(watch_jobs, "FRESH", 0.0)
    assert watch.look() == {"a": []}
    assert last_of(watch) == {"loss": 1}
    assert watch.look() == {}
