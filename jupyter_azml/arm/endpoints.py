"""Online endpoints."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from ..entities import AuthMode, EndpointKeys, EndpointState, EndpointToken, OnlineEndpoint, Reason
from .ids import PROVIDER, WorkspaceId, last_name
from .shape import mapping, moment, texts
from .versions import system_data

SEEN = "azml.seen"
"""The property that holds what our entity knows and the service has no word for. Only the emulator writes it."""

_MODES = {AuthMode.KEY: "Key", AuthMode.AML_TOKEN: "AMLToken", AuthMode.AAD_TOKEN: "AADToken"}
_STATES = {state.value: state for state in EndpointState}
# What the service and its clients write there by themselves.
_NOT_THE_USERS = ("azureml.", "azureasyncoperationuri", "createdby", "createdat", "lastmodifiedat", SEEN)


def endpoint_to_arm(endpoint: OnlineEndpoint, workspace: WorkspaceId, location: str = "local") -> dict[str, Any]:
    """As the service would answer ``GET …/onlineEndpoints/NAME``, and as it takes a ``PUT``."""
    properties: dict[str, Any] = {
        "authMode": _MODES[endpoint.auth_mode],
        "description": endpoint.description,
        "properties": endpoint.properties | seen_to_arm(endpoint.reason, endpoint.notes),
        "traffic": endpoint.traffic,
        "mirrorTraffic": endpoint.mirror_traffic,
        "publicNetworkAccess": endpoint.public_network_access.title() or "Enabled",
        "provisioningState": endpoint.state.value,
        "scoringUri": endpoint.scoring_uri,
        "swaggerUri": endpoint.openapi_uri,
    }
    return {
        "id": workspace.child("onlineEndpoints", endpoint.name),
        "name": endpoint.name,
        "type": f"{PROVIDER}/workspaces/onlineEndpoints",
        "location": location,
        "kind": "Managed",
        "tags": endpoint.tags,
        "identity": _identity(endpoint.identity),
        "properties": properties,
        "systemData": system_data(endpoint.created),
    }


def endpoint_from_arm(resource: Mapping[str, Any]) -> OnlineEndpoint:
    """Raises ValueError for what is none."""
    properties = mapping(resource.get("properties"))
    access = str(properties.get("publicNetworkAccess") or "").lower()
    notes = texts(properties.get("properties"))
    return OnlineEndpoint.model_validate(
        {
            "name": str(resource.get("name") or last_name(str(resource.get("id", "")))),
            "auth_mode": _mode(properties.get("authMode")),
            "description": str(properties.get("description") or ""),
            "tags": texts(resource.get("tags")),
            "properties": users_own(notes),
            "identity": _identity_from_arm(mapping(resource.get("identity"))),
            # Enabled is what it is when nobody said anything.
            "public_network_access": "disabled" if access == "disabled" else "",
            "traffic": _shares(properties.get("traffic")),
            "mirror_traffic": _shares(properties.get("mirrorTraffic")),
            "state": state_from_arm(properties.get("provisioningState")),
            "scoring_uri": str(properties.get("scoringUri") or ""),
            "openapi_uri": str(properties.get("swaggerUri") or ""),
            "created": moment(mapping(resource.get("systemData")).get("createdAt")),
            **seen_from_arm(notes),
        }
    )


def keys_to_arm(keys: EndpointKeys) -> dict[str, str]:
    return {"primaryKey": keys.primary_key, "secondaryKey": keys.secondary_key}


def keys_from_arm(found: Mapping[str, Any]) -> EndpointKeys:
    return EndpointKeys(
        primary_key=str(found.get("primaryKey") or ""), secondary_key=str(found.get("secondaryKey") or "")
    )


def token_to_arm(token: EndpointToken) -> dict[str, Any]:
    expires = int(token.expiry.timestamp())
    return {
        "accessToken": token.access_token,
        "expiryTimeUtc": expires,
        "refreshAfterTimeUtc": expires - 3600,
        "tokenType": token.token_type,
    }


def token_from_arm(found: Mapping[str, Any]) -> EndpointToken:
    """Raises ValueError for what is none."""
    return EndpointToken.model_validate(
        {
            "access_token": str(found.get("accessToken") or ""),
            "expiry": found.get("expiryTimeUtc"),
            "token_type": str(found.get("tokenType") or "Bearer"),
        }
    )


def state_from_arm(value: object) -> EndpointState:
    # The service also has Scaling and Accepted.
    return _STATES.get(str(value or "Succeeded"), EndpointState.UPDATING)


def seen_to_arm(reason: Reason | None, notes: tuple[Reason, ...], **others: Any) -> dict[str, str]:
    """Nothing where there is nothing to say."""
    said: dict[str, Any] = dict(others)
    if reason:
        said["reason"] = reason.to_data()
    if notes:
        said["notes"] = [note.to_data() for note in notes]
    return {SEEN: json.dumps(said)} if said else {}


def seen_from_arm(notes: Mapping[str, str]) -> dict[str, Any]:
    with suppress(ValueError, ValidationError):
        said = mapping(json.loads(notes.get(SEEN, "{}")))
        found: dict[str, Any] = {key: said[key] for key in said if key not in ("reason", "notes")}
        if said.get("reason"):
            found["reason"] = Reason.model_validate(said["reason"])
        if said.get("notes"):
            found["notes"] = tuple(Reason.model_validate(note) for note in said["notes"])
        return found
    return {}


def users_own(notes: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in notes.items() if not key.lower().startswith(_NOT_THE_USERS)}


def _mode(value: object) -> AuthMode:
    return next((mode for mode, word in _MODES.items() if word.lower() == str(value).lower()), AuthMode.KEY)


def _shares(value: object) -> dict[str, int]:
    return {str(name): share for name, share in mapping(value).items() if isinstance(share, int)}


def _identity(identity: Mapping[str, Any]) -> dict[str, Any]:
    """Of the YAML; the service gives each endpoint an identity of its own unless it is told otherwise."""
    if identity.get("type") != "user_assigned":
        return {"type": "SystemAssigned"}
    listed = identity.get("user_assigned_identities")
    ids = [str(mapping(each).get("resource_id") or "") for each in (listed if isinstance(listed, list) else [])]
    return {"type": "UserAssigned", "userAssignedIdentities": {each: {} for each in ids}}


def _identity_from_arm(identity: Mapping[str, Any]) -> dict[str, Any]:
    assigned = mapping(identity.get("userAssignedIdentities"))
    if not assigned:
        return {}
    return {"type": "user_assigned", "user_assigned_identities": [{"resource_id": str(each)} for each in assigned]}
