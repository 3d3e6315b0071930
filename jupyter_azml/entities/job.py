"""A job, its states and the one door through which they change."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import JsonValue

from .base import Entity
from .reason import Reason


class JobStatus(StrEnum):
    """Spelled as the service spells them (azure-ai-ml, ``_run_history_constants.JobStatus``)."""

    NOT_STARTED = "NotStarted"
    QUEUED = "Queued"
    PREPARING = "Preparing"
    PROVISIONING = "Provisioning"
    STARTING = "Starting"
    RUNNING = "Running"
    FINALIZING = "Finalizing"
    CANCEL_REQUESTED = "CancelRequested"
    COMPLETED = "Completed"
    FAILED = "Failed"
    CANCELED = "Canceled"
    NOT_RESPONDING = "NotResponding"
    PAUSED = "Paused"

    @property
    def is_terminal(self) -> bool:
        return not TRANSITIONS[self]


_S = JobStatus
_ENDS = {_S.FAILED, _S.CANCELED}
_STOPPABLE = {*_ENDS, _S.CANCEL_REQUESTED}
TRANSITIONS: dict[JobStatus, frozenset[JobStatus]] = {
    _S.NOT_STARTED: frozenset({_S.QUEUED, *_STOPPABLE}),
    _S.QUEUED: frozenset({_S.PREPARING, _S.PROVISIONING, _S.STARTING, _S.RUNNING, _S.PAUSED, *_STOPPABLE}),
    _S.PREPARING: frozenset({_S.QUEUED, _S.PROVISIONING, _S.STARTING, _S.RUNNING, *_STOPPABLE}),
    _S.PROVISIONING: frozenset({_S.QUEUED, _S.PREPARING, _S.STARTING, _S.RUNNING, *_STOPPABLE}),
    _S.STARTING: frozenset({_S.RUNNING, _S.FINALIZING, _S.COMPLETED, _S.QUEUED, *_STOPPABLE}),
    _S.RUNNING: frozenset({_S.FINALIZING, _S.COMPLETED, _S.NOT_RESPONDING, _S.PAUSED, _S.QUEUED, *_STOPPABLE}),
    _S.FINALIZING: frozenset({_S.COMPLETED, *_STOPPABLE}),
    # A job may end by itself before the request reaches it.
    _S.CANCEL_REQUESTED: frozenset({_S.FINALIZING, _S.COMPLETED, *_ENDS}),
    _S.NOT_RESPONDING: frozenset({_S.RUNNING, _S.FINALIZING, _S.COMPLETED, *_STOPPABLE}),
    _S.PAUSED: frozenset({_S.QUEUED, _S.RUNNING, *_STOPPABLE}),
    _S.COMPLETED: frozenset(),
    _S.FAILED: frozenset(),
    _S.CANCELED: frozenset(),
}


class JobType(StrEnum):
    NOTEBOOK = "notebook"
    CELL = "cell"
    COMMAND = "command"
    SWEEP = "sweep"
    PIPELINE = "pipeline"
    INTERACTIVE = "interactive"


class NotebookSpec(Entity):
    """What is asked for: run this notebook, with these parameters, there."""

    type: Literal["notebook"] = "notebook"
    notebook: str
    """Path of the notebook inside ``code``, with forward slashes."""
    code: str
    """The folder that travels with the job, as an absolute path."""
    parameters: dict[str, JsonValue] = {}
    kernel_name: str | None = None
    """Overrides the kernel that the notebook names."""
    execution_timeout: int | None = None
    """Seconds that one cell may take."""
    compute: str = "local"
    experiment: str = "Default"
    display_name: str = ""
    tags: dict[str, str] = {}
    environment_variables: dict[str, str] = {}


class Output(Entity):
    """As in an ``az ml`` job: a type and where it is."""

    type: Literal["uri_file", "uri_folder"]
    path: str
    """Relative to the job, with forward slashes: ``outputs/train.ipynb``."""
    uri: str = ""
    """For other programs: a path on this machine, or ``azureml://…``."""


class Progress(Entity):
    """Cells are counted as people do, from 1, and only those that run code."""

    cell: int
    """The last cell that started; 0 before the first."""
    cells: int


class MetricSummary(Entity):
    key: str
    last: float
    min: float
    max: float
    count: int
    step: int
    """The step of the last value."""


class Job(Entity):
    name: str
    display_name: str
    experiment: str
    type: JobType
    spec: NotebookSpec
    status: JobStatus
    reason: Reason | None = None
    created: datetime
    started: datetime | None = None
    ended: datetime | None = None
    compute: str = "local"
    parameters: dict[str, JsonValue] = {}
    outputs: dict[str, Output] = {}
    tags: dict[str, str] = {}
    parent: str | None = None
    snapshot: str | None = None
    """SHA-256 of the code that travelled."""
    git: dict[str, str] = {}
    owner: str = ""
    progress: Progress | None = None
    metrics: tuple[MetricSummary, ...] = ()


def advance(job: Job, status: JobStatus, reason: Reason | None, at: datetime) -> Job:
    """The job in its next state. Every status change of every backend goes through here.

    Raises ValueError for a move that the table does not have: that is a bug, never the user's doing.
    """
    if status == job.status:
        return job.model_copy(update={"reason": reason})
    if status not in TRANSITIONS[job.status]:
        raise ValueError(f"job {job.name} cannot go from {job.status} to {status}")
    changes: dict[str, object] = {"status": status, "reason": reason}
    if status is JobStatus.RUNNING and job.started is None:
        changes["started"] = at
    if status.is_terminal:
        changes["ended"] = at
    return job.model_copy(update=changes)
