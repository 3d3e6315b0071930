"""Who one is to a workspace, and who else may do what there."""

from datetime import datetime

from .base import Entity


class RoleAssignment(Entity):
    principal: str
    """Id of a user, a group or a service; locally the user's name."""
    principal_type: str = ""
    """``User``, ``Group``, ``ServicePrincipal``."""
    role: str = ""
    scope: str = ""
    is_inherited: bool = False
    """Given for a resource group or a subscription that the workspace is in."""
    created: datetime | None = None


class Account(Entity):
    """Whoever is signed in. Nothing of it is secret."""

    name: str = ""
    """Of a user, or the id of a service principal or a managed identity."""
    credential: str = ""
    """What won: ``azml login``, ``AzureCliCredential``, ``ManagedIdentityCredential`` …"""
    tenant: str = ""
    expires: datetime | None = None
    """Of the token at hand; it is renewed by itself as long as the sign-in lasts."""


class DeviceCode(Entity):
    """What a person enters in a browser, on whatever machine, to sign this one in. Good for minutes, and once."""

    user_code: str
    verification_uri: str
    expires: datetime
    message: str
    """All of it in a sentence of Azure's."""
