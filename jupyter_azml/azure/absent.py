"""What an Azure ML workspace has and is not spoken to about yet. Each says so, and where it is to be had."""

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from ..entities import Connection, DataAsset, Datastore, Environment, File, Location, Page, Secret
from ..errors import NotSupported
from ..language import _
from ..workspace import (
    ConnectionsOperations,
    DataOperations,
    DatastoresOperations,
    EnvironmentsOperations,
    SecretsOperations,
    TrackingOperations,
)
from ..workspace.data import Archived
from ..workspace.datastores import Progress
from ..workspace.environments import Listener
from ..workspace.tracking import Kernel


class AzureData(DataOperations):
    def list(
        self,
        name: str | None = None,
        *,
        archived: Archived = "active",
        limit: int = 50,
        continuation: str | None = None,
    ) -> Page[DataAsset]:
        """Raises NotSupported."""
        raise _no_data()

    def get(self, name: str, version: str | None = None, *, label: str | None = None) -> DataAsset:
        """Raises NotSupported."""
        raise _no_data()

    def create(self, asset: DataAsset) -> DataAsset:
        """Raises NotSupported."""
        raise _no_data()

    def upload(self, asset: DataAsset, *, datastore: str | None = None, progress: Progress | None = None) -> DataAsset:
        """Raises NotSupported."""
        raise _no_data()

    def update(
        self,
        name: str,
        version: str | None = None,
        *,
        description: str | None = None,
        tags: Mapping[str, str] | None = None,
        label: str | None = None,
    ) -> DataAsset:
        """Raises NotSupported."""
        raise _no_data()

    def archive(self, name: str, version: str | None = None) -> None:
        """Raises NotSupported."""
        raise _no_data()

    def restore(self, name: str, version: str | None = None) -> None:
        """Raises NotSupported."""
        raise _no_data()

    def locate(self, path: str) -> Location:
        """Raises NotSupported."""
        raise _no_data()

    def stat(self, path: str) -> File:
        """Raises NotSupported."""
        raise _no_data()

    def browse(self, path: str, *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        """Raises NotSupported."""
        raise _no_data()

    def open(self, path: str) -> BinaryIO:
        """Raises NotSupported."""
        raise _no_data()

    def fetch(self, path: str, *, progress: Progress | None = None) -> Path:
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

    def stat(self, name: str, path: str) -> File:
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


class AzureEnvironments(EnvironmentsOperations):
    def list(
        self,
        name: str | None = None,
        *,
        archived: bool | None = False,
        curated: bool = False,
        limit: int = 50,
        continuation: str | None = None,
    ) -> Page[Environment]:
        """Raises NotSupported."""
        raise _no_environments()

    def get(self, name: str, version: str | None = None) -> Environment:
        """Raises NotSupported."""
        raise _no_environments()

    def create_or_update(self, environment: Environment) -> Environment:
        """Raises NotSupported."""
        raise _no_environments()

    def build(self, name: str, version: str | None = None, listener: Listener | None = None) -> Environment:
        """Raises NotSupported."""
        raise _no_environments()

    def archive(self, name: str, version: str | None = None) -> None:
        """Raises NotSupported."""
        raise _no_environments()

    def restore(self, name: str, version: str | None = None) -> None:
        """Raises NotSupported."""
        raise _no_environments()

    def prune(self, unused_days: float = 30) -> tuple[int, int]:
        """Raises NotSupported."""
        raise _no_environments()


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


class AzureTracking(TrackingOperations):
    def follow(self, kernel: Kernel) -> None:
        """Raises NotSupported."""
        raise NotSupported(
            _("What plain mlflow logs in this notebook is not tracked in Azure yet."),
            _(
                "pip install azureml-mlflow; then mlflow.set_tracking_uri() with the MLflow URI of the "
                "workspace's page."
            ),
        )

    def leave(self) -> None:
        """There is nothing to leave."""


def _no_data() -> NotSupported:
    return NotSupported(
        _("Data assets in Azure cannot be reached yet."), _("`az ml data` and Azure ML studio show them.")
    )


def _no_datastores() -> NotSupported:
    return NotSupported(
        _("Datastores in Azure cannot be reached yet."), _("`az ml datastore` and Azure ML studio show them.")
    )


def _no_environments() -> NotSupported:
    return NotSupported(
        _("Environments in Azure cannot be reached yet."), _("`az ml environment` and Azure ML studio show them.")
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
