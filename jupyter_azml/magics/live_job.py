"""What ``%azml run`` gives back: a job that can be asked, waited for, canceled, and that shows itself live."""

from typing import Any

from ..actions.cell_result import result_of
from ..actions.follow_job import JobStream
from ..actions.metric_history import metric_history
from ..entities import Job
from ..language import _
from ..workspace import Workspace


class LiveJob:
    """Has the attributes of the entity ``Job``, as they stand when asked: ``job.status``, ``job.reason``, …"""

    def __init__(self, workspace: Workspace, name: str) -> None:
        self._workspace = workspace
        self.name = name
        self._is_shown = False

    def wait(self) -> Job:
        """Blocks until the job has ended."""
        return self.stream().wait()

    def result(self, name: str | None = None) -> Any:
        """What a cell's job has bound: waits, and loads it. One value, or all of them by name.

        Raises the error that the cell raised, where it did.
        """
        return result_of(self._workspace, self.name, name)

    def metrics(self, *keys: str) -> Any:
        """Every point that was logged by now, as a DataFrame: key, step, time and value; of all metrics by default."""
        import pandas

        points = [
            (point.key, point.step, point.timestamp, point.value)
            for point in metric_history(self._workspace, self.name, keys)
        ]
        frame = pandas.DataFrame(points, columns=["key", "step", "time", "value"])
        return frame.assign(time=pandas.to_datetime(frame["time"], unit="ms", utc=True, errors="coerce"))

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

        display(JobCard(self._workspace, self.name))


class LeftRunning(KeyboardInterrupt):
    """The wait was interrupted, and not the job."""

    def __init__(self, name: str) -> None:
        super().__init__(_("The job {name} goes on.", name=name))
        self.name = name

    def _render_traceback_(self) -> list[str]:
        return [
            f"KeyboardInterrupt: {self}",
            _("Follow it: %azml job stream {name}. End it: %azml job cancel {name}", name=self.name),
        ]


def wait_for(stream: JobStream) -> Job:
    """Blocks until the job has ended. Raises LeftRunning when the user does not wait for it."""
    try:
        return stream.wait()
    except KeyboardInterrupt:
        raise LeftRunning(stream.name) from None
