"""The curves of a job as a page draws them: x and y as buffers, over the axis that it asks for."""

import base64
import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..entities import EPOCH, Job, MetricPoint, Series, is_own_metric
from ..workspace import Workspace

AXES = ("step", "relative", "wall", EPOCH)
_WHOLE = 10_000
"""Points of that metric that are read at most."""

Line = dict[str, Any]
"""``x`` and ``y`` as bytes of 64-bit floats, ``count`` and ``reduced``."""
Lines = dict[str, dict[str, Line]]
"""By job, then by metric."""


class Question(NamedTuple):
    keys: tuple[str, ...] = ()
    axis: str = "step"
    zoom: tuple[float, float] | None = None
    """On the axis: steps, seconds since the job began, seconds since 1970, or epochs."""
    most: int = 600


def question_in(view: Mapping[str, Any], keys: Sequence[str], most: int) -> Question:
    """What a page asks for. What no page of ours would send is left out of account."""
    axis, zoom = view.get("axis"), view.get("zoom")
    return Question(
        keys=tuple(keys),
        axis=axis if isinstance(axis, str) and axis in AXES else "step",
        zoom=_range_in(zoom) if isinstance(zoom, list) else None,
        most=most,
    )


def _range_in(zoom: list[Any]) -> tuple[float, float] | None:
    match zoom:
        case [int() | float() as low, int() | float() as high] if low < high:
            return low, high
    return None


def lines_of(workspace: Workspace, job: Job, asked: Question) -> dict[str, Line]:
    """Raises JobNotFound, WorkspaceError."""
    keys = [key for key in asked.keys if any(metric.key == key for metric in job.metrics)]
    if not keys:
        return {}
    if asked.axis == EPOCH:
        return _over_epochs(workspace, job, keys, asked)
    if asked.axis == "step":
        start, end = asked.zoom or (None, None)
        found = workspace.jobs.series(job.name, keys, start=start, end=end, most=asked.most)
        return {series.key: _line(series, np.array(series.x)) for series in found}
    began = _beginning(job, asked.axis)
    start, end = ((began + bound) * 1000 for bound in asked.zoom) if asked.zoom else (None, None)
    found = workspace.jobs.series(job.name, keys, axis="time", start=start, end=end, most=asked.most)
    return {series.key: _line(series, np.array(series.x) / 1000 - began) for series in found}


def x_of(point: MetricPoint, job: Job, axis: str) -> float:
    """Where a point stands, on any axis but that of epochs."""
    return float(point.step) if axis == "step" else point.timestamp / 1000 - _beginning(job, axis)


def _beginning(job: Job, axis: str) -> float:
    return 0.0 if axis == "wall" else (job.started or job.created).timestamp()


def _over_epochs(workspace: Workspace, job: Job, keys: Sequence[str], asked: Question) -> dict[str, Line]:
    """A step between two that say their epoch is between these, too. Empty for a job that logs no epochs."""
    known = workspace.jobs.series(job.name, [EPOCH], most=_WHOLE)
    values = np.array(known[0].values) if known else np.empty(0)
    finite = np.isfinite(values)
    if not finite.any():
        return {}
    steps, epochs = np.array(known[0].x)[finite], np.maximum.accumulate(values[finite])
    start = end = None
    if asked.zoom:
        inside = np.flatnonzero((epochs >= asked.zoom[0]) & (epochs <= asked.zoom[1]))
        if not len(inside):
            return {}
        # One step more on either side, so that the line goes up to the frame.
        start, end = float(steps[max(inside[0] - 1, 0)]), float(steps[min(inside[-1] + 1, len(steps) - 1)])
    found = workspace.jobs.series(job.name, keys, start=start, end=end, most=asked.most)
    return {series.key: _line(series, np.interp(series.x, steps, epochs)) for series in found}


def _line(series: Series, x: Any) -> Line:
    return {
        "x": np.ascontiguousarray(x, dtype="<f8").tobytes(),
        "y": np.array(series.values, dtype="<f8").tobytes(),
        "count": series.count,
        "reduced": series.is_reduced,
    }


def points_in(line: Line) -> tuple[Any, Any]:
    """x and y as arrays."""
    return np.frombuffer(line["x"], dtype="<f8"), np.frombuffer(line["y"], dtype="<f8")


def as_text(lines: Mapping[str, Line]) -> dict[str, Line]:
    """The same for JSON: buffers as base64."""
    return {
        key: {**line, **{name: base64.b64encode(line[name]).decode() for name in ("x", "y")}}
        for key, line in lines.items()
    }


def drawn_metrics(jobs: Sequence[Job], most: int = 4) -> tuple[str, ...]:
    """Those that are drawn until somebody chooses: what most jobs measured, before what they took of the machine."""
    counts: dict[str, int] = {}
    for job in jobs:
        for metric in job.metrics:
            if metric.key != EPOCH and not (metric.count == 1 and math.isnan(metric.last)):
                counts[metric.key] = counts.get(metric.key, 0) + 1
    order = sorted(counts, key=lambda key: (not is_own_metric(key), -counts[key], key))
    own = list(filter(is_own_metric, order))
    return tuple((own or order)[:most])
