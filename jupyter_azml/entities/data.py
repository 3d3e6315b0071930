"""A data asset: a name and a version for a place where data is."""

from datetime import datetime

from .base import Entity
from .spec import DataType


class DataAsset(Entity):
    name: str
    version: str = ""
    """Any text, as in Azure; counted up when it is left out."""
    type: DataType = DataType.URI_FOLDER
    path: str
    description: str = ""
    tags: dict[str, str] = {}
    created: datetime | None = None
    job: str | None = None
    """The job that wrote it."""
