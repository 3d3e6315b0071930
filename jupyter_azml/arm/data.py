"""Data assets."""

import re
from collections.abc import Mapping
from typing import Any

from ..entities import DataAsset
from .data_uris import long_uri, short_uri
from .ids import WorkspaceId
from .inputs import data_type
from .shape import mapping, moment, texts
from .versions import OURS, more_of, name_and_version, version_to_arm

KIND = "data"
_SIZE = f"{OURS}size"
_UPLOADED = re.compile(r".*/LocalUpload/(?P<hash>[0-9a-f]{64})/[^/]+/?")
_MORE = {"labels", "readers", "job", "size", "content_hash", "modified"}


def data_to_arm(asset: DataAsset, workspace: WorkspaceId, kept: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The version as the service would answer it; ``kept``: fields of it that the entity has no word for."""
    sent = asset.to_data()
    return version_to_arm(
        workspace,
        KIND,
        asset.name,
        asset.version,
        {**(kept or {}), **data_fields(asset, workspace)},
        created=asset.created,
        modified=asset.modified,
        more={name: sent[name] for name in sorted(_MORE) if sent[name]},
    )


def data_fields(asset: DataAsset, workspace: WorkspaceId) -> dict[str, Any]:
    """The properties of a version, as they are sent."""
    size = {} if asset.size is None else {_SIZE: str(asset.size)}
    return {
        "dataType": asset.type.value,
        "dataUri": long_uri(asset.path, workspace),
        "description": asset.description or None,
        "tags": asset.tags,
        "properties": {**asset.properties, **size},
        "isArchived": asset.archived,
        "isAnonymous": False,
    }


def data_from_arm(resource: Mapping[str, Any]) -> DataAsset:
    """Raises ValueError for what is no version of a data asset."""
    name, version = name_and_version(resource)
    properties, system = mapping(resource.get("properties")), mapping(resource.get("systemData"))
    uri = properties.get("dataUri")
    if not isinstance(uri, str) or not uri:
        raise ValueError("dataUri is missing")
    own = texts(properties.get("properties"))
    uploaded = _UPLOADED.fullmatch(uri)
    told = {key: value for key, value in more_of(resource).items() if key in _MORE}
    return DataAsset.model_validate(
        {
            "name": name,
            "version": version,
            "type": data_type(properties.get("dataType")),
            "path": short_uri(uri, _workspace_of(resource)),
            "description": str(properties.get("description") or ""),
            "tags": texts(properties.get("tags")),
            "properties": {key: value for key, value in own.items() if key != _SIZE},
            "created": moment(system.get("createdAt")),
            "archived": properties.get("isArchived") is True,
            "size": int(own[_SIZE]) if own.get(_SIZE, "").isdecimal() else None,
            "content_hash": uploaded["hash"] if uploaded else "",
            **told,
        }
    )


def _workspace_of(resource: Mapping[str, Any]) -> str:
    parts = str(resource.get("id")).split("/")
    return next((parts[i + 1] for i, part in enumerate(parts[:-1]) if part.lower() == "workspaces"), "")
