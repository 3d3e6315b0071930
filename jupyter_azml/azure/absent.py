"""What an Azure ML workspace has and is not spoken to about yet. Each says so, and where it is to be had."""

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from ..entities import Connection, DataAsset, Datastore, File, Page, Secret
from ..errors import NotSupported
from ..language import _
from ..workspace import ConnectionsOperations, DataOperations, DatastoresOperations, SecretsOperations
from ..workspace.datastores import Progress


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


class AzureDatastores(DatastoresOperations):
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Datastore]:
        """Raises NotSupported."""
        raise _no_datastores()

    def get(self, name: str) -> Datastore:
        """Raises NotSupported."""
        raise _no_datastores()

    def get_default(self) -> Datastore:
        """Raises NotSupported."""
        raise _no_datastores()

    def create_or_update(self, datastore: Datastore, credentials: Mapping[str, str]) -> Datastore:
        """Raises NotSupported."""
        raise _no_datastores()

    def set_default(self, name: str) -> Datastore:
        """Raises NotSupported."""
        raise _no_datastores()

    def delete(self, name: str) -> None:
        """Raises NotSupported."""
        raise _no_datastores()

    def browse(self, name: str, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        """Raises NotSupported."""
        raise _no_datastores()

    def open(self, name: str, path: str) -> BinaryIO:
        """Raises NotSupported."""
        raise _no_datastores()

    def upload(
        self, name: str, source: Path, path: str, *, overwrite: bool = False, progress: Progress | None = None
    ) -> int:
        """Raises NotSupported."""
        raise _no_datastores()

    def download(self, name: str, path: str, target: Path, *, progress: Progress | None = None) -> int:
        """Raises NotSupported."""
        raise _no_datastores()

    def remove(self, name: str, path: str) -> None:
        """Raises NotSupported."""
        raise _no_datastores()

    def move(self, name: str, path: str, to: str) -> None:
        """Raises NotSupported."""
        raise _no_datastores()


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


def _no_datastores() -> NotSupported:
    return NotSupported(
        _("Datastores in Azure cannot be reached yet."), _("`az ml datastore` and Azure ML studio show them.")
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
