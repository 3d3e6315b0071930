"""Experiments of an Azure ML workspace: the names that its newest jobs carry. ARM has no list of its own."""

from collections import Counter
from datetime import datetime

from ..entities import Experiment, JobQuery, Page
from ..workspace import ExperimentsOperations, JobsOperations

_MOST = 500
"""Jobs that are looked at."""


class AzureExperiments(ExperimentsOperations):
    def __init__(self, jobs: JobsOperations) -> None:
        self._jobs = jobs

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Experiment]:
        counts: Counter[str] = Counter()
        last: dict[str, datetime] = {}
        page = self._jobs.list(JobQuery(archived="all"), limit=_MOST)
        for job in page.items:
            counts[job.experiment] += 1
            last.setdefault(job.experiment, job.created)  # the newest comes first
        start = int(continuation) if continuation and continuation.isdecimal() else 0
        names = list(last)
        items = tuple(
            Experiment(name=name, jobs=counts[name], last_created=last[name]) for name in names[start : start + limit]
        )
        return Page[Experiment](items=items, continuation=str(start + limit) if len(names) > start + limit else None)
