"""Courses of metrics, as every workspace that has them offers them."""

import math

import pytest

from jupyter_azml.actions.follow_job import JobStream
from jupyter_azml.errors import JobNotFound

LOGS = """
import mlflow, random
from mlflow.entities import Metric
client, run = mlflow.MlflowClient(), mlflow.start_run().info.run_id
steps = list(range(6000))
random.Random(1).shuffle(steps)
points = [Metric("loss", 99.0 if s == 4321 else -7.0 if s == 17 else s % 5, 1_000_000 + s, s) for s in steps]
points += [Metric("clock", i, 5_000 - i * 10, i) for i in range(10)]
points += [Metric("odd", v, i, i) for i, v in enumerate([1.0, float("nan"), float("inf"), float("-inf"), 2.0])]
points += [Metric("a/b: c-d", i, i, 0) for i in range(3)]
for start in range(0, len(points), 500):
    client.log_batch(run, metrics=points[start:start + 500])
"""


class Courses:
    @pytest.mark.warm
    def test_a_course_is_told_in_order_and_no_extreme_is_lost_however_it_is_reduced(self, rig, write_notebook, spec_of):
        job = rig.workspace.jobs.submit(spec_of(write_notebook(LOGS)))
        ended = JobStream(rig.workspace, job.name).wait()
        jobs = rig.workspace.jobs
        assert {metric.key: metric.count for metric in ended.metrics}["loss"] == 6000

        (loss,) = jobs.series(job.name.upper(), ["loss", "unknown"], most=100)
        assert (loss.count, loss.is_reduced, len(loss.x) <= 100) == (6000, True, True)
        assert list(loss.x) == sorted(loss.x)
        assert (loss.x[0], loss.x[-1]) == (0, 5999)
        course = dict(zip(loss.x, loss.values, strict=True))
        assert (course[4321], course[17]) == (99, -7)

        (near,) = jobs.series(job.name, ["loss"], start=4300, end=4339.5, most=100)
        assert (near.x, near.count, near.is_reduced) == (tuple(range(4300, 4340)), 40, False)
        assert near.last == loss.last

        (clock,) = jobs.series(job.name, ["clock"], axis="time")
        assert clock.values == tuple(range(9, -1, -1))
        assert clock.x[-1] == 5_000

        every = {course.key: course for course in jobs.series(job.name)}
        assert list(every) == sorted(["loss", "clock", "odd", "a/b: c-d"])
        assert math.isnan(every["odd"].values[1])
        assert every["odd"].values[2:] == (math.inf, -math.inf, 2)
        # mlflow.log_metric without a step: then the points are counted.
        assert every["a/b: c-d"].x == (1, 2, 3)
        assert jobs.series(job.name, ["unknown"]) == ()

    def test_the_courses_of_an_unknown_job_are_not_found(self, rig):
        with pytest.raises(JobNotFound, match="nobody"):
            rig.workspace.jobs.series("nobody")
