"""A job, its states and the one door through which they change."""

from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue

from .base import Entity
from .environment import JobEnvironment
from .reason import Reason
from .spec import DataInput, DataType, JobSpec


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
    _S.FINALIZING: frozenset({_S.COMPLETED, _S.QUEUED, *_STOPPABLE}),
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


class Output(Entity):
    """As in an ``az ml`` job: a type and where it is."""

    type: DataType
    path: str
    """Relative to the job, with forward slashes: ``outputs/train.ipynb``; empty for one that is kept elsewhere."""
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
    spec: JobSpec
    status: JobStatus
    reason: Reason | None = None
    created: datetime
    started: datetime | None = None
    ended: datetime | None = None
    compute: str = "local"
    attempt: int = 1
    """Counts the times that it ran, when retries were asked for."""
    archived: bool = False
    description: str = ""
    inputs: dict[str, DataInput] = {}
    parameters: dict[str, JsonValue] = {}
    outputs: dict[str, Output] = {}
    tags: dict[str, str] = {}
    parent: str | None = None
    snapshot: str | None = None
    """SHA-256 of the code that travelled."""
    git: dict[str, str] = {}
    """Of the folder that travelled: ``commit``, ``branch``, ``repository`` and ``dirty``."""
    environment: JobEnvironment | None = None
    notes: tuple[Reason, ...] = ()
    """What was asked for and is not done here, and why."""
    models: tuple[str, ...] = ()
    """Versions that were registered from it, as ``NAME:VERSION``; looked up when one job is asked for."""
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
        changes["started"] = max(at, job.created)
    if status is JobStatus.QUEUED:
        changes["started"] = None
    if status.is_terminal:
        # A clock that was set back must not make a job end before it began.
        changes["ended"] = max(at, job.started or job.created)
    return job.model_copy(update=changes)
