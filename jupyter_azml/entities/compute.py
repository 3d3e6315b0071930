"""A compute target: where jobs run."""

from enum import StrEnum

from .base import Entity


class ComputeType(StrEnum):
    LOCAL = "local"
    AMLCOMPUTE = "amlcompute"
    COMPUTEINSTANCE = "computeinstance"


class ComputeState(StrEnum):
    """Spelled as the service spells an instance's state."""

    RUNNING = "Running"
    STOPPED = "Stopped"


class Compute(Entity):
    name: str
    type: ComputeType
    state: ComputeState
    max_nodes: int
    """How many jobs run at once."""
    busy_nodes: int = 0
    description: str = ""
