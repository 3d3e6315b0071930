"""Several jobs side by side: their curves, parameters and last values, live while the kernel lives."""

import json
import math
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

import traitlets

from ..actions.metric_history import metric_history
from ..actions.watch_jobs import JobsWatch
from ..entities import Event, Job
from ..errors import AzmlError
from .growth import Growth
from .lines import Lines, Question, as_text, drawn_metrics, lines_of, question_in
from .live_view import STATIC, LiveView
from .saved import picture, table_html

POINTS = 3_000
"""In one chart, all its lines together; a line has never fewer than ``FEWEST``."""
FEWEST, MOST = 100, 1000
SAVED_POINTS = 12_000
"""In an output, all charts together."""
LONGEST_EXPORT = 2_000_000
"""Points."""
_SHOWN = {"name", "display_name", "experiment", "status", "reason", "created", "started", "ended", "progress"}
_SHOWN |= {"parameters", "metrics", "type"}

DETAIL_PAUSE = 1.0
"""Seconds: what is zoomed into changes seldom."""
JOBS_PAUSE = 1.0
"""Seconds: last values of metrics, in a table, are not read faster."""


class WatchPanel(LiveView):
    _kind = "watch"
    _esm = STATIC / "watch.js"
    _css = STATIC / "watch.css"
    jobs: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    curves = traitlets.Dict().tag(sync=True)
    """``keys``, ``axis``, ``zoom`` (None) and ``lines``: which question these are the answer to, and the lines; with
    the ``revision`` that ``news`` adds to."""
    news = traitlets.Dict().tag(sync=True)
    """What the lines of ``curves`` have to be carried on by: see ``Growth.since``."""
    detail = traitlets.Dict().tag(sync=True)
    """The same of the range that is zoomed into; empty without one."""
    view = traitlets.Dict().tag(sync=True)
    """What the page shows: ``keys`` (None until chosen), ``axis``, ``zoom`` and what only the page cares about."""

    def __init__(self, watch: JobsWatch) -> None:
        self._growth = Growth(watch.workspace)
        self._detailed_at = self._listed_at = -math.inf
        self._stood: list[tuple[Any, ...]] = []
        self._dumped: dict[str, tuple[Job, dict[str, Any]]] = {}
        super().__init__(watch)
        if not self.jobs:
            self.take(dict.fromkeys(watch.jobs, ()), is_asked=False)
        self.observe(lambda _change: self.go_on(), "view")
        self.on_msg(self._answer)

    def take(self, told: Mapping[str, Sequence[Event]], *, is_asked: bool) -> None:
        jobs = list(self.watch.jobs.values())
        self._list(jobs)
        asked, growth = self._question(MOST), self._growth
        whole = asked._replace(zoom=None)
        growth.follow(self.watch.jobs, told, whole)
        if growth.revision != self.curves.get("revision"):
            self.curves = {**_answer_to(whole, dict(growth.lines)), "revision": growth.revision}
        self.news = growth.since()
        if not asked.zoom:
            self.detail = {}
        elif is_asked or self.watch.is_over or time.monotonic() - self._detailed_at > DETAIL_PAUSE:
            self._detailed_at = time.monotonic()
            self.detail = _answer_to(
                asked, {job.name: lines_of(self.watch.workspace, job, asked) for job in jobs if job.metrics}
            )

    def saved_state(self) -> dict[str, Any]:
        lines = {name: as_text(lines) for name, lines in self._saved_lines().items()}
        view = {name: value for name, value in self.view.items() if name != "zoom"}
        return {"jobs": self.jobs, "curves": {**self.curves, "lines": lines}, "view": view}

    def saved_html(self) -> str:
        return table_html(list(self.watch.jobs.values()))

    def saved_picture(self) -> bytes | None:
        return picture(list(self.watch.jobs.values()), self._saved_lines(), self._question(FEWEST).axis)

    def _list(self, jobs: Sequence[Job]) -> None:
        """At once where a job has moved on; where it only has measured again, seldom."""
        stand = [(job.status, job.reason, job.progress, job.parameters, len(job.metrics)) for job in jobs]
        is_due = time.monotonic() - self._listed_at >= JOBS_PAUSE
        self.is_behind = not (is_due or self.watch.is_over or stand != self._stood)
        if not self.is_behind:
            self._stood, self._listed_at = stand, time.monotonic()
            self.jobs = [self._shown(job) for job in jobs]

    def _shown(self, job: Job) -> dict[str, Any]:
        """The same object as long as the job is the same one: most are, most of the time."""
        known, shown = self._dumped.get(job.name, (None, {}))
        if known is not job:
            shown = json.loads(job.model_dump_json(include=_SHOWN))
            self._dumped[job.name] = (job, shown)
        return shown

    def _question(self, most: int) -> Question:
        """As many points to a line as the number of lines leaves it."""
        jobs = list(self.watch.jobs.values())
        chosen = self.view.get("keys")
        keys = [str(key) for key in chosen] if isinstance(chosen, list) else drawn_metrics(jobs)
        return question_in(self.view, keys, min(most, max(FEWEST, POINTS // max(1, len(jobs)))))

    def _saved_lines(self) -> Lines:
        asked = self._question(MOST)._replace(zoom=None)
        number = max(1, len(asked.keys) * len(self.watch.jobs))
        few = asked._replace(most=max(20, min(300, SAVED_POINTS // number)))
        try:
            return {name: lines_of(self.watch.workspace, job, few) for name, job in self.watch.jobs.items()}
        except AzmlError:  # a job was deleted: then what was drawn of it has to do
            return self._growth.lines

    def _answer(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """A page asks for every point of what it draws; what it has itself may be reduced."""
        if isinstance(content, dict) and content.get("ask") == "points":
            threading.Thread(target=self._send_points, name="azml-points", daemon=True).start()

    def _send_points(self) -> None:
        keys, rows = set(self._question(MOST).keys), []
        try:
            for name in self.watch.jobs:
                for point in metric_history(self.watch.workspace, name, tuple(keys)):
                    rows.append([name, point.key, point.step, point.timestamp, repr(point.value)])
                    if len(rows) >= LONGEST_EXPORT:
                        break
        except AzmlError as error:
            self.problem = f"{error.message} {error.hint}".strip()
        self.send({"answer": "points"}, buffers=[json.dumps(rows).encode()])


def _answer_to(asked: Question, lines: Lines) -> dict[str, Any]:
    return {"keys": list(asked.keys), "axis": asked.axis, "zoom": asked.zoom and list(asked.zoom), "lines": lines}
