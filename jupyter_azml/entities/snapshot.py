"""The code that would travel, or has travelled, with a job."""

from enum import StrEnum

from .base import Entity
from .file import File


class Snapshot(Entity):
    folder: str
    files: tuple[File, ...]
    size: int
    """Bytes, before compression."""
    ignored_by: str = ""
    """The ignore files that were obeyed, for people."""
    ignored: tuple[str, ...] = ()
    """What stays behind, a folder with a slash at its end; the first thousand."""
    git: dict[str, str] = {}


class FileState(StrEnum):
    """What became of a file in its folder since it travelled with a job."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class FileChange(Entity):
    path: str
    """Relative to the folder, with forward slashes."""
    state: FileState
    size: int
    """Bytes of what travelled; of one that was added, of what is there now."""


class SnapshotChanges(Entity):
    """What travelled with a job beside what its folder holds now."""

    folder: str
    """Empty for a job that took nothing along."""
    is_there: bool
    """Whether this machine has the folder; without it nothing is compared and every file counts as the same."""
    files: tuple[FileChange, ...]
    """By name."""


class FileDiff(Entity):
    """One file of them."""

    path: str
    state: FileState
    is_text: bool
    text: str = ""
    """As it travelled; of one that was added, as it is now."""
    is_cut: bool = False
    diff: str = ""
    """From what travelled to what is there now; empty where nothing is different."""
