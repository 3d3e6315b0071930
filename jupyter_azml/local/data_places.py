"""What a path of an input, an output or a data asset leads to on this machine."""

import re
from pathlib import Path
from typing import NamedTuple

from ..entities import DataType
from ..errors import DataNotFound, NotSupported, UsageError
from ..language import _
from .paths import WorkspacePaths

DATASTORE = "workspaceblobstore"
"""The workspace's own."""

_DATASTORE_URI = re.compile(
    r"azureml://(?:subscriptions/[^/]+/resourcegroups/[^/]+(?:/providers/[^/]+)?/workspaces/(?P<workspace>[^/]+)/)?"
    r"datastores/(?P<name>[^/]+)/paths/(?P<path>.*)",
    re.IGNORECASE,
)
_ASSET = re.compile(r"azureml:(?P<name>[^/:@]+)(?::(?P<version>[^/:@]+)|(?P<latest>@latest))", re.IGNORECASE)
_ASSET_ID = re.compile(
    r"azureml:/{1,2}subscriptions/.*/workspaces/[^/]+/data/(?P<name>[^/]+)/versions/(?P<version>[^/]+)", re.IGNORECASE
)
_URL = re.compile(r"https?://", re.IGNORECASE)
_FOLDERS = (DataType.URI_FOLDER, DataType.MLTABLE)


class AssetName(NamedTuple):
    name: str
    version: str | None


def asset_named(path: str) -> AssetName | None:
    """``azureml:NAME:VERSION``, ``azureml:NAME@latest`` or an ARM id; None for anything else."""
    if found := _ASSET_ID.fullmatch(path) or _ASSET.fullmatch(path):
        return AssetName(found["name"], found["version"])
    return None


def is_url(path: str) -> bool:
    return bool(_URL.match(path))


def locate(paths: WorkspacePaths, path: str, *, must_exist: bool = True) -> Path | None:
    """Where that is; None for a URL. Raises DataNotFound, NotSupported for a store that only Azure reaches."""
    if is_url(path):
        return None
    if found := _DATASTORE_URI.fullmatch(path):
        place = _in_datastore(paths, found, path)
    elif re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", path):
        if path.lower().startswith("azureml:"):
            raise DataNotFound(
                _("{path} names nothing that this workspace has.", path=path),
                _("Write azureml:NAME:VERSION, azureml:NAME@latest or azureml://datastores/NAME/paths/PATH."),
            )
        raise NotSupported(
            _("A local workspace cannot reach {path}.", path=path),
            _("Use a path of this machine, an https:// address or azureml://datastores/NAME/paths/PATH."),
        )
    else:
        place = Path(path)
    if must_exist and not place.exists():
        raise DataNotFound(
            _("There is nothing at {path}.", path=path), _("Check the path; in a YAML file it begins from the file.")
        )
    return place


def check_kind(place: Path | None, kind: DataType, path: str) -> None:
    """Raises DataNotFound where there is a file instead of a folder, or the other way round."""
    if place is None:
        if kind is not DataType.URI_FILE:
            raise UsageError(
                _("{path} is an address on the web, and those are read as a uri_file.", path=path),
                _("Give it the type uri_file, or download the folder first."),
            )
    elif kind in _FOLDERS and not place.is_dir():
        raise DataNotFound(
            _("{path} is a file, and {type} is a folder.", path=path, type=kind), _("Give it the type uri_file.")
        )
    elif kind is DataType.URI_FILE and not place.is_file():
        raise DataNotFound(
            _("{path} is a folder, and uri_file is a file.", path=path), _("Give it the type uri_folder.")
        )


def datastore_uri(paths: WorkspacePaths, place: Path) -> str:
    """``azureml://datastores/…`` for what is kept in the workspace's own datastore, else the path itself."""
    root = paths.datastores / DATASTORE
    if place.is_relative_to(root):
        return f"azureml://datastores/{DATASTORE}/paths/{place.relative_to(root).as_posix()}"
    return str(place)


def _in_datastore(paths: WorkspacePaths, found: "re.Match[str]", path: str) -> Path:
    workspace, name = found["workspace"], found["name"]
    if workspace and workspace.lower() != paths.folder.name.lower():
        raise DataNotFound(
            _("{path} belongs to the workspace {name}.", path=path, name=workspace),
            _("This one is {name}; it reads its own datastores.", name=paths.folder.name),
        )
    root = paths.datastore(name).resolve()
    if name.lower() != DATASTORE and not root.exists():
        raise DataNotFound(
            _("There is no folder of this machine behind a datastore {name}.", name=name),
            _("See: azml datastore list. What is in Azure Storage has to be downloaded: azml datastore download"),
        )
    place = (root / found["path"].strip("/")).resolve()
    if "\0" in path or not place.is_relative_to(root):
        raise DataNotFound(_("{path} leads out of the datastore.", path=path), _("Leave out the .. in it."))
    return place
