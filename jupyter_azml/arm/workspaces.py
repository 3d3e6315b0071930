"""The workspace itself."""

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ..entities import WorkspaceInfo
from .ids import PROVIDER, WorkspaceId

REGION = "local"
API = f"{REGION}.api.azureml.ms"
"""The host of run history and MLflow."""
_BEHIND = {
    "description": "description",
    "storage_account": "storageAccount",
    "key_vault": "keyVault",
    "container_registry": "containerRegistry",
    "application_insights": "applicationInsights",
}


def workspace_to_arm(info: WorkspaceInfo, workspace: WorkspaceId) -> dict[str, Any]:
    """The addresses in it are of the region ``local``, where nobody but an emulator is."""
    properties: dict[str, Any] = {
        "friendlyName": info.name,
        "description": info.description,
        "provisioningState": "Succeeded",
        "workspaceId": workspace_guid(workspace),
        "discoveryUrl": f"https://{API}/discovery",
        "mlFlowTrackingUri": f"azureml://{API}/mlflow/v1.0{workspace}",
    }
    if info.created:
        properties["creationTime"] = info.created.isoformat()
    return {
        "id": str(workspace),
        "name": workspace.name,
        "type": f"{PROVIDER}/workspaces",
        "location": REGION,
        "kind": "Default",
        "tags": info.tags,
        "sku": {"name": "Basic", "tier": "Basic"},
        "properties": properties,
    }


def workspace_guid(workspace: WorkspaceId) -> str:
    """By which the service names it where names may change."""
    return str(uuid5(NAMESPACE_URL, str(workspace).lower()))


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
