"""Several jobs at once, look by look."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ..entities import Event, Job, JobQuery, JobStatus, StatusChanged
from ..errors import JobNotFound, UsageError
from ..language import _
from ..workspace import Workspace

_ACTIVE = tuple(status for status in JobStatus if not status.is_terminal)


class JobsWatch:
    """Leaving it does nothing to the jobs."""

    def __init__(self, workspace: Workspace, names: Sequence[str]) -> None:
        """Raises JobNotFound."""
        self.workspace = workspace
        self.jobs: dict[str, Job] = {job.name: job for job in map(workspace.jobs.get, names)}
        """As they stood at the last look, by name and in the order that was asked for."""
        self._cursors = dict.fromkeys(self.jobs, "")

    @property
    def is_over(self) -> bool:
        """Whether all have ended, and everything about them was told."""
        return not self._cursors

    def look(self) -> Mapping[str, Sequence[Event]]:
        """What has happened since the last look, by job: of a long story the last output, and not every point.

        A job that was deleted meanwhile is left as it was last seen. Raises WorkspaceError.
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
            try:
                self.jobs[name] = self.workspace.jobs.get(name)
            except JobNotFound:
                self._cursors.pop(name, None)
        return told

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
