"""Several jobs at once, look by look."""

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ..entities import CellChanged, Event, Job, JobQuery, JobStatus, MetricPoints, StatusChanged
from ..errors import JobNotFound, UsageError
from ..language import _
from ..workspace import Workspace

FRESH = 1.0
"""Seconds: a job that only prints and logs known metrics is read again no sooner."""
_ACTIVE = tuple(status for status in JobStatus if not status.is_terminal)


class JobsWatch:
    """Leaving it does nothing to the jobs."""

    def __init__(self, workspace: Workspace, names: Sequence[str]) -> None:
        """Raises JobNotFound."""
        self.workspace = workspace
        self.jobs: dict[str, Job] = {job.name: job for job in map(workspace.jobs.get, names)}
        """As they stood at the last look, by name and in the order that was asked for; last values of metrics may be
        a second older."""
        self._cursors = dict.fromkeys(self.jobs, "")
        self._read_at = dict.fromkeys(self.jobs, time.monotonic())
        self._stale: set[str] = set()

    @property
    def is_over(self) -> bool:
        """Whether all have ended, and everything about them was told."""
        return not self._cursors

    def look(self) -> Mapping[str, Sequence[Event]]:
        """What has happened since the last look, by job: of a long story the last output, and not every point.

        A job whose metrics were read again is there without events. One that was deleted meanwhile is left as it was
        last seen. Raises WorkspaceError.
        """
        told: dict[str, list[Event]] = defaultdict(list)
        if self.is_over:
            return told
        try:
            batch = self.workspace.jobs.events(self._cursors, brief=True)
        except JobNotFound:
            self._forget_deleted()
            return self.look()
        for event in batch.events:
            told[event.job].append(event)
        for name, events in told.items():
            self._cursors[name] = batch.cursors[name]
            if any(isinstance(event, StatusChanged) and event.status.is_terminal for event in events):
                del self._cursors[name]
            self._stale.add(name)
            if self._is_news(name, events):
                self._read(name)
        for name in [name for name in self._stale if time.monotonic() - self._read_at[name] >= FRESH]:
            self._read(name)
            told.setdefault(name, [])
        return told

    def _is_news(self, name: str, events: Sequence[Event]) -> bool:
        known = {metric.key for metric in self.jobs[name].metrics}
        return any(
            isinstance(event, StatusChanged | CellChanged)
            or (isinstance(event, MetricPoints) and any(point.key not in known for point in event.points))
            for event in events
        )

    def _read(self, name: str) -> None:
        self._stale.discard(name)
        self._read_at[name] = time.monotonic()
        try:
            self.jobs[name] = self.workspace.jobs.get(name)
        except JobNotFound:
            self._cursors.pop(name, None)

    def _forget_deleted(self) -> None:
        for name in list(self._cursors):
            try:
                self.workspace.jobs.get(name)
            except JobNotFound:
                del self._cursors[name]


def watch_jobs(workspace: Workspace, names: Sequence[str], query: JobQuery | None, limit: int) -> JobsWatch:
    """Those named; else those that the query finds; else the newest that have not ended, or if there is none, have.

    Raises JobNotFound, and UsageError when there is nothing to watch.
    """
    if names and query:
        raise UsageError(
            _("Name the jobs, or say what they are like; not both."), _("For example: azml watch --experiment churn")
        )
    if names:
        return JobsWatch(workspace, names)
    found = workspace.jobs.list(query or JobQuery(statuses=_ACTIVE), limit=limit).items
    if not found and query is None:
        found = workspace.jobs.list(limit=limit).items
    if not found:
        raise UsageError(_("There is no job to watch."), _("See which there are: azml job list --all"))
    return JobsWatch(workspace, [job.name for job in found])
