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
_NAMED = {
    "clientId": "client_id",
    "tenantId": "tenant_id",
    "authorityUrl": "authority_url",
    "resourceUrl": "resource_url",
}
"""The same for what belongs to a secret and is none."""


def is_known(datastore: Datastore) -> bool:
    """Whether the service has a word for it."""
    return datastore.type in _CONTAINERS


def datastore_to_arm(
    datastore: Datastore, workspace: WorkspaceId, credentials: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """As the service answers it: of ``credentials`` what belongs to a secret, and never the secret itself.
    ``datastore`` is of a type that the service knows.
    """
    named = {name: value for name, value in (credentials or {}).items() if name in _NAMED.values()}
    return {
        "id": workspace.child("datastores", datastore.name),
        "name": datastore.name,
        "type": f"{PROVIDER}/workspaces/datastores",
        "properties": {
            **datastore_fields(datastore, named),
            "serviceDataAccessAuthIdentity": "None",
            "properties": {},
            "resourceGroup": workspace.resource_group,
            "subscriptionId": workspace.subscription,
        },
        "systemData": {"createdAt": datastore.created.isoformat()} if datastore.created else {},
    }


def datastore_fields(datastore: Datastore, credentials: Mapping[str, str]) -> dict[str, Any]:
    """The properties, as they are sent; ``credentials`` by the YAML's names."""
    kind = next(word for word, known in _TYPES.items() if known is datastore.type)
    return {
        "datastoreType": kind,
        "accountName": datastore.account_name,
        _CONTAINERS[datastore.type]: datastore.container_name,
        "endpoint": datastore.endpoint or "core.windows.net",
        "protocol": datastore.protocol,
        "credentials": _credentials_to_arm(datastore, credentials),
        "isDefault": datastore.is_default,
        "description": datastore.description,
        "tags": datastore.tags,
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


def _credentials_to_arm(datastore: Datastore, credentials: Mapping[str, str]) -> dict[str, Any]:
    kind = next(word for word, known in _CREDENTIALS.items() if known is datastore.credentials)
    secrets = {theirs: credentials[ours] for theirs, ours in _SECRETS.items() if credentials.get(ours)}
    named = {theirs: credentials[ours] for theirs, ours in _NAMED.items() if credentials.get(ours)}
    return {"credentialsType": kind, **named, **({"secrets": {"secretsType": kind, **secrets}} if secrets else {})}


def secrets_to_arm(credentials: Mapping[str, str]) -> dict[str, Any]:
    """The answer to ``listSecrets``: one secret."""
    for kind, theirs in (("AccountKey", "key"), ("Sas", "sasToken"), ("ServicePrincipal", "clientSecret")):
        if secret := credentials.get(_SECRETS[theirs]):
            return {"secretsType": kind, theirs: secret}
    return {}


def secrets_from_arm(body: Mapping[str, Any]) -> dict[str, str]:
    """By the YAML's names."""
    return {ours: str(body[theirs]) for theirs, ours in _SECRETS.items() if body.get(theirs)}


def datastore_secrets(resource: Mapping[str, Any]) -> dict[str, str]:
    """The credentials in a request that creates one, by the YAML's names."""
    credentials = mapping(mapping(resource.get("properties")).get("credentials"))
    named = {ours: str(credentials[theirs]) for theirs, ours in _NAMED.items() if credentials.get(theirs)}
    return {**secrets_from_arm(mapping(credentials.get("secrets"))), **named}
