"""The code that would travel, or has travelled, with a job."""

from .base import Entity
from .file import File


class Snapshot(Entity):
    folder: str
    files: tuple[File, ...]
    size: int
    """Bytes, before compression."""
    ignored_by: str = ""
    """The ignore files that were obeyed, for people."""
    git: dict[str, str] = {}
