"""A compute target: where jobs run. Words and defaults are those of ``az ml compute``."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field

from .base import Entity
from .reason import Reason


class ComputeType(StrEnum):
    LOCAL = "local"
    AMLCOMPUTE = "amlcompute"
    COMPUTEINSTANCE = "computeinstance"
    KUBERNETES = "kubernetes"
    VIRTUALMACHINE = "virtualmachine"
    DATABRICKS = "databricks"

    @property
    def is_attached(self) -> bool:
        """Something that exists by itself, of which the workspace keeps a record."""
        return self in (ComputeType.KUBERNETES, ComputeType.VIRTUALMACHINE, ComputeType.DATABRICKS)


class ComputeState(StrEnum):
    """Spelled as the service spells an instance's state. A cluster is always Running, with nodes or without."""

    RUNNING = "Running"
    STARTING = "Starting"
    STOPPING = "Stopping"
    STOPPED = "Stopped"


class Trigger(Entity):
    """When a schedule acts: a cron expression, or a recurrence as in ``az ml``."""

    type: Literal["cron", "recurrence"]
    expression: str = ""
    frequency: Literal["minute", "hour", "day", "week", "month", ""] = ""
    interval: int = Field(default=1, ge=1)
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    week_days: tuple[str, ...] = ()
    month_days: tuple[int, ...] = ()
    start_time: str = ""
    """ISO 8601, in ``time_zone`` when it names no offset."""
    time_zone: str = "UTC"
    """As Windows or the IANA call it."""


class ComputeSchedule(Entity):
    action: Literal["start", "stop"]
    trigger: Trigger
    enabled: bool = True


class Compute(Entity):
    name: str
    type: ComputeType
    state: ComputeState = ComputeState.RUNNING
    description: str = ""
    tags: dict[str, str] = {}
    size: str = ""
    """Name of a virtual machine size of Azure's."""
    tier: Literal["dedicated", "low_priority"] = "dedicated"
    min_nodes: int = Field(default=0, ge=0)
    max_nodes: int = Field(default=1, ge=0)
    """How many jobs run at once."""
    idle_seconds_before_scale_down: int = Field(default=120, ge=0)
    idle_minutes_before_shutdown: int | None = Field(default=None, ge=1)
    """Of an instance: how long it may have nothing to do."""
    schedules: tuple[ComputeSchedule, ...] = ()
    resource_id: str = ""
    """Of an attached target: what it is in Azure, or where."""
    busy_nodes: int = 0
    idle_nodes: int = 0
    created: datetime | None = None
    notes: tuple[Reason, ...] = ()
    """What was asked for and is not done here, and why."""


class NodeState(StrEnum):
    """Spelled as the service spells a node's state."""

    PREPARING = "preparing"
    IDLE = "idle"
    RUNNING = "running"
    LEAVING = "leaving"
    UNUSABLE = "unusable"


class Node(Entity):
    name: str
    compute: str
    state: NodeState
    job: str | None = None
    created: datetime | None = None


class ComputeSize(Entity):
    """A virtual machine size of Azure's."""

    name: str
    family: str
    cores: int
    memory_gb: float
    gpus: int = 0
    gpu: str = ""


class Usage(Entity):
    """How much of a quota is taken, in cores."""

    name: str
    used: int
    limit: int
