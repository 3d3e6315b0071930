"""Addresses of data on the wire: the service names the workspace in each, ``azureml://subscriptions/…/datastores/…``."""

from ..entities import DatastorePath, LocalPath, read_address
from ..entities.address import Address
from ..errors import AzmlError
from .ids import WorkspaceId


def long_uri(path: str, workspace: WorkspaceId) -> str:
    """As the service answers it. A path of this machine, for which it has no word, as ``file://``."""
    match read(path):
        case DatastorePath(datastore, below):
            owner = f"subscriptions/{workspace.subscription}/resourcegroups/{workspace.resource_group}"
            return f"azureml://{owner}/workspaces/{workspace.name}/datastores/{datastore}/paths/{below}"
        case LocalPath(place) if place.startswith("/"):
            return f"file://{place}"
    return path


def short_uri(uri: str, workspace: str = "") -> str:
    """``azureml://datastores/NAME/paths/PATH`` of what lies in this workspace; anything else as it stands."""
    match read(uri):
        case DatastorePath(datastore, below, owner) if not owner or not workspace or owner.lower() == workspace.lower():
            return f"azureml://datastores/{datastore}/paths/{below}"
        case LocalPath(place) if uri.lower().startswith("file:"):
            return place
    return uri


def same_place(one: str, other: str) -> bool:
    """Whether two spellings lead to one place."""
    return _plain(one) == _plain(other)


def read(uri: str) -> Address | None:
    """None for what is no address that is known here."""
    try:
        return read_address(uri)
    except AzmlError:
        return None


def _plain(uri: str) -> str:
    match read(uri):
        case DatastorePath(datastore, below):
            return f"azureml://datastores/{datastore.lower()}/paths/{below}"
        case LocalPath(place):
            return place.rstrip("/")
    return uri.rstrip("/")
