"""A file or folder of a job or a datastore."""

from datetime import datetime

from .base import Entity


class File(Entity):
    path: str
    """Relative to the job or the datastore, with forward slashes: ``outputs/model.pkl``."""
    is_folder: bool
    size: int = 0
    """Bytes; 0 for a folder."""
    modified: datetime | None = None
    etag: str = ""
    """Another one whenever the content is; empty where the store has none."""
