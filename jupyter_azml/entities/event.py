"""What a stream of a job carries."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from .base import Entity
from .job import JobStatus
from .reason import Reason


class StatusChanged(Entity):
    event: Literal["StatusChanged"] = "StatusChanged"
    job: str
    status: JobStatus
    reason: Reason | None = None


class CellState(StrEnum):
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"


class CellChanged(Entity):
    event: Literal["CellChanged"] = "CellChanged"
    job: str
    at: datetime
    cell: int
    """Counted from 1 over the cells that run code, as in ``Progress``."""
    cells: int
    state: CellState
    title: str = ""
    """First line of the cell's source that says something."""
    seconds: float | None = None
    """How long it took, once it ended."""


class LogLines(Entity):
    event: Literal["LogLines"] = "LogLines"
    job: str
    at: datetime
    cell: int
    stream: Literal["stdout", "stderr", "error"]
    text: str


class MetricPoint(Entity):
    key: str
    value: float
    step: int
    timestamp: int
    """Milliseconds since the epoch, as in MLflow."""


class MetricPoints(Entity):
    event: Literal["MetricPoints"] = "MetricPoints"
    job: str
    points: tuple[MetricPoint, ...]
    is_whole: bool = False
    """These stand for all that was logged so far, reduced; what was told before is to be forgotten."""


Event = Annotated[StatusChanged | CellChanged | LogLines | MetricPoints, Field(discriminator="event")]


class EventBatch(Entity):
    """What happened since the cursors that were handed in, and the cursors to hand in next."""

    events: tuple[Event, ...]
    cursors: dict[str, str]
    """Opaque, one per job. A reader can keep one, leave, come back and miss nothing."""
