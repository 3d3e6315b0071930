"""The routes of datastores. Each is a container of an account of the emulator's, whose files lie on this machine.

What clients say of an account in the cloud is told back as it was said; the account itself is never asked.
"""

import builtins
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm.datastores import datastore_from_arm, datastore_secrets, datastore_to_arm, secrets_to_arm
from ..arm.shape import mapping
from ..entities import CredentialsType, Datastore, DatastoreType
from ..errors import Conflict, DatastoreNotFound, UsageError
from ..language import _
from ..workspace import Workspace
from .door import Door, json_of, name_in, page_of
from .storage import ARTIFACTS, StorageAccount
from .table import WORKSPACE_PATH, route

ARTIFACT_STORE = "workspaceartifactstore"
_OTHER_KINDS = ("AzureDataLakeGen1", "OneLake", "Hdfs")
_KNOWN = {
    *("datastoreType", "accountName", "containerName", "filesystem", "fileShareName", "endpoint", "protocol"),
    *("credentials", "isDefault", "description", "tags"),
}
_PLACE = ("type", "account_name", "container_name", "endpoint", "protocol")


class DatastoreRoutes:
    def __init__(self, workspace: Workspace, door: Door, account: StorageAccount, folder: Path) -> None:
        """``folder``: for the files of accounts that clients name."""
        self._datastores = workspace.datastores
        self._door = door
        self._account = account
        self._folder = folder

    def routes(self) -> "builtins.list[Route]":
        path = f"{WORKSPACE_PATH}/datastores"
        return [
            route(path, self.list),
            route(f"{path}/{{name}}", self.get),
            route(f"{path}/{{name}}", self.put, "PUT"),
            route(f"{path}/{{name}}", self.delete, "DELETE"),
            route(f"{path}/{{name}}/listSecrets", self.secrets, "POST"),
            route(f"/datastore/v1.0{path}/{{name}}", self.get_for_readers),
        ]

    def list(self, request: Request) -> Response:
        self._door.check(request)
        if request.query_params.get("isDefault", "").lower() == "true":
            return page_of(request, [self._arm(self._datastores.get_default())], None)
        page = self._datastores.list(limit=self._door.page_size, continuation=request.query_params.get("$skip"))
        rest = () if page.continuation else tuple(self._fixed().values())
        return page_of(request, [self._arm(each) for each in (*page.items, *rest)], page.continuation)

    def get(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(self._arm(self._get(name_in(request))))

    async def put(self, request: Request) -> Response:
        self._door.check(request)
        body = {**await json_of(request), "name": name_in(request)}
        fields = mapping(body.get("properties"))
        try:
            asked = datastore_from_arm({**body, "properties": {**fields, **_as_known(fields)}})
        except ValueError as error:
            raise UsageError(
                _("The request's body is not a datastore: {detail}", detail=error),
                _("Send JSON as Azure's API describes it."),
            ) from error
        status, answer = await run_in_threadpool(self._put, asked, datastore_secrets(body), fields)
        return JSONResponse(answer, status)

    def delete(self, request: Request) -> Response:
        self._door.check(request)
        name = name_in(request)
        if name.lower() in self._fixed():
            raise _belongs(name)
        try:
            self._datastores.delete(name, force=True)  # the service does not look for what lies in it
        except DatastoreNotFound:
            return Response(status_code=204)
        self._account.said.forget(name)
        return Response(status_code=200)

    def secrets(self, request: Request) -> Response:
        """Of an account of a client's those that it gave; of the emulator's own, a signature for the container."""
        self._door.check(request)
        datastore = self._get(name_in(request))
        said = self._account.said.of(datastore.name)
        way = said.datastore.credentials if said else self._way_in(datastore)
        if way is CredentialsType.NONE:
            raise UsageError(
                _("The datastore {name} has no credentials: whoever is signed in is let in.", name=datastore.name),
                _("Ask with your own sign-in."),
            )
        return JSONResponse(secrets_to_arm(self._credentials(datastore)))

    def get_for_readers(self, request: Request) -> Response:
        """As azureml-fsspec and mltable ask for it, with the secret in it."""
        self._door.check(request)
        datastore = self._get(name_in(request))
        shown = self._described(datastore)
        credentials = self._credentials(datastore)
        key, signature = credentials.get("account_key"), credentials.get("sas_token")
        section = {
            "accountName": shown.account_name,
            "containerName": shown.container_name,
            # Readers put it behind an account's name.
            "endpoint": "core.windows.net" if "://" in shown.endpoint else shown.endpoint or "core.windows.net",
            "protocol": shown.protocol,
            "credentialType": "AccountKey" if key else "Sas" if signature else "None",
            "credential": key or signature or "",
            "accountKey": key,
            "sasToken": signature,
            "isSas": bool(signature),
            "blobCacheTimeout": None,
            "areWorkspaceManagedIdentitiesAllowed": False,
        }
        kind = "AzureFile" if shown.type is DatastoreType.AZURE_FILE else "AzureBlob"
        return JSONResponse(
            {
                "name": datastore.name,
                "dataStoreType": kind,
                "hasBeenValidated": True,
                "tags": shown.tags,
                "azureStorageSection": section,
            }
        )

    def _credentials(self, datastore: Datastore) -> Mapping[str, str]:
        said = self._account.said.of(datastore.name)
        if said:
            return said.credentials
        match self._way_in(datastore):
            case CredentialsType.ACCOUNT_KEY:
                return {"account_key": self._account.key}
            case CredentialsType.NONE:
                return {}
        return {"sas_token": self._account.signature(self._container(datastore))}

    def _way_in(self, datastore: Datastore) -> CredentialsType:
        """To the emulator's own account, behind which the datastore is, whatever that itself is reached with."""
        if datastore.name == ARTIFACT_STORE:
            # The SDK streams the logs of jobs by addresses that it signs itself, which takes the key.
            return CredentialsType.ACCOUNT_KEY
        is_folder = datastore.type is DatastoreType.LOCAL
        is_other = datastore.credentials is CredentialsType.SERVICE_PRINCIPAL
        return CredentialsType.SAS if is_folder or is_other else datastore.credentials

    def _put(
        self, asked: Datastore, credentials: Mapping[str, str], fields: Mapping[str, Any]
    ) -> tuple[int, dict[str, Any]]:
        if asked.name.lower() in self._fixed():
            raise _belongs(asked.name)
        said = self._account.said.of(asked.name)
        there = self._find(asked.name)
        # Who changes a description has no need to say the secrets again.
        held = said.credentials if said and said.datastore.credentials is asked.credentials else {}
        unknown = {key: value for key, value in fields.items() if key not in _KNOWN or _as_known(fields)}
        unknown.pop("credentials", None)
        if self._is_elsewhere(asked):
            made = self._datastores.create_or_update(asked, {**held, **credentials})
            self._account.said.keep(asked, {**held, **credentials}, unknown)
            return (200 if there else 201), self._arm(made)
        if there and not said:
            return 200, self._arm(self._change_own(there, asked))
        place = (
            self._folder
            / "accounts"
            / quote(asked.account_name or "none", safe="")
            / quote(asked.container_name or asked.name, safe="")
        )
        place.mkdir(parents=True, exist_ok=True)
        kept = Datastore(
            name=asked.name,
            type=DatastoreType.LOCAL,
            path=str(place),
            description=asked.description,
            tags=asked.tags,
            is_default=asked.is_default,
        )
        made = self._datastores.create_or_update(kept, {})
        self._account.said.keep(asked, {**held, **credentials}, unknown)
        return (200 if there else 201), self._arm(made)

    def _change_own(self, there: Datastore, asked: Datastore) -> Datastore:
        """Of one that the workspace has without the emulator, a client may say that it be the default."""
        shown = datastore_from_arm(self._arm(there))
        if any(getattr(shown, field) != getattr(asked, field) for field in _PLACE if getattr(asked, field)):
            raise _belongs(there.name)
        return self._datastores.set_default(there.name) if asked.is_default else there

    def _is_elsewhere(self, datastore: Datastore) -> bool:
        """No name of Azure's, but a place that can be asked: what keeps blobs on this machine, such as Azurite. Clients
        go there themselves, those that know Azure's names alone by the emulator.
        """
        return "://" in datastore.endpoint and not self._account.is_here(datastore.endpoint)

    def _find(self, name: str) -> Datastore | None:
        try:
            return self._datastores.get(name)
        except DatastoreNotFound:
            return None

    def _get(self, name: str) -> Datastore:
        return self._fixed().get(name.lower()) or self._datastores.get(name)

    def _fixed(self) -> dict[str, Datastore]:
        """Those that every workspace of Azure's has, and ours has no need of."""
        files: dict[str, Any] = {"type": DatastoreType.AZURE_FILE, "credentials": CredentialsType.ACCOUNT_KEY}
        found = [
            Datastore(name=ARTIFACT_STORE, type=DatastoreType.LOCAL),
            *(Datastore(name=name, container_name=share, **files) for name, share in self._account.own_shares.items()),
        ]
        return {each.name: each for each in found}

    def _arm(self, datastore: Datastore) -> dict[str, Any]:
        said = self._account.said.of(datastore.name)
        credentials, fields = (said.credentials, said.fields) if said else ({}, {})
        resource = datastore_to_arm(self._described(datastore), self._door.identity, credentials)
        resource["properties"] |= {key: value for key, value in fields.items() if key != "isDefault"}
        return resource

    def _described(self, datastore: Datastore) -> Datastore:
        """As its creator described it; the workspace's own look as Azure's do."""
        said = self._account.said.of(datastore.name)
        if said:
            kept = {"name": datastore.name, "is_default": datastore.is_default, "created": datastore.created}
            found = said.datastore.model_copy(update=kept)
        elif datastore.name in self._account.own_shares:
            found = datastore.model_copy(update={"account_name": self._account.name})
        else:
            found = datastore.model_copy(
                update={
                    "type": DatastoreType.AZURE_BLOB,
                    "account_name": self._account.name,
                    "container_name": self._container(datastore),
                    "credentials": self._way_in(datastore),
                    "endpoint": "",
                    "path": "",
                }
            )
        service = "file" if found.type is DatastoreType.AZURE_FILE else ""
        here = "" if self._is_elsewhere(found) else self._account.address_here(found.account_name, service)
        return found.model_copy(update={"endpoint": here, "protocol": "http"}) if here else found

    def _container(self, datastore: Datastore) -> str:
        return ARTIFACTS if datastore.name == ARTIFACT_STORE else self._account.container_of(datastore)


def _as_known(fields: Mapping[str, Any]) -> dict[str, str]:
    """Of a kind without a word here files are kept as of any other; the rest of it is told back as it was said."""
    return {"datastoreType": "AzureBlob"} if fields.get("datastoreType") in _OTHER_KINDS else {}


def _belongs(name: str) -> Conflict:
    return Conflict(_("{name} belongs to the workspace and cannot be replaced.", name=name), _("Choose another name."))
