"""What happened to one job since a cursor: its states from the database, the rest from its journals."""

import sqlite3
from datetime import datetime
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
    journalled = [_event(job.name, line) for line in lines]
    if points:
        # Before the cells: the reader of "cell 4 ended" has then seen what cell 4 logged.
        journalled.insert(0, MetricPoints(job=job.name, points=tuple(MetricPoint(**point) for point in points)))

    more = more_events or more_metrics
    told = [state for state in states if not (more and _is_end(state))]
    events: list[Event] = [*(_state(job.name, state) for state in told if not _is_end(state)), *journalled]
    events += [_state(job.name, state) for state in told if _is_end(state)]
    waiting = str(job.reason.values.get("position", "")) if job.reason and job.status is JobStatus.QUEUED else ""
    if job.status is JobStatus.QUEUED and (told or waiting != cursor.waiting):
        events = [StatusChanged(job=job.name, status=job.status, reason=job.reason)]
    state = told[-1]["seq"] if told else cursor.state
    return events, str(Cursor(state, waiting, events_end, metrics_end))


def _is_end(state: sqlite3.Row) -> bool:
    return JobStatus(state["status"]).is_terminal


def _state(job: str, state: sqlite3.Row) -> StatusChanged:
    reason = Reason.model_validate_json(state["reason"]) if state["reason"] else None
    return StatusChanged(job=job, status=JobStatus(state["status"]), reason=reason)


def _event(job: str, line: dict[str, Any]) -> Event:
    fields = {**line, "job": job, "at": datetime.fromisoformat(line["at"])}
    return CellChanged(**fields) if line["event"] == "CellChanged" else LogLines(**fields)
