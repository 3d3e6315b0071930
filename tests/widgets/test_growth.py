"""What pages are sent of curves that grow: the whole seldom, what came since often, and together every point once."""

import random

import numpy as np
import pytest

from jupyter_azml.actions.watch_jobs import JobsWatch
from jupyter_azml.widgets import growth
from jupyter_azml.widgets.growth import Growth
from jupyter_azml.widgets.lines import Question, points_in
from tests.fakes.workspace import NOON, FakeWorkspace, make_job
from tests.widgets.test_watch_panel import LoggingJobs, StepsOfTheirOwn


def followed(jobs):
    workspace = FakeWorkspace()
    workspace.jobs = jobs
    watch = JobsWatch(workspace, list(jobs.held))
    grown = Growth(workspace)

    def look(keys=("loss",), axis="step"):
        grown.follow(watch.jobs, watch.look(), Question(tuple(keys), axis, most=10_000))
        return grown

    return look


def curve(grown, job="a", key="loss"):
    x, y = points_in(grown.lines[job][key])
    news, at = grown.since(), 0
    numbers = np.frombuffer(news["points"])
    for name, metric, count in news["parts"]:
        if (name, metric) == (job, key):
            x = np.concatenate([x, numbers[at : at + count]])
            y = np.concatenate([y, numbers[at + count : at + 2 * count]])
        at += 2 * count
    return list(zip(x.tolist(), y.tolist(), strict=True))


def test_what_comes_since_is_told_without_reading_the_whole_again():
    jobs = LoggingJobs([make_job("a", started=NOON)])
    look = followed(jobs)
    jobs.log("a", "loss", [3.0, 2.0])
    grown = look()
    revision, jobs.asked = grown.revision, []
    jobs.log("a", "loss", [1.0])
    assert curve(look()) == [(0, 3), (1, 2), (2, 1)]
    assert (grown.revision, jobs.asked, grown.since()["parts"]) == (revision, [], [["a", "loss", 1]])


@pytest.mark.parametrize("axis", ["step", "relative", "wall"])
@pytest.mark.parametrize("seed", range(4))
def test_every_point_is_there_once_however_looks_and_logging_alternate(monkeypatch, axis, seed):
    chance = random.Random(seed)
    monkeypatch.setattr(growth, "MOST_SINCE", 25)
    jobs = LoggingJobs([make_job(name, started=NOON) for name in "abc"])
    look = followed(jobs)
    first = 0.0 if axis != "wall" else NOON.timestamp()
    for _turn in range(60):
        for _log in range(chance.randrange(4)):
            values = [chance.random() for _point in range(chance.randrange(1, 5))]
            jobs.log(chance.choice("abc"), chance.choice(["loss", "auc"]), values)
        grown = look(("loss", "auc"), axis)
        for job, metrics in jobs.logged.items():
            for key, values in metrics.items():
                assert curve(grown, job, key) == [(first + x, value) for x, value in enumerate(values)]


def test_points_that_the_whole_had_already_are_not_told_twice():
    jobs = LoggingJobs([make_job("a", started=NOON)])
    look = followed(jobs)
    jobs.log("a", "loss", [3.0])
    look()
    # Logged after the look and before the whole was read: the next look tells of it once more.
    jobs.log("a", "loss", [2.0])
    look(("loss", "auc"))
    jobs.told["a"]["loss"] = 1
    jobs.log("a", "loss", [1.0])
    assert curve(look(("loss", "auc"))) == [(0, 3), (1, 2), (2, 1)]


def test_a_metric_that_is_logged_without_steps_is_counted():
    jobs = StepsOfTheirOwn([make_job("a", started=NOON)])
    look = followed(jobs)
    for count in range(1, 8):
        jobs.log_at("a", "loss", [(0, float(count))])
        grown = look()
    assert curve(grown) == [(n, n) for n in range(1, 8)]


def test_a_point_that_comes_late_is_there_when_the_whole_is_read_again(monkeypatch):
    jobs = StepsOfTheirOwn([make_job("a", started=NOON)])
    look = followed(jobs)
    jobs.log_at("a", "loss", [(0, 0.0), (1, 1.0)])
    look()
    jobs.log_at("a", "loss", [(5, 5.0), (3, 3.0)])
    assert curve(look()) == [(0, 0), (1, 1), (5, 5)]
    monkeypatch.setattr(growth, "AFTER_LATE", 0.0)
    jobs.log_at("a", "loss", [(6, 6.0)])
    assert curve(look()) == [(0, 0), (1, 1), (3, 3), (5, 5), (6, 6)]


def test_over_epochs_it_is_asked_where_new_points_stand():
    jobs = LoggingJobs([make_job("a", started=NOON)])
    look = followed(jobs)
    jobs.log("a", "epoch", [0.0, 1.0])
    jobs.log("a", "loss", [3.0, 2.0])
    look(axis="epoch")
    jobs.log("a", "epoch", [2.0])
    jobs.log("a", "loss", [1.0])
    assert curve(look(axis="epoch")) == [(0, 3), (1, 2), (2, 1)]


def test_the_whole_of_many_jobs_is_read_again_a_few_at_a_look(monkeypatch):
    monkeypatch.setattr(growth, "SECONDS_OF_A_LOOK", 0.0)
    monkeypatch.setattr(growth, "MOST_SINCE", 2)
    jobs = LoggingJobs([make_job(name, started=NOON) for name in "abcd"])
    look = followed(jobs)
    for name in "abc":
        jobs.log(name, "loss", [0.0, 1.0])
    revision, reads = look().revision, []
    for turn in range(2, 8):
        for name in "abc":
            jobs.log(name, "loss", [float(turn)])
        jobs.asked = []
        grown = look()
        reads.append((len(jobs.asked), grown.revision - revision))
        for name in "abc":
            assert curve(grown, name) == [(x, x) for x in range(turn + 1)]
    assert reads == [(1, 0), (1, 0), (1, 1), (1, 1), (1, 1), (1, 2)]


def test_a_job_that_was_deleted_is_shown_as_it_was_and_holds_up_no_other(monkeypatch):
    jobs = LoggingJobs([make_job(name, started=NOON) for name in "ab"])
    look = followed(jobs)
    for name in "ab":
        jobs.log(name, "loss", [0.0])
    look()
    for name in "ab":
        jobs.log(name, "loss", [1.0])
    look()
    del jobs.held["a"]
    monkeypatch.setattr(growth, "MOST_SINCE", 1)
    grown = look()
    assert curve(grown, "a")[:1] == [(0, 0)]
    assert curve(grown, "b") == [(0, 0), (1, 1)]
