"""The routes of code: what a client uploads before it submits a job, found again by its hash."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..arm.ids import PROVIDER
from ..arm.shape import mapping
from ..errors import NotFound, UsageError
from ..language import _
from .door import Door, json_of, name_in, page_of
from .private import make_private
from .storage import StorageAccount

_FOLDER = "azml.folder"
"""Of code that lies on this machine and that no client uploaded."""


class CodeRoutes:
    def __init__(self, door: Door, account: StorageAccount, folder: Path) -> None:
        self._door = door
        self._account = account
        self._folder = folder / "codes"

    def list(self, request: Request) -> Response:
        """A client asks under a name that it has just made up, and means: any code of this hash."""
        self._door.check(request)
        wanted = request.query_params.get("hash")
        found = [self._arm(name, code) for name, code in self._all() if wanted in (None, _hash_of(code))]
        return page_of(request, found, None)

    def get(self, request: Request) -> Response:
        self._door.check(request)
        name = _checked(name_in(request))
        return JSONResponse(self._arm(name, self._read(name)))

    def start_upload(self, request: Request) -> Response:
        self._door.check(request)
        container = self._account.new_container()
        address = self._account.address(container)
        credential = {"credentialType": "SAS", "sasUri": f"{address}?{self._account.signature(container, 'racwdl')}"}
        consumption = {"blobUri": address, "storageAccountArmId": None, "credential": credential}
        return JSONResponse(
            {
                "pendingUploadId": None,
                "pendingUploadType": "TemporaryBlobReference",
                "blobReferenceForConsumption": consumption,
            }
        )

    async def put(self, request: Request) -> Response:
        self._door.check(request)
        name, properties = _checked(name_in(request)), mapping((await json_of(request)).get("properties"))
        self.folder_of_uri(str(properties.get("codeUri")))
        make_private(self._folder / f"{name}.json", json.dumps(dict(properties)).encode(), replace=True)
        return JSONResponse(self._arm(name, dict(properties)), 201)

    def folder(self, code_id: str) -> Path:
        """Where the files are that an ARM id names. Raises NotFound."""
        parts = code_id.split("/")
        name = parts[parts.index("codes") + 1] if "codes" in parts[:-1] else ""
        found = self._read(_checked(name))
        return Path(found[_FOLDER]) if _FOLDER in found else self.folder_of_uri(str(found.get("codeUri")))

    def id_of(self, folder: str) -> str:
        """The ARM id by which a client names the code in a folder, be it one that nobody uploaded."""
        uploaded = self._account.container_with(Path(folder))
        for name, code in self._all() if uploaded else ():
            if self._account.named(str(code.get("codeUri")))[0] == uploaded:
                return str(self._arm(name, code)["id"])
        name = str(uuid5(NAMESPACE_URL, folder))
        make_private(self._folder / f"{name}.json", json.dumps({_FOLDER: folder}).encode())
        return str(self._arm(name, {})["id"])

    def folder_of_uri(self, uri: str) -> Path:
        """Raises UsageError for what is not in a container that was handed out for an upload."""
        place = self._account.uploaded(*self._account.named(uri))
        if place is None:
            raise UsageError(
                _("There is no code at {uri}.", uri=uri.partition("?")[0]), _("Upload it first, by startPendingUpload.")
            )
        return place

    def _all(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for file in sorted(self._folder.glob("*.json")):
            yield file.stem, self._read(file.stem)

    def _read(self, name: str) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads((self._folder / f"{name}.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise NotFound(_("There is no code named {name}.", name=name), _("Upload it again.")) from error
        return found

    def _arm(self, name: str, code: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": f"{self._door.identity.child('codes', name)}/versions/1",
            "name": "1",
            "type": f"{PROVIDER}/workspaces/codes/versions",
            "properties": {"isArchived": False, "tags": {}, "description": None, **code},
        }


def _hash_of(code: dict[str, Any]) -> str:
    return str(mapping(code.get("properties")).get("hash_sha256") or mapping(code.get("properties")).get("hash") or "")


def _checked(name: str) -> str:
    """Clients name code by a guid, and nothing else may become a file's name. Raises UsageError."""
    try:
        return str(UUID(name))
    except ValueError:
        raise UsageError(
            _("{name} cannot be the name of code.", name=name), _("Name it by a guid, as Azure's clients do.")
        ) from None
