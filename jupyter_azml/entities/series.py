"""A metric's course, reduced to what a chart can draw."""

from typing import Literal

from .base import Entity

Axis = Literal["step", "time"]


class Series(Entity):
    """Points in order of the axis. Of more than were asked for, each stretch keeps the lowest and the highest."""

    key: str
    axis: Axis = "step"
    x: tuple[float, ...]
    """Steps, or milliseconds since the epoch."""
    values: tuple[float, ...]
    count: int
    """Points that were logged, between the bounds that were asked for."""
    last: float
    """The value that was logged last, whatever the bounds."""
    is_reduced: bool = False
    is_complete: bool = True
    """False while a very long journal is still being read: ask again for the rest."""
