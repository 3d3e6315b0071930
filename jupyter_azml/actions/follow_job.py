"""Following a job until it ends."""

import time
from collections.abc import Iterator

from ..entities import Event, Job, StatusChanged
from ..workspace import Workspace

PAUSE = 0.1


class JobStream:
    """The events of one job as they happen, from its beginning. Leaving the stream does nothing to the job."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        self._workspace = workspace
        self.name = workspace.jobs.get(name).name

    def __iter__(self) -> Iterator[Event]:
        cursor = ""
        while True:
            batch = self._workspace.jobs.events({self.name: cursor})
            cursor = batch.cursors[self.name]
            yield from batch.events
            if any(isinstance(event, StatusChanged) and event.status.is_terminal for event in batch.events):
                return
            if not batch.events:
                time.sleep(PAUSE)

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
