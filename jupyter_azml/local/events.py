"""What happened to one job since a cursor: its states from the database, the rest from its journals."""

import sqlite3
from collections import deque
from datetime import datetime
from math import inf
from typing import Any

from ..entities import CellChanged, Event, Job, JobStatus, LogLines, MetricPoint, MetricPoints, Reason, StatusChanged
from .cursor import Cursor
from .paths import JobPaths
from .tail import read_from


def read_events(
    connection: sqlite3.Connection, row: sqlite3.Row, job: Job, paths: JobPaths, text: str
) -> tuple[list[Event], str]:
    """Bounded; the end of a job is told last, after everything its journals hold."""
    cursor = Cursor.parse(text)
    states = connection.execute(
        "SELECT seq, status, reason FROM job_states WHERE job = ? AND seq > ? ORDER BY seq", (row["id"], cursor.state)
    ).fetchall()
    lines, events_end, more_events = read_from(paths.events, cursor.events)
    points, metrics_end, more_metrics = read_from(paths.metrics, cursor.metrics)
    journalled = _in_order_of_time(job.name, lines, points)
    more = more_events or more_metrics
    told = [state for state in states if not (more and _is_end(state))]
    events: list[Event] = [*(_state(job, state) for state in told if not _is_end(state)), *journalled]
    events += [_state(job, state) for state in told if _is_end(state)]
    waiting = str(job.reason.values.get("position", "")) if job.reason and job.status is JobStatus.QUEUED else ""
    if waiting != cursor.waiting and job.status is JobStatus.QUEUED and not told:
        events.append(StatusChanged(job=job.name, status=job.status, reason=job.reason))
    state = told[-1]["seq"] if told else cursor.state
    return events, str(Cursor(state, waiting, events_end, metrics_end))


def _in_order_of_time(job: str, lines: list[dict[str, Any]], points: list[dict[str, Any]]) -> list[Event]:
    """Two journals as one story: what a cell logged stands before the end of that cell."""
    told: list[Event] = []
    waiting = deque(MetricPoint(**point) for point in points)
    for line in lines:
        event = _event(job, line)
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


def _state(job: Job, state: sqlite3.Row) -> StatusChanged:
    status = JobStatus(state["status"])
    reason = Reason.model_validate_json(state["reason"]) if state["reason"] else None
    # Why a job waits is not written down, since it changes with the queue; why it came back to the queue is.
    is_waiting = status is JobStatus.QUEUED and job.status is JobStatus.QUEUED
    return StatusChanged(job=job.name, status=status, reason=reason or (job.reason if is_waiting else None))


def _event(job: str, line: dict[str, Any]) -> CellChanged | LogLines:
    fields = {**line, "job": job, "at": datetime.fromisoformat(line["at"])}
    return CellChanged(**fields) if line["event"] == "CellChanged" else LogLines(**fields)
