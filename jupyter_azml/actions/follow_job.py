"""Following a job until it ends."""

import time
from collections.abc import Iterator

from ..entities import Event, Job, StatusChanged
from ..errors import JobFailed
from ..language import _
from ..workspace import Workspace


class JobStream:
    """The events of one job as they happen, from its beginning. Leaving the stream does nothing to the job."""

    shows_all = False
    """Whoever shows it in a terminal shows all that is printed, and not the last lines alone."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        self.workspace = workspace
        self.name = workspace.jobs.get(name).name

    def __iter__(self) -> Iterator[Event]:
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[tuple[Event, ...]]:
        """The same, as many at a time as have happened; never an empty one."""
        cursor, ended = "", False
        while not ended:
            batch = self.workspace.jobs.events({self.name: cursor})
            cursor = batch.cursors[self.name]
            if batch.events:
                yield batch.events
            else:
                time.sleep(self.workspace.jobs.pause)
            ended = any(isinstance(event, StatusChanged) and event.status.is_terminal for event in batch.events)

    def job(self) -> Job:
        """As it stands now, with its metrics."""
        return self.workspace.jobs.get(self.name)

    def cancel(self) -> Job:
        return self.workspace.jobs.cancel(self.name)

    def wait(self) -> Job:
        """Blocks until the job has ended."""
        for _event in self:
            pass
        return self.job()


def failure_of(job: Job) -> JobFailed:
    reason = job.reason.message if job.reason else str(job.status)
    return JobFailed(
        _("The job {name} ended as {status}: {reason}", name=job.name, status=job.status, reason=reason),
        _("See its notebook: %azml job show {name}", name=job.name),
    )
