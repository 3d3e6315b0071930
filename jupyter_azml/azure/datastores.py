"""Datastores of an Azure ML workspace. Files are reached in the storage itself, with what the service hands out."""

import time
from collections.abc import Mapping
from threading import Lock
from typing import Any

from ..arm import WorkspaceId
from ..arm.datastores import datastore_fields, datastore_from_arm, is_known, secrets_from_arm
from ..arm.shape import mapping
from ..arm.versions import with_changes
from ..entities import CredentialsType, Datastore, Page
from ..errors import AzmlError, Conflict, DatastoreNotFound, NotFound, StorageRefused, UsageError
from ..language import _
from ..schemas.names import check_datastore_name
from ..storage.files import StoredFiles
from ..storage.reach import reach_store
from ..storage.store import Store
from .client import ArmClient
from .errors import readable
from .paging import read_page
from .paths import path_to

_KEPT = 60.0
"""Seconds for which credentials are used again: somebody may give the datastore others."""
_OWN = {"workspaceblobstore", "workspaceartifactstore", "workspacefilestore", "workspaceworkingdirectory"}
_SECRETS = {"expirableSecret": True, "expireAfterHours": 1}


class AzureDatastores(StoredFiles):
    def __init__(self, client: ArmClient, workspace: WorkspaceId) -> None:
        self._client = client
        self._workspace = workspace
        self._stores: dict[str, tuple[float, Store]] = {}
        self._lock = Lock()

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Datastore]:
        """Without those of a kind that has no word here, such as OneLake."""
        page: Page[Any] = read_page(
            self._client,
            path_to(self._workspace, "datastores"),
            query={},
            read=_read_if_known,
            keep=lambda datastore: datastore is not None,
            limit=limit,
            continuation=continuation,
        )
        return Page[Datastore](items=page.items, continuation=page.continuation)

    def get(self, name: str) -> Datastore:
        with readable():
            return datastore_from_arm(self._resource(name))

    def get_default(self) -> Datastore:
        answer = self._client.get(path_to(self._workspace, "datastores"), {"isDefault": "true", "count": "1"})
        for resource in answer.get("value") or ():
            with readable():
                return datastore_from_arm(resource)
        raise DatastoreNotFound(
            _("The workspace has no default datastore."), _("Choose one: azml datastore set-default NAME")
        )

    def create_or_update(self, datastore: Datastore, credentials: Mapping[str, str]) -> Datastore:
        """The service asks the place whether it answers. What has no word here stays, where there is one already."""
        check_datastore_name(datastore.name)
        if not is_known(datastore):
            raise UsageError(
                _("Azure has no datastore that is a folder of this machine."),
                _("Upload the folder: azml datastore upload, or azml data create -p PATH"),
            )
        if datastore.name.lower() in _OWN:
            raise _belongs(datastore.name)
        wanted = datastore_fields(datastore, credentials)
        try:
            body = with_changes(self._resource(datastore.name), **wanted)
        except DatastoreNotFound:
            body = {"properties": wanted}
        answer = self._client.put(path_to(self._workspace, "datastores", datastore.name), body)
        self._forget(datastore.name)
        with readable():
            return datastore_from_arm(answer)

    def set_default(self, name: str) -> Datastore:
        resource = self._resource(name)
        with readable():
            datastore = datastore_from_arm(resource)
        # The service wants the secrets again, whatever is changed.
        fields = datastore_fields(datastore, self._credentials(datastore))
        body = with_changes(resource, credentials=fields["credentials"], isDefault=True)
        self._client.put(path_to(self._workspace, "datastores", datastore.name), body)
        return self.get(datastore.name)

    def delete(self, name: str, *, force: bool = False) -> None:
        """The service does not look for data assets: they lead nowhere then."""
        datastore = self.get(name)
        if datastore.name.lower() in _OWN:
            raise _belongs(name)
        self._client.delete(path_to(self._workspace, "datastores", datastore.name))
        self._forget(datastore.name)

    def store(self, name: str) -> Store:
        with self._lock:
            made, store = self._stores.get(name.lower(), (0.0, None))
        if store is not None and time.monotonic() - made < _KEPT:
            return store
        datastore = self.get(name)
        credentials = self._credentials(datastore)
        store = reach_store(_as_handed_out(datastore, credentials), credentials, self._client.credential)
        with self._lock:
            self._stores[name.lower()] = time.monotonic(), store
        return store

    def store_beside(self, name: str, container: str) -> Store:
        """Another container of the datastore's account. Whether its credentials open that one shows when it is read."""
        datastore = self.get(name).model_copy(update={"container_name": container})
        credentials = self._credentials(datastore)
        return reach_store(_as_handed_out(datastore, credentials), credentials, self._client.credential)

    def _credentials(self, datastore: Datastore) -> dict[str, str]:
        """By the YAML's names. Raises StorageRefused where the service hands out none."""
        if datastore.credentials is CredentialsType.NONE:
            return {}
        try:
            answer = self._client.ask(path_to(self._workspace, "datastores", datastore.name, "listSecrets"), _SECRETS)
        except (NotFound, DatastoreNotFound):
            raise
        except AzmlError as error:
            raise StorageRefused(
                _("The credentials of the datastore {name} are not handed out.", name=datastore.name), error.message
            ) from error
        secrets = secrets_from_arm(answer)
        if not secrets:
            raise StorageRefused(
                _("The datastore {name} has no credentials that can be used here.", name=datastore.name),
                _("Create it again with a key, a signature, or without: then whoever is signed in is let in."),
            )
        return secrets

    def _resource(self, name: str) -> Mapping[str, Any]:
        try:
            return self._client.get(path_to(self._workspace, "datastores", name))
        except NotFound as error:
            if type(error) is not NotFound:
                raise
        names = ", ".join(datastore.name for datastore in self.list().items)
        raise DatastoreNotFound(
            _("There is no datastore named {name}.", name=name), _("There is: {names}.", names=names or "–")
        )

    def _forget(self, name: str) -> None:
        with self._lock:
            self._stores.pop(name.lower(), None)


def _as_handed_out(datastore: Datastore, credentials: Mapping[str, str]) -> Datastore:
    """For a datastore with a key the service may hand out a signature that ends."""
    if datastore.credentials is CredentialsType.ACCOUNT_KEY and "sas_token" in credentials:
        return datastore.model_copy(update={"credentials": CredentialsType.SAS})
    return datastore


def _read_if_known(resource: Mapping[str, Any]) -> Datastore | None:
    try:
        return datastore_from_arm(mapping(resource))
    except ValueError:
        return None


def _belongs(name: str) -> Conflict:
    return Conflict(_("{name} belongs to the workspace and cannot be replaced.", name=name), _("Choose another name."))
