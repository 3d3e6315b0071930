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
    properties: dict[str, str] = {}
    created: datetime | None = None
    modified: datetime | None = None
    """When its description or its tags were."""
    archived: bool = False
    content_hash: str = ""
    """Of what was uploaded: the same content has the same. Empty for what stays where it is."""
    size: int | None = None
    """Bytes of what was uploaded."""
    job: str | None = None
    """The job that wrote it."""
    labels: tuple[str, ...] = ()
    """Given to this version, and ``latest``. Not kept with it: told when it is asked for."""
    readers: tuple[str, ...] = ()
    """Jobs that read it, the last one first; told for a single asset."""


class Location(Entity):
    """Where an address really leads."""

    datastore: str = ""
    """Empty for a place on this machine or on the web."""
    path: str
    """In the datastore, "" being its root; else an absolute path of this machine, or an address on the web."""
    is_web: bool = False

    @property
    def uri(self) -> str:
        return f"azureml://datastores/{self.datastore}/paths/{self.path}" if self.datastore else self.path
