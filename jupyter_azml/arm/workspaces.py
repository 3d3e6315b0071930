"""The workspace itself."""

from collections.abc import Mapping
from typing import Any

from ..entities import WorkspaceInfo
from .ids import PROVIDER, WorkspaceId


def workspace_to_arm(info: WorkspaceInfo, workspace: WorkspaceId) -> dict[str, Any]:
    return {
        "id": str(workspace),
        "name": workspace.name,
        "type": f"{PROVIDER}/workspaces",
        "location": "local",
        "kind": "Default",
        "tags": {},
        "sku": {"name": "Basic", "tier": "Basic"},
        "properties": {"friendlyName": info.name, "description": "", "provisioningState": "Succeeded"},
    }


def workspace_from_arm(resource: Mapping[str, Any], capabilities: tuple[str, ...] = ()) -> WorkspaceInfo:
    """Raises ValueError when the resource is not a workspace."""
    workspace = WorkspaceId.parse(str(resource.get("id")))
    return describe(workspace, capabilities)


def describe(workspace: WorkspaceId, capabilities: tuple[str, ...] = ()) -> WorkspaceInfo:
    """What its id alone tells of a workspace."""
    return WorkspaceInfo(
        name=workspace.name,
        kind="azure",
        location=f"{workspace.subscription}/{workspace.resource_group}",
        capabilities=capabilities,
    )
