"""A new workspace in Azure, with the storage account and the key vault that it cannot be without.

An ARM template, since the service takes a workspace only once these exist:
https://learn.microsoft.com/azure/templates/microsoft.machinelearningservices/workspaces
"""

import hashlib
from typing import Any

from .ids import WorkspaceId

_SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"


def workspace_template(
    workspace: WorkspaceId, location: str, tenant: str, *, description: str, tags: dict[str, str]
) -> dict[str, Any]:
    """The body of ``PUT …/Microsoft.Resources/deployments/NAME``. Nothing in it costs anything until it is used."""
    # Names of accounts and vaults are taken for the whole of Azure.
    own = f"azml{hashlib.sha256(str(workspace).lower().encode()).hexdigest()[:16]}"
    storage = f"[resourceId('Microsoft.Storage/storageAccounts', '{own}')]"
    vault = f"[resourceId('Microsoft.KeyVault/vaults', '{own}')]"
    resources = [
        {
            "type": "Microsoft.Storage/storageAccounts",
            "apiVersion": "2023-01-01",
            "name": own,
            "location": location,
            "tags": tags,
            "sku": {"name": "Standard_LRS"},
            "kind": "StorageV2",
            "properties": {
                "minimumTlsVersion": "TLS1_2",
                "allowBlobPublicAccess": False,
                "supportsHttpsTrafficOnly": True,
            },
        },
        {
            "type": "Microsoft.KeyVault/vaults",
            "apiVersion": "2023-07-01",
            "name": own,
            "location": location,
            "tags": tags,
            "properties": {
                "tenantId": tenant or "[subscription().tenantId]",
                "sku": {"family": "A", "name": "standard"},
                "accessPolicies": [],
                "enableRbacAuthorization": True,
            },
        },
        {
            "type": "Microsoft.MachineLearningServices/workspaces",
            "apiVersion": "2024-10-01",
            "name": workspace.name,
            "location": location,
            "tags": tags,
            "identity": {"type": "SystemAssigned"},
            "sku": {"name": "Basic", "tier": "Basic"},
            "dependsOn": [storage, vault],
            "properties": {
                "friendlyName": workspace.name,
                "description": description,
                "storageAccount": storage,
                "keyVault": vault,
            },
        },
    ]
    template = {"$schema": _SCHEMA, "contentVersion": "1.0.0.0", "resources": resources}
    return {"properties": {"mode": "Incremental", "template": template}}
