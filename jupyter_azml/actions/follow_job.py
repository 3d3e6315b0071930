"""Following a job until it ends."""

import time
from collections.abc import Iterator

from ..entities import Event, Job, StatusChanged
from ..workspace import Workspace


class JobStream:
    """The events of one job as they happen, from its beginning. Leaving the stream does nothing to the job."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        self._workspace = workspace
        self.name = workspace.jobs.get(name).name

    def __iter__(self) -> Iterator[Event]:
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[tuple[Event, ...]]:
        """The same, as many at a time as have happened; never an empty one."""
        cursor, ended = "", False
        while not ended:
            batch = self._workspace.jobs.events({self.name: cursor})
            cursor = batch.cursors[self.name]
            if batch.events:
                yield batch.events
            else:
                time.sleep(self._workspace.jobs.pause)
            ended = any(isinstance(event, StatusChanged) and event.status.is_terminal for event in batch.events)

    def job(self) -> Job:
        """As it stands now, with its metrics."""
        return self._workspace.jobs.get(self.name)

    def cancel(self) -> Job:
        return self._workspace.jobs.cancel(self.name)

    def wait(self) -> Job:
        """Blocks until the job has ended."""
        for _event in self:
            pass
        return self.job()
