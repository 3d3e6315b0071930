"""What data, environments and models share: a container with a name, and versions in it.

Labels and aliases have no word of the service's but ``latest``: they are kept among the container's properties, where
anybody may keep text of their own.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .ids import PROVIDER, WorkspaceId
from .shape import mapping, texts

OURS = "azml."
"""What the names of our own properties begin with."""
LABELS = f"{OURS}labels"
"""Of a container: label and version, as JSON."""
_MORE = "azml"
"""What the emulator tells beside what the service would: a field that other clients pass over."""


def version_id(workspace: WorkspaceId, kind: str, name: str, version: str) -> str:
    return f"{workspace.child(kind, name)}/versions/{version}"


def name_and_version(resource: Mapping[str, Any]) -> tuple[str, str]:
    """Of a version's id: its own ``name`` is the version. Raises ValueError for what has no such id."""
    parts = str(resource.get("id") or "").rstrip("/").split("/")
    if len(parts) < 4 or parts[-2].lower() != "versions":
        raise ValueError("the answer has no id of a version")
    return parts[-3], parts[-1]


def version_to_arm(
    workspace: WorkspaceId,
    kind: str,
    name: str,
    version: str,
    properties: Mapping[str, Any],
    *,
    created: datetime | None,
    modified: datetime | None = None,
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """``more``: see ``more_of``."""
    return {
        "id": version_id(workspace, kind, name, version),
        "name": version,
        "type": f"{PROVIDER}/workspaces/{kind}/versions",
        "properties": {**properties, **({_MORE: dict(more)} if more else {})},
        "systemData": system_data(created, modified),
    }


def container_to_arm(
    workspace: WorkspaceId,
    kind: str,
    name: str,
    *,
    latest: str | None,
    following: str,
    archived: bool,
    labels: Mapping[str, str],
    created: datetime | None = None,
    kept: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """``latest``: the newest version, None where none is in lists; ``kept``: what clients said of it themselves."""
    said = dict(kept or {})
    properties = texts(said.pop("properties", None))
    properties = {key: value for key, value in properties.items() if key != LABELS}
    if labels:
        properties[LABELS] = json.dumps(dict(sorted(labels.items())))
    return {
        "id": workspace.child(kind, name),
        "name": name,
        "type": f"{PROVIDER}/workspaces/{kind}",
        "properties": {
            "description": None,
            "tags": {},
            **said,
            "properties": properties,
            "isArchived": archived,
            "latestVersion": latest,
            "nextVersion": following,
        },
        "systemData": system_data(created),
    }


def labels_of(container: Mapping[str, Any]) -> dict[str, str]:
    """Each with its version."""
    said = texts(mapping(container.get("properties")).get("properties")).get(LABELS)
    try:
        return texts(json.loads(said)) if said else {}
    except ValueError:
        return {}


def with_labels(container: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """The container as it is to be sent: with these labels and with all else that was in it."""
    properties = {key: value for key, value in mapping(container.get("properties")).items() if key not in _OBSERVED}
    own = dict(texts(properties.get("properties")))
    own[LABELS] = json.dumps(dict(sorted(labels.items())))
    return {"properties": {**properties, "properties": own}}


def with_changes(resource: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """A container or a version as it is to be sent: ``changes`` of its properties, and all else as it was."""
    kept = {key: value for key, value in mapping(resource.get("properties")).items() if key not in _OBSERVED}
    return {"properties": {**kept, **changes}}


def more_of(resource: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the emulator told beside what the service would; empty from anybody else."""
    return mapping(mapping(resource.get("properties")).get(_MORE))


def system_data(created: datetime | None, modified: datetime | None = None) -> dict[str, Any]:
    if not created:
        return {}
    changed = modified or created
    return {
        "createdAt": created.isoformat(),
        "createdByType": "User",
        "lastModifiedAt": changed.isoformat(),
        "lastModifiedByType": "User",
    }


_OBSERVED = {_MORE, "latestVersion", "nextVersion", "provisioningState"}
"""The service's to say."""
