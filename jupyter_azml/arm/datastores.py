"""Datastores. The service has no word for a folder of one's own machine: an emulator stands in with a container."""

from collections.abc import Mapping
from typing import Any

from ..entities import CredentialsType, Datastore, DatastoreType
from .ids import PROVIDER, WorkspaceId, last_name
from .shape import mapping, moment, texts

_TYPES = {
    "AzureBlob": DatastoreType.AZURE_BLOB,
    "AzureDataLakeGen2": DatastoreType.AZURE_DATA_LAKE_GEN2,
    "AzureFile": DatastoreType.AZURE_FILE,
}
_CONTAINERS = {
    DatastoreType.AZURE_BLOB: "containerName",
    DatastoreType.AZURE_DATA_LAKE_GEN2: "filesystem",
    DatastoreType.AZURE_FILE: "fileShareName",
}
_CREDENTIALS = {
    "None": CredentialsType.NONE,
    "AccountKey": CredentialsType.ACCOUNT_KEY,
    "Sas": CredentialsType.SAS,
    "ServicePrincipal": CredentialsType.SERVICE_PRINCIPAL,
}
_SECRETS = {
    "key": "account_key",
    "sasToken": "sas_token",
    "clientSecret": "client_secret",
}
"""The service's names for what is secret, and the YAML's."""


def datastore_to_arm(datastore: Datastore, workspace: WorkspaceId) -> dict[str, Any]:
    """Never with credentials. ``datastore`` is of a type that the service knows."""
    kind = next(word for word, known in _TYPES.items() if known is datastore.type)
    credentials = next(word for word, known in _CREDENTIALS.items() if known is datastore.credentials)
    return {
        "id": workspace.child("datastores", datastore.name),
        "name": datastore.name,
        "type": f"{PROVIDER}/workspaces/datastores",
        "properties": {
            "datastoreType": kind,
            "accountName": datastore.account_name,
            _CONTAINERS[datastore.type]: datastore.container_name,
            "endpoint": datastore.endpoint or "core.windows.net",
            "protocol": datastore.protocol,
            "credentials": {"credentialsType": credentials},
            "isDefault": datastore.is_default,
            "serviceDataAccessAuthIdentity": "None",
            "description": datastore.description,
            "tags": datastore.tags,
            "properties": {},
            "resourceGroup": workspace.resource_group,
            "subscriptionId": workspace.subscription,
        },
        "systemData": {"createdAt": datastore.created.isoformat()} if datastore.created else {},
    }


def datastore_from_arm(resource: Mapping[str, Any]) -> Datastore:
    """Raises ValueError for a type that we do not know."""
    properties = mapping(resource.get("properties"))
    said = str(properties.get("datastoreType"))
    if said not in _TYPES:
        raise ValueError(f"{said} is no type of datastore that is known here")
    kind = _TYPES[said]
    credentials = mapping(properties.get("credentials"))
    return Datastore(
        name=str(resource.get("name") or last_name(str(resource.get("id", "")))),
        type=kind,
        description=str(properties.get("description") or ""),
        tags=texts(properties.get("tags")),
        account_name=str(properties.get("accountName") or ""),
        container_name=str(properties.get(_CONTAINERS[kind]) or ""),
        endpoint=str(properties.get("endpoint") or ""),
        protocol=str(properties.get("protocol") or "https"),
        credentials=_CREDENTIALS.get(str(credentials.get("credentialsType")), CredentialsType.NONE),
        is_default=properties.get("isDefault") is True,
        created=moment(mapping(resource.get("systemData")).get("createdAt")),
    )


def datastore_secrets(resource: Mapping[str, Any]) -> dict[str, str]:
    """The credentials in a request that creates one, by the YAML's names."""
    credentials = mapping(mapping(resource.get("properties")).get("credentials"))
    secrets = mapping(credentials.get("secrets"))
    found = {ours: str(secrets[theirs]) for theirs, ours in _SECRETS.items() if secrets.get(theirs)}
    for theirs, ours in (("clientId", "client_id"), ("tenantId", "tenant_id")):
        if credentials.get(theirs):
            found[ours] = str(credentials[theirs])
    return found
