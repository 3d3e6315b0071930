"""A job under its cell: live while the kernel lives, and still the last truth when the notebook is opened again."""

from collections.abc import Mapping, Sequence
from typing import Any

import traitlets

from ..actions.watch_jobs import JobsWatch
from ..entities import CellChanged, Event, Job, LogLines
from ..workspace import Workspace
from .lines import Line, Question, as_text, drawn_metrics, lines_of
from .live_view import STATIC, LiveView
from .saved import picture, table_html

LONGEST_LOG = 4000
MOST_POINTS = 400
SAVED_POINTS = 100
MOST_METRICS = 12


class JobCard(LiveView):
    _kind = "card"
    _esm = STATIC / "widget.js"
    _css = STATIC / "widget.css"
    job = traitlets.Dict().tag(sync=True)
    cells = traitlets.Dict().tag(sync=True)
    log = traitlets.Unicode("").tag(sync=True)
    series = traitlets.Dict().tag(sync=True)
    """The curve of each metric."""
    cancel = traitlets.Int(0).tag(sync=True)
    """Counts the presses of the button."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        """Raises JobNotFound."""
        watch = JobsWatch(workspace, [name])
        (self._name,) = watch.jobs
        super().__init__(watch, job=watch.jobs[self._name].to_data())
        self.observe(lambda _change: workspace.jobs.cancel(self._name), "cancel")

    def take(self, told: Mapping[str, Sequence[Event]], *, is_asked: bool) -> None:
        log = self.log
        for event in told.get(self._name, ()):
            match event:
                case CellChanged():
                    self.cells = {"cell": event.cell, "cells": event.cells, "title": event.title}
                case LogLines():
                    log = (log + event.text)[-LONGEST_LOG:]
        self.log = log
        self.series = self._lines(MOST_POINTS)
        self.job = self._job.to_data()

    def saved_state(self) -> dict[str, Any]:
        series = as_text(self._lines(SAVED_POINTS))
        return {"job": self.job, "cells": self.cells, "log": self.log, "series": series}

    def saved_html(self) -> str:
        return table_html([self._job])

    def saved_picture(self) -> bytes | None:
        return picture([self._job], {self._name: self._lines(SAVED_POINTS)}, "step")

    @property
    def _job(self) -> Job:
        return self.watch.jobs[self._name]

    def _lines(self, most: int) -> dict[str, Line]:
        return lines_of(self.watch.workspace, self._job, Question(drawn_metrics([self._job], MOST_METRICS), most=most))
