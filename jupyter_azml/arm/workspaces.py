"""The workspace itself."""

from collections.abc import Mapping
from typing import Any

from ..entities import WorkspaceInfo
from .ids import PROVIDER, WorkspaceId

_BEHIND = {
    "description": "description",
    "storage_account": "storageAccount",
    "key_vault": "keyVault",
    "container_registry": "containerRegistry",
    "application_insights": "applicationInsights",
}


def workspace_to_arm(info: WorkspaceInfo, workspace: WorkspaceId) -> dict[str, Any]:
    return {
        "id": str(workspace),
        "name": workspace.name,
        "type": f"{PROVIDER}/workspaces",
        "location": "local",
        "kind": "Default",
        "tags": info.tags,
        "sku": {"name": "Basic", "tier": "Basic"},
        "properties": {"friendlyName": info.name, "description": info.description, "provisioningState": "Succeeded"},
    }


def workspace_from_arm(resource: Mapping[str, Any], capabilities: tuple[str, ...] = ()) -> WorkspaceInfo:
    """Raises ValueError when the resource is not a workspace."""
    workspace = WorkspaceId.parse(str(resource.get("id")))
    facts, tags = resource.get("properties"), resource.get("tags")
    known = facts if isinstance(facts, Mapping) else {}
    behind = {ours: str(known.get(theirs) or "") for ours, theirs in _BEHIND.items()}
    named = {str(name): str(value) for name, value in tags.items()} if isinstance(tags, Mapping) else {}
    return describe(workspace, capabilities).model_copy(update={**behind, "tags": named})


def describe(workspace: WorkspaceId, capabilities: tuple[str, ...] = ()) -> WorkspaceInfo:
    """What its id alone tells of a workspace."""
    return WorkspaceInfo(
        name=workspace.name,
        kind="azure",
        location=f"{workspace.subscription}/{workspace.resource_group}",
        capabilities=capabilities,
    )
