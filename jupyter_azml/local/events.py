"""What happened to one job since a cursor: its states from the database, the rest from its journals."""

import sqlite3
from collections import deque
from datetime import datetime
from math import inf
from typing import Any, NamedTuple

from ..entities import CellChanged, Event, JobStatus, LogLines, MetricPoint, MetricPoints, Reason, StatusChanged
from ..tracking.lines import read_block
from ..tracking.metric_columns import points_in
from .cursor import Cursor
from .metric_index import MetricIndex
from .paths import JobPaths
from .skim import LONG, skim
from .tail import read_from

MOST_POINTS = 10_000
"""In all, that a brief answer tells of long courses."""


class Told(NamedTuple):
    events: list[Event]
    cursor: str


def read_events(
    connection: sqlite3.Connection,
    row: sqlite3.Row,
    waits: Reason | None,
    paths: JobPaths,
    cursor: Cursor,
    index: MetricIndex | None,
) -> Told:
    """Bounded; the end of a job is told last, after everything its journals hold.

    ``waits``: why, for a job in the queue. With an ``index`` the answer is brief.
    """
    job, status = row["name"], JobStatus(row["status"])
    states = connection.execute(
        "SELECT seq, status, reason FROM job_states WHERE job = ? AND seq > ? ORDER BY seq", (row["id"], cursor.state)
    ).fetchall()
    lines, events_end, more_events = (skim if index else read_from)(paths.events, cursor.events)
    whole, points, metrics_end, more_metrics = _points(job, paths, cursor.metrics, index)
    more = more_events or more_metrics
    told = [state for state in states if not (more and _is_end(state))]
    events: list[Event] = [_state(job, state, waits) for state in told if not _is_end(state)]
    events += whole + _in_order_of_time(job, lines, points)
    events += [_state(job, state, waits) for state in told if _is_end(state)]
    waiting = str(waits.values.get("position", "")) if waits else ""
    if waiting != cursor.waiting and status is JobStatus.QUEUED and not told:
        events.append(StatusChanged(job=job, status=status, reason=waits))
    state = told[-1]["seq"] if told else cursor.state
    return Told(events, str(Cursor(state, waiting, events_end, metrics_end)))


def _points(
    job: str, paths: JobPaths, offset: int, index: MetricIndex | None
) -> tuple[list[Event], list[MetricPoint], int, bool]:
    """All of them as one event, or those since; the offset behind them, and whether there are more."""
    if index and index.size() - offset > LONG:
        points, end = index.digest(MOST_POINTS)
        return [MetricPoints(job=job, points=tuple(points), is_whole=True)], [], end, end < index.size()
    block, end, more = read_block(paths.metrics, offset)
    since = [MetricPoint(key=key, value=value, step=step, timestamp=at) for key, value, step, at in points_in(block)]
    return [], since, end, more


def _in_order_of_time(job: str, lines: list[dict[str, Any]], points: list[MetricPoint]) -> list[Event]:
    """Two journals as one story: what a cell logged stands before the end of that cell."""
    told: list[Event] = []
    waiting = deque(points)
    for line in lines:
        event = _event(job, line)
        if event is None:
            continue
        told += _points_until(event.at.timestamp() * 1000, job, waiting)
        told.append(event)
    return told + _points_until(inf, job, waiting)


def _points_until(milliseconds: float, job: str, waiting: deque[MetricPoint]) -> list[MetricPoints]:
    past = []
    while waiting and waiting[0].timestamp <= milliseconds:
        past.append(waiting.popleft())
    return [MetricPoints(job=job, points=tuple(past))] if past else []


def _is_end(state: sqlite3.Row) -> bool:
    return JobStatus(state["status"]).is_terminal


def _state(job: str, state: sqlite3.Row, waits: Reason | None) -> StatusChanged:
    status = JobStatus(state["status"])
    reason = Reason.model_validate_json(state["reason"]) if state["reason"] else None
    # Why a job waits is not written down, since it changes with the queue; why it came back to the queue is.
    return StatusChanged(job=job, status=status, reason=reason or (waits if status is JobStatus.QUEUED else None))


def _event(job: str, line: dict[str, Any]) -> CellChanged | LogLines | None:
    """None for a line that is none of ours, or was damaged."""
    try:
        fields = {**line, "job": job, "at": datetime.fromisoformat(line["at"])}
        return CellChanged(**fields) if line["event"] == "CellChanged" else LogLines(**fields)
    except (KeyError, TypeError, ValueError):
        return None
