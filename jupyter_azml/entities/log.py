"""A piece of a text that may be long and may still grow."""

from .base import Entity


class LogPart(Entity):
    path: str
    """Of the file, relative to the job."""
    start: int
    """In bytes; whole lines, but for one that is longer than a part."""
    end: int
    """Where the next part begins."""
    size: int
    """Of the whole file, when this was read."""
    text: str
