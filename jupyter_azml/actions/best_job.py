"""Which job of an experiment did best."""

import math
from typing import Literal

from ..entities import Job, JobQuery, MetricSummary, is_own_metric
from ..errors import NotFound
from ..language import _
from ..workspace import Workspace

Goal = Literal["maximize", "minimize"]


def best_job(workspace: Workspace, experiment: str, metric: str, goal: Goal = "maximize") -> Job:
    """The one whose metric reached the highest, or lowest, value of all that it logged; of equals the newest.

    As Azure ML finds the best trial of a sweep. Raises NotFound when no job logged a number under this name.
    """
    best, best_value, continuation = None, -math.inf, None
    others: set[str] = set()
    sign = 1 if goal == "maximize" else -1
    while True:
        page = workspace.jobs.list(JobQuery(experiment=experiment), limit=200, continuation=continuation)
        for listed in page.items:
            job = listed if listed.status.is_terminal else workspace.jobs.get(listed.name)
            others |= {summary.key for summary in job.metrics}
            value = sign * _reached(job, metric, goal)
            if value > best_value:
                best, best_value = job, value
        continuation = page.continuation
        if continuation is None:
            break
    if best is None:
        known = ", ".join(sorted(filter(is_own_metric, others))[:10])
        raise NotFound(
            _("No job of the experiment {experiment} has logged {metric}.", experiment=experiment, metric=metric),
            _("Its jobs have logged: {known}", known=known) if known else _("See its jobs: azml job list"),
        )
    return best


def _reached(job: Job, metric: str, goal: Goal) -> float:
    """NaN, which nothing is less or greater than, when there is none."""
    found: MetricSummary | None = next((summary for summary in job.metrics if summary.key == metric), None)
    if found is None:
        return math.nan
    return found.max if goal == "maximize" else found.min
