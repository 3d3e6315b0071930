"""A job under its cell: live while the kernel lives, and still the last truth when the notebook is opened again."""

import html
import pathlib
import threading
from typing import Any

import anywidget
import traitlets

from ..actions.follow_job import JobStream
from ..entities import CellChanged, JobStatus, LogLines, MetricPoints
from ..language import _
from ..settings import language

_STATIC = pathlib.Path(__file__).parent.parent / "static"
LONGEST_LOG = 4000
MOST_POINTS = 2000


class JobCard(anywidget.AnyWidget):
    _esm = _STATIC / "widget.js"
    _css = _STATIC / "widget.css"
    job = traitlets.Dict().tag(sync=True)
    cells = traitlets.Dict().tag(sync=True)
    log = traitlets.Unicode("").tag(sync=True)
    series = traitlets.Dict().tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    cancel = traitlets.Int(0).tag(sync=True)

    def __init__(self, stream: JobStream) -> None:
        job = stream.job()
        super().__init__(job=job.to_data(), labels=_labels())
        self._stream = stream
        self.observe(lambda _change: stream.cancel(), "cancel")
        threading.Thread(target=self.follow, name=f"azml-card-{job.name}", daemon=True).start()

    def follow(self) -> None:
        """Until the job ends. A batch of events becomes one change of each trait: the page draws once."""
        series: dict[str, dict[str, list[float]]] = {}
        for batch in self._stream.batches():
            for event in batch:
                match event:
                    case CellChanged():
                        self.cells = {"cell": event.cell, "cells": event.cells, "title": event.title}
                    case LogLines():
                        self.log = (self.log + event.text)[-LONGEST_LOG:]
                    case MetricPoints():
                        for point in event.points:
                            line = series.setdefault(point.key, {"steps": [], "values": []})
                            line["steps"] = [*line["steps"], point.step][-MOST_POINTS:]
                            line["values"] = [*line["values"], point.to_data()["value"]][-MOST_POINTS:]
            if series:
                self.series = {key: dict(line) for key, line in series.items()}
            self.job = self._stream.job().to_data()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data is not None:
            # What GitHub and nbviewer show, where no widget runs.
            data["text/html"] = self._static()
        return bundle

    def _static(self) -> str:
        job = self.job
        metrics = "".join(
            f"<tr><td>{html.escape(metric['key'])}</td><td>{html.escape(str(metric['last']))}</td></tr>"
            for metric in job["metrics"]
        )
        reason = html.escape((job.get("reason") or {}).get("message", ""))
        return (
            f"<div><b>{html.escape(job['display_name'])}</b> · {html.escape(job['status'])} · "
            f"<code>{html.escape(job['name'])}</code><br>{reason}<table>{metrics}</table></div>"
        )


def _labels() -> dict[str, str]:
    words = {status.value: _(status.value) for status in JobStatus}
    return {
        **words,
        "locale": language(),
        "cancel": _("Cancel"),
        "cell": _("cell {k} of {n}"),
        "log": _("Log"),
        "metric": _("{key}: last value {value}"),
        "step": _("step"),
    }
