"""The routes of datastores. Each is a container of the emulator's account, whose files lie on this machine."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..arm.datastores import datastore_from_arm, datastore_to_arm
from ..entities import CredentialsType, Datastore, DatastoreType
from ..errors import UsageError
from ..language import _
from ..workspace import Workspace
from .door import Door, json_of, name_in, page_of
from .private import make_private
from .storage import ARTIFACTS, StorageAccount

ARTIFACT_STORE = "workspaceartifactstore"


class DatastoreRoutes:
    def __init__(self, workspace: Workspace, door: Door, account: StorageAccount, folder: Path) -> None:
        """``folder``: for what clients said of a datastore and the workspace has no word for."""
        self._workspace = workspace
        self._door = door
        self._account = account
        self._folder = folder

    def list(self, request: Request) -> Response:
        self._door.check(request)
        if request.query_params.get("isDefault", "").lower() == "true":
            return page_of(request, [self._arm(self._workspace.datastores.get_default())], None)
        page = self._workspace.datastores.list(
            limit=self._door.page_size, continuation=request.query_params.get("$skip")
        )
        first = [] if request.query_params.get("$skip") else [self._artifacts()]
        return page_of(request, [self._arm(each) for each in (*first, *page.items)], page.continuation)

    def get(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(self._arm(self._get(name_in(request))))

    async def put(self, request: Request) -> Response:
        self._door.check(request)
        body = await json_of(request)
        try:
            asked = datastore_from_arm({**body, "name": name_in(request)})
        except ValueError as error:
            raise UsageError(
                _("The request's body is not a datastore: {detail}", detail=error),
                _("Send JSON as Azure's API describes it."),
            ) from error
        return JSONResponse(await run_in_threadpool(self._put, asked), 201)

    def delete(self, request: Request) -> Response:
        self._door.check(request)
        self._workspace.datastores.delete(name_in(request))
        self._said_file(name_in(request)).unlink(missing_ok=True)
        return Response(status_code=200)

    def secrets(self, request: Request) -> Response:
        """The account's, which are the emulator's own: what was sent for an account in the cloud is not kept."""
        self._door.check(request)
        datastore = self._get(name_in(request))
        if self._said(datastore).credentials is CredentialsType.ACCOUNT_KEY:
            return JSONResponse({"secretsType": "AccountKey", "key": self._account.key})
        container = ARTIFACTS if datastore.name == ARTIFACT_STORE else self._account.container_of(datastore)
        return JSONResponse({"secretsType": "Sas", "sasToken": self._account.signature(container, "racwdl")})

    def _put(self, asked: Datastore) -> dict[str, Any]:
        place = self._folder / "accounts" / (asked.account_name or "none") / (asked.container_name or asked.name)
        place.mkdir(parents=True, exist_ok=True)
        kept = Datastore(
            name=asked.name,
            type=DatastoreType.LOCAL,
            path=str(place),
            description=asked.description,
            tags=asked.tags,
            is_default=asked.is_default,
        )
        made = self._workspace.datastores.create_or_update(kept, {})
        make_private(self._said_file(made.name), asked.model_dump_json().encode(), replace=True)
        return self._arm(made)

    def _get(self, name: str) -> Datastore:
        return self._artifacts() if name.lower() == ARTIFACT_STORE else self._workspace.datastores.get(name)

    def _artifacts(self) -> Datastore:
        """Where runs leave their outputs and logs; every workspace of Azure's has it."""
        return Datastore(name=ARTIFACT_STORE, type=DatastoreType.LOCAL)

    def _arm(self, datastore: Datastore) -> dict[str, Any]:
        said = self._said(datastore)
        container = ARTIFACTS if datastore.name == ARTIFACT_STORE else self._account.container_of(datastore)
        shown = said.model_copy(
            update={
                "account_name": said.account_name or self._account.name,
                "container_name": said.container_name or container,
                "endpoint": said.endpoint or "core.windows.net",
            }
        )
        return datastore_to_arm(shown, self._door.identity)

    def _said(self, datastore: Datastore) -> Datastore:
        """As its creator described it; the workspace's own look as Azure's do."""
        with suppress(OSError, ValueError):
            said = Datastore.model_validate(json.loads(self._said_file(datastore.name).read_text("utf-8")))
            return said.model_copy(update={"is_default": datastore.is_default, "created": datastore.created})
        if datastore.type is not DatastoreType.LOCAL:
            return datastore
        update = {"type": DatastoreType.AZURE_BLOB, "credentials": CredentialsType.SAS, "path": ""}
        return datastore.model_copy(update=update)

    def _said_file(self, name: str) -> Path:
        return self._folder / "datastores" / f"{name.lower()}.json"
