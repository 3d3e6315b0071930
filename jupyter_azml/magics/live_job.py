"""What ``%azml run`` gives back: a job that can be asked, waited for, canceled, and that shows itself live."""

from typing import Any

from ..actions.follow_job import JobStream
from ..entities import Job
from ..workspace import Workspace


class LiveJob:
    """Has the attributes of the entity ``Job``, as they stand when asked: ``job.status``, ``job.metrics``, …"""

    def __init__(self, workspace: Workspace, name: str) -> None:
        self._workspace = workspace
        self.name = name
        self._is_shown = False

    def wait(self) -> Job:
        """Blocks until the job has ended."""
        return self.stream().wait()

    def cancel(self) -> Job:
        return self._workspace.jobs.cancel(self.name)

    def stream(self) -> JobStream:
        return JobStream(self._workspace, self.name)

    def show(self) -> None:
        """The live card, now; the display that follows, when a cell ends with this job, is left out."""
        self._ipython_display_()
        self._is_shown = True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in Job.model_fields:
            raise AttributeError(name)
        return getattr(self._workspace.jobs.get(self.name), name)

    def __repr__(self) -> str:
        job = self._workspace.jobs.get(self.name)
        reason = f" - {job.reason.message}" if job.reason else ""
        return f"<Job {job.name} {job.status}{reason}>"

    def _ipython_display_(self) -> None:
        from IPython import get_ipython
        from IPython.display import display

        if self._is_shown:
            self._is_shown = False
            return
        if not hasattr(get_ipython(), "kernel"):
            print(repr(self))  # plain IPython in a terminal: nothing there draws a card
            return
        from ..widgets.job_card import JobCard

        display(JobCard(self.stream()))
