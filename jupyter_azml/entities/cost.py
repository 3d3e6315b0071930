"""What the cost of a job is made of. Prices are the subscription's, and no part of it."""

from .base import Entity


class JobCost(Entity):
    job: str
    compute: str
    size: str = ""
    """Of a virtual machine of Azure's; empty for this machine."""
    tier: str = ""
    nodes: int = 1
    cores: int = 0
    """Of all nodes."""
    gpus: int = 0
    hours: float = 0.0
    """From its start until its end, or until now."""
    node_hours: float = 0.0
    core_hours: float = 0.0
    is_running: bool = False
