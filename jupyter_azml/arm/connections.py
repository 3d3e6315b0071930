"""Connections to services outside. Credentials go one way: no answer has them but that of ``listsecrets``."""

import re
from collections.abc import Mapping
from typing import Any

from ..entities import Connection
from .ids import PROVIDER, WorkspaceId, last_name
from .shape import mapping, moment, texts
from .versions import system_data

_TYPE, _NAMES = "azml.type", "azml.credentials"
"""Kept among the metadata, where category and authType do not say it: our word, and which credentials there are."""
_KIND = "Kind"
_KINDS = {"azure_content_safety": "Content Safety", "azure_speech_services": "speech"}
"""Among the metadata, as the SDK tells apart what has one category."""

_CATEGORIES = {
    "azure_ai_search": "CognitiveSearch",
    "azure_ai_services": "AIServices",
    "azure_content_safety": "CognitiveService",
    "azure_data_lake_gen_2": "ADLSGen2",
    "azure_open_ai": "AzureOpenAI",
    "azure_speech_services": "CognitiveService",
    "custom": "CustomKeys",
}
_AUTH: dict[str, dict[str, str]] = {
    "AccessKey": {"access_key_id": "accessKeyId", "secret_access_key": "secretAccessKey"},
    "AccountKey": {"account_key": "sas"},
    "ApiKey": {"key": "key"},
    "ManagedIdentity": {"client_id": "clientId", "resource_id": "resourceId"},
    "PAT": {"pat": "pat"},
    "SAS": {"sas_token": "sas"},
    "ServicePrincipal": {"client_id": "clientId", "client_secret": "clientSecret", "tenant_id": "tenantId"},
    "UsernamePassword": {"username": "username", "password": "password"},
}
"""Our names of the credentials, and the service's."""
_WORDS = {"PAT": "pat", "SAS": "sas"}


def connection_to_arm(
    connection: Connection, workspace: WorkspaceId, credentials: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """With ``credentials`` as the service takes it, without as it answers."""
    names = dict(credentials) if credentials is not None else dict.fromkeys(connection.credentials, "")
    kind, category = _auth_type(names), _category(connection.type)
    metadata = dict(connection.tags)
    if connection.type in _KINDS:
        metadata[_KIND] = _KINDS[connection.type]
    if connection.type != _type(category, metadata):
        metadata[_TYPE] = connection.type
    if set(names) != _credentials(kind):
        metadata[_NAMES] = ",".join(sorted(names))
    properties: dict[str, Any] = {
        "category": category,
        "target": connection.target,
        "authType": kind,
        "metadata": metadata,
        "isSharedToAll": True,
    }
    if credentials:
        properties["credentials"] = credentials_to_arm(credentials)
    return {
        "id": workspace.child("connections", connection.name),
        "name": connection.name,
        "type": f"{PROVIDER}/workspaces/connections",
        "properties": properties,
        "systemData": system_data(connection.created),
    }


def connection_from_arm(resource: Mapping[str, Any]) -> Connection:
    properties = mapping(resource.get("properties"))
    metadata = texts(properties.get("metadata"))
    said = metadata.pop(_NAMES, None)
    kind = metadata.pop(_TYPE, None) or _type(str(properties.get("category") or ""), metadata)
    if kind in _KINDS:
        metadata.pop(_KIND, None)
    sent = credentials_from_arm(properties)
    known = _credentials(str(properties.get("authType")))
    names = sent or (said.split(",") if said else known)
    return Connection(
        name=str(resource.get("name") or last_name(str(resource.get("id", "")))),
        type=kind,
        target=str(properties.get("target") or ""),
        credentials=tuple(sorted(names)),
        tags=metadata,
        created=moment(mapping(resource.get("systemData")).get("createdAt")),
    )


def credentials_to_arm(credentials: Mapping[str, str]) -> dict[str, Any]:
    kind = _auth_type(credentials)
    given = {name: value for name, value in credentials.items() if name != "type"}
    if kind == "CustomKeys":
        return {"keys": given}
    return {_AUTH[kind][name]: value for name, value in given.items() if name in _AUTH.get(kind, {})}


def credentials_from_arm(properties: Mapping[str, Any]) -> dict[str, str]:
    """By our names; {} where the answer has none."""
    kind, found = str(properties.get("authType")), mapping(properties.get("credentials"))
    if kind == "CustomKeys":
        return texts(found.get("keys"))
    known = {theirs.lower(): ours for ours, theirs in _AUTH.get(kind, {}).items()}
    said = {known[name.lower()]: str(value) for name, value in found.items() if value and name.lower() in known}
    # Who named the credentials said by that whether their kind is one of them.
    named = texts(properties.get("metadata")).get(_NAMES)
    has_kind = said and (named is None or "type" in named.split(","))
    return said | ({"type": _snake(kind)} if has_kind else {})


def _auth_type(credentials: Mapping[str, str]) -> str:
    """As it was said, or told from which credentials there are."""
    given = set(credentials) - {"type"}
    said = str(credentials.get("type") or "")
    if not given:
        return {"aad": "AAD", "managed_identity": "ManagedIdentity"}.get(said, "None")
    for kind, names in _AUTH.items():
        if given <= set(names) and said in ("", _snake(kind)):
            return kind
    return "CustomKeys"


def _category(kind: str) -> str:
    return _CATEGORIES.get(kind) or "".join(part.title() for part in kind.split("_"))


def _type(category: str, metadata: Mapping[str, str]) -> str:
    known = [ours for ours, theirs in _CATEGORIES.items() if theirs.lower() == category.lower()]
    kind = metadata.get(_KIND, "").lower()
    return next((ours for ours in known if _KINDS.get(ours, "").lower() == kind), (known or [_snake(category)])[0])


def _credentials(auth_type: str) -> set[str]:
    """The names of those that this kind has, where nobody says which."""
    return {*_AUTH[auth_type], "type"} if auth_type in _AUTH else set()


def _snake(word: str) -> str:
    return _WORDS.get(word) or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word).lower()
