"""An experiment: the name under which jobs are grouped and compared."""

from datetime import datetime

from .base import Entity


class Experiment(Entity):
    name: str
    jobs: int
    """How many jobs carry this name."""
    last_created: datetime | None = None
