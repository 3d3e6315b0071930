"""What an Azure ML workspace has and is not spoken to about yet. Each says so, and where it is to be had."""

from collections.abc import Mapping

from ..entities import Connection, DataAsset, Page, Secret
from ..errors import NotSupported
from ..language import _
from ..workspace import ConnectionsOperations, DataOperations, SecretsOperations


class AzureData(DataOperations):
    def list(self, name: str | None = None, *, limit: int = 50, continuation: str | None = None) -> Page[DataAsset]:
        """Raises NotSupported."""
        raise _no_data()

    def get(self, name: str, version: str | None = None) -> DataAsset:
        """Raises NotSupported."""
        raise _no_data()

    def create(self, asset: DataAsset) -> DataAsset:
        """Raises NotSupported."""
        raise _no_data()


class AzureConnections(ConnectionsOperations):
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Connection]:
        """Raises NotSupported."""
        raise _no_connections()

    def get(self, name: str) -> Connection:
        """Raises NotSupported."""
        raise _no_connections()

    def create_or_update(self, connection: Connection, credentials: Mapping[str, str]) -> Connection:
        """Raises NotSupported."""
        raise _no_connections()

    def delete(self, name: str) -> None:
        """Raises NotSupported."""
        raise _no_connections()


class AzureSecrets(SecretsOperations):
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Secret]:
        """Raises NotSupported."""
        raise _no_secrets()

    def set(self, name: str, value: str) -> Secret:
        """Raises NotSupported."""
        raise _no_secrets()

    def delete(self, name: str) -> None:
        """Raises NotSupported."""
        raise _no_secrets()


def _no_data() -> NotSupported:
    return NotSupported(
        _("Data assets in Azure cannot be reached yet."), _("`az ml data` and Azure ML studio show them.")
    )


def _no_connections() -> NotSupported:
    return NotSupported(
        _("Connections in Azure cannot be reached yet."), _("`az ml connection` and Azure ML studio show them.")
    )


def _no_secrets() -> NotSupported:
    return NotSupported(
        _("Azure keeps secrets in the workspace's key vault, which is not reached yet."),
        _("Set it with: az keyvault secret set"),
    )
