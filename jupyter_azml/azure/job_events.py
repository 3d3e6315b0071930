"""What happened to jobs in Azure since a cursor: their states, what stands in their logs by now, their new metrics."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from ..arm.runs import status_of
from ..entities import CommandSpec, Event, EventBatch, Job, JobStatus, MetricPoints, Reason, StatusChanged
from .client import ArmClient
from .job_facts import JobFacts, log_address, reason, waits
from .metrics import RunMetrics
from .run_log import LogState, events_in, read_log

_MOST_LOOKS = 8
"""At one log, in one call: of as much as it reads at once each."""


@dataclass
class Seen:
    """What a cursor stands for."""

    status: str = ""
    has_ended: bool = False
    log: LogState = field(default_factory=LogState)
    points: dict[str, int] = field(default_factory=dict)
    """How many of each metric were told."""
    marks: dict[str, list[float]] = field(default_factory=dict)
    """The last of each, by which a new one shows."""

    @classmethod
    def parse(cls, cursor: str) -> "Seen":
        """What is no cursor of ours begins anew."""
        with suppress(ValueError, TypeError, KeyError):
            found = json.loads(cursor)
            log = LogState(**found["log"])
            return cls(found["status"], found["has_ended"], log, dict(found["points"]), dict(found["marks"]))
        return cls()

    def __str__(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))


class JobEvents:
    def __init__(self, client: ArmClient, facts: JobFacts, metrics: RunMetrics) -> None:
        self._client = client
        self._facts = facts
        self._metrics = metrics

    def since(self, cursors: Mapping[str, str], jobs: Mapping[str, Job]) -> EventBatch:
        """``jobs``: as ARM tells them, by the names in the cursors; those whose end was told are not needed."""
        events: list[Event] = []
        following = {}
        for name, cursor in cursors.items():
            seen = Seen.parse(cursor)
            if not seen.has_ended:
                events += self._told(jobs[name], seen)
            following[name] = str(seen)
        return EventBatch(events=tuple(events), cursors=following)

    def _told(self, job: Job, seen: Seen) -> list[Event]:
        details = self._facts.details(job.name)
        status = status_of(details) or job.status
        told: list[Event] = []
        if status is not JobStatus.RUNNING and details.get("startTimeUtc") and not _has_run(seen.status):
            # It ran between two looks.
            told.append(StatusChanged(job=job.name, status=JobStatus.RUNNING))
        elif not status.is_terminal and status != seen.status:
            why = job.reason if job.status is status and job.reason else self._waits(job, status)
            told.append(StatusChanged(job=job.name, status=status, reason=why))
        lines, more = self._log(job, details, status, seen)
        told += [*lines, *self._points(job.name, seen)]
        if status.is_terminal and not more:
            known = job.reason if job.status is status else None
            why = known or reason(job.spec, status, details, seen.log)
            told.append(StatusChanged(job=job.name, status=status, reason=why))
            seen.has_ended = True
        seen.status = status.value
        return told

    def _log(self, job: Job, details: dict[str, Any], status: JobStatus, seen: Seen) -> tuple[list[Event], bool]:
        address, is_notebook = log_address(details), not isinstance(job.spec, CommandSpec)
        if not address:
            return [], False
        told, more = self._read(job.name, address, status, seen.log, is_notebook)
        if is_notebook and status.is_terminal and not more and not seen.log.has_begun:
            # What went wrong before the notebook was reached stands where else nobody looks.
            seen.log = LogState(has_begun=True)
            told, more = self._read(job.name, address, status, seen.log, is_notebook)
        return told, more

    def _read(
        self, job: str, address: str, status: JobStatus, state: LogState, is_notebook: bool
    ) -> tuple[list[Event], bool]:
        told: list[Event] = []
        more = True
        for _look in range(_MOST_LOOKS):
            try:
                text, more = read_log(self._client, address, state, whole=status.is_terminal)
            except PermissionError:
                # The address was for an hour, say, and the look began before its end.
                address = log_address(self._facts.details(job))
                continue
            told += events_in(job, text, state, is_notebook=is_notebook)
            if not more:
                break
        return told, more

    def _points(self, job: str, seen: Seen) -> list[Event]:
        found: list[Event] = []
        for key, last in self._metrics.latest(job).items():
            if seen.marks.get(key) == list(last):
                continue
            points = self._metrics.history(job, key)
            if new := tuple(points[seen.points.get(key, 0) :]):
                found.append(MetricPoints(job=job, points=new))
            seen.points[key] = len(points)
            seen.marks[key] = list(last)
        return found

    def _waits(self, job: Job, status: JobStatus) -> Reason | None:
        with suppress(KeyError):
            return waits(job.model_copy(update={"status": status}))
        return Reason.of("CancelRequested") if status is JobStatus.CANCEL_REQUESTED else None


def _has_run(status: str) -> bool:
    return status in (JobStatus.RUNNING, JobStatus.FINALIZING, JobStatus.CANCEL_REQUESTED)
