"""Secrets of an Azure ML workspace: those of its key vault, which jobs can read.

https://learn.microsoft.com/rest/api/keyvault/secrets
"""

from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from ..arm.ids import last_name
from ..arm.shape import mapping, number
from ..entities import Page, Secret
from ..entities.secret_name import SECRET_NAME, check_secret
from ..errors import AzmlError, Conflict, NotFound, NotSupported, SecretNotFound
from ..language import _
from ..workspace import SecretsOperations
from .client import ArmClient
from .facts import WorkspaceFacts
from .paging import read_page

SCOPE = "https://vault.azure.net/.default"
_VERSION, _ARM_VERSION = "7.4", "2023-07-01"


class AzureSecrets(SecretsOperations):
    def __init__(self, client: ArmClient, facts: WorkspaceFacts) -> None:
        self._client = client
        self._facts = facts

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Secret]:
        return read_page(
            self._vault,
            "/secrets",
            query={"maxresults": "25"},
            read=_secret,
            keep=lambda _secret: True,
            limit=limit,
            continuation=continuation,
        )

    def set(self, name: str, value: str) -> Secret:
        """Raises UsageError for a name that a key vault does not take, or a value that no variable can hold."""
        check_secret(name, value)
        try:
            return _secret(self._vault.put(f"/secrets/{name}", {"value": value}))
        except Conflict:
            # One of that name was deleted and is kept for some days.
            self._vault.post(f"/deletedsecrets/{name}/recover")
        return _secret(self._vault.put(f"/secrets/{name}", {"value": value}))

    def delete(self, name: str) -> None:
        if not SECRET_NAME.fullmatch(name):
            raise _missing(name)
        try:
            self._vault.delete(f"/secrets/{name}")
        except NotFound:
            raise _missing(name) from None
        with suppress(AzmlError):  # few may do that; then the vault keeps it for some days
            self._vault.delete(f"/deletedsecrets/{name}")

    @cached_property
    def _vault(self) -> ArmClient:
        """Raises NotSupported for a workspace without one."""
        vault = self._facts.property("keyVault")
        if not vault:
            raise NotSupported(
                _("The workspace has no key vault."),
                _("Keep the value in a connection: azml connection create -f FILE"),
            )
        address = f"https://{last_name(vault)}.vault.azure.net"
        with suppress(AzmlError):  # to look at the vault itself is another right than to use it
            found = self._client.get(vault, {"api-version": _ARM_VERSION})
            address = str(mapping(found.get("properties")).get("vaultUri") or address)
        return self._client.for_scope(SCOPE, address.rstrip("/"), _VERSION)


def _secret(found: Any) -> Secret:
    """The id is ``https://VAULT/secrets/NAME``, and that of one that was set goes on with its version."""
    parts = str(found.get("id")).partition("/secrets/")[2].split("/")
    made = number(mapping(found.get("attributes")).get("created"))
    return Secret(name=parts[0], created=datetime.fromtimestamp(made, UTC) if made else None)


def _missing(name: str) -> SecretNotFound:
    return SecretNotFound(
        _("There is no secret named {name}.{others}", name=name, others=""),
        _("Set it with: azml secret set {name}", name=name),
    )
