"""The workspace's storage account: which containers it has, and what is behind each."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from uuid import uuid4

from starlette.types import ASGIApp, Receive, Scope, Send

from ..arm import WorkspaceId
from ..arm.workspaces import workspace_guid
from ..entities import Datastore, DatastoreType
from ..storage.folder import Folder
from ..workspace import Workspace
from .artifacts import ArtifactContainer, Artifacts
from .blobs import create_blobs, create_lake, create_shares
from .blobs.authorization import Authorization
from .blobs.containers import Container, DatastoreFiles
from .blobs.faults import Fault
from .datastores_said import SaidDatastores
from .origin import origin

ARTIFACTS = "azureml"
"""The container of what runs leave, as in Azure: the datastore workspaceartifactstore."""
_OWN = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]")
_LIFE = timedelta(hours=12)
_AZURE = ".core.windows.net"


class StorageAccount:
    def __init__(
        self, workspace: Workspace, identity: WorkspaceId, secret: str, accepts: Callable[[str], bool], folder: Path
    ) -> None:
        """``folder``: for what clients upload that is in no datastore, such as code."""
        self.name = f"azml{hashlib.sha256(str(identity).lower().encode()).hexdigest()[:16]}"
        self.key = b64encode(hashlib.sha512(f"storage\n{secret}".encode()).digest()).decode()
        self._workspace = workspace
        self._identity = identity
        self._folder = folder
        self.said = SaidDatastores(folder)
        guid = workspace_guid(identity)
        self.own_shares = {
            "workspacefilestore": f"azureml-filestore-{guid}",
            "workspaceworkingdirectory": f"code-{guid}",
        }
        """Of the datastores that every workspace of Azure's has."""
        self._accepts = accepts
        self._authorization = Authorization(self.name, [self.key], accepts)

    def application(self) -> ASGIApp:
        """For every account of Azure's: its own, and those of the datastores that clients have made."""

        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            host = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
            account, service = [*host.split("."), ""][:2] if _AZURE in host else (self.name, "blob")
            await self._service_of(account, service)(scope, receive, send)

        return application

    def application_here(self) -> ASGIApp:
        """The same below ``/storage/ACCOUNT``, for who knows this machine's name and not Azure's."""

        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            _empty, _storage, named, path = [*scope["path"].split("/", 3), "", ""][:4]
            account, _dot, service = named.partition(".")
            # What is signed is the whole path, which raw_path still says.
            await self._service_of(account, service or "blob")(
                {**scope, "path": f"/{path}", "root_path": ""}, receive, send
            )

        return application

    def container_of(self, datastore: Datastore) -> str:
        """The container that stands for a datastore which is a folder of this machine."""
        own = f"azureml-blobstore-{workspace_guid(self._identity)}"
        return own if datastore.name == "workspaceblobstore" else f"azml-{datastore.name.lower().replace('_', '-')}"

    def new_container(self) -> str:
        """For what one client is about to upload."""
        name = str(uuid4())
        (self._folder / "containers" / name).mkdir(parents=True)
        return name

    def uploaded(self, container: str, path: str) -> Path | None:
        """The folder or file that a client put into a container that it was given; None when there is none."""
        root = self._folder / "containers"
        place = (root / container / path).resolve()
        return place if container and place.is_relative_to((root / container).resolve()) and place.exists() else None

    def container_with(self, place: Path) -> str:
        """The container that was handed out for an upload in which a folder lies; "" for any other folder."""
        root = (self._folder / "containers").resolve()
        return place.resolve().relative_to(root).parts[0] if root in place.resolve().parents else ""

    def kept_artifact(self, path: str) -> Path | None:
        """What a client uploaded among the artifacts, and of no run; None when there is nothing."""
        return self.uploaded(ARTIFACTS, path)

    def signature(self, container: str, permissions: str = "rcwl") -> str:
        return self._authorization.sign_container(container, permissions, datetime.now(UTC) + _LIFE)

    def address(self, container: str, name: str = "") -> str:
        account = self.address_here(self.name) or f"https://{self.name}.blob{_AZURE}"
        return f"{account}/{container}{f'/{quote(name)}' if name else ''}"

    def address_here(self, account: str, service: str = "") -> str:
        """Of an account, for who came by this machine's name; "" for anybody else. ``service``: "" for blobs."""
        here = origin()
        return f"{here}/storage/{account}{f'.{service}' if service else ''}" if here else ""

    def answers(self, host: str) -> bool:
        """Whether an account of Azure Storage is one of the emulator's: others are somebody's, such as those with the
        public data of tutorials.
        """
        account = host.partition(".")[0]
        return account.lower() == self.name or any(True for _said in self.said.in_account(account))

    def is_here(self, address: str) -> bool:
        """Whether it is one that ``address_here`` has told, now or before."""
        return bool(re.match(r"https?://(127\.0\.0\.1|localhost)(:\d+)?/storage/", address))

    def datastore_at(self, url: str) -> tuple[str, str] | None:
        """The datastore, and the path in it, of an address in an account of the emulator's; None for any other."""
        parts, here = urlsplit(url), origin()
        if here and url.startswith(f"{here}/storage/"):
            account, _slash, rest = unquote(parts.path).removeprefix("/storage/").partition("/")
        elif parts.hostname and parts.hostname.endswith(_AZURE):
            account, rest = parts.hostname.partition(".")[0], unquote(parts.path[1:])
        else:
            return None
        container, _slash, path = rest.partition("/")
        datastore = self._datastore(account, container)
        return (datastore.name, path.strip("/")) if datastore else None

    def named(self, address: str) -> tuple[str, str]:
        """The container and the path in it that an address of this account means, whatever the account was called."""
        path = unquote(urlsplit(address).path).lstrip("/").removeprefix(f"storage/{self.name}/")
        container, _slash, name = path.partition("/")
        return container, name

    def container(self, name: str) -> Container | None:
        if datastore := self._datastore(self.name, name):
            return Container(name, DatastoreFiles(self._workspace.datastores, datastore.name), self._folder)
        own = self._folder / "containers" / name
        if name == ARTIFACTS:
            own.mkdir(parents=True, exist_ok=True)
            return ArtifactContainer(name, Artifacts(self._workspace.tracking, Folder(own)), self._folder)
        return Container(name, Folder(own), self._folder) if _OWN.fullmatch(name) and own.is_dir() else None

    def _service_of(self, account: str, service: str) -> ASGIApp:
        """``service``: ``blob``, ``dfs`` or ``file``, as the host's name says; others are refused."""
        is_file = service == "file"
        authorization, find, names = self._opened(account, is_file=is_file)
        if is_file:
            return create_shares(account, authorization, find, names)
        if service == "dfs":
            return create_lake(authorization, find)
        if service == "blob":
            return create_blobs(account, authorization, find, names)
        said = f"The emulator does not stand in for {account}.{service}{_AZURE}."
        # Of a status of 500 or more clients would ask for minutes whether it is over.
        return Fault(HTTPStatus.BAD_REQUEST, "FeatureNotSupported", said).answer()

    def _opened(
        self, account: str, *, is_file: bool
    ) -> tuple[Authorization, Callable[[str], Container | None], Callable[[], list[str]]]:
        """Who is let in, and the containers or shares that are found and listed."""
        is_own = account.lower() == self.name
        if is_own and not is_file:
            return self._authorization, self.container, self._names
        # Its key is that of all its services.
        all_said = list(self.said.in_account(account))
        keys = [said.credentials["account_key"] for said in all_said if "account_key" in said.credentials]
        signatures = [said.credentials["sas_token"] for said in all_said if "sas_token" in said.credentials]
        known = [said.datastore for said in all_said if _is_share(said.datastore) == is_file]

        def find(name: str) -> Container | None:
            if is_own and name in self.own_shares.values():
                return Container(f"share/{name}", Folder(self._made("shares", name)), self._folder)
            datastore = next((each for each in known if each.container_name == name), None)
            if datastore is None:
                return None
            files = DatastoreFiles(self._workspace.datastores, datastore.name)
            has_folders = datastore.type is DatastoreType.AZURE_DATA_LAKE_GEN2
            kind = "share/" if is_file else ""
            return Container(f"{kind}{account.lower()}/{name}", files, self._folder, has_folders=has_folders)

        own = [self.key] if is_own else []
        names = [*(self.own_shares.values() if is_own else ()), *(each.container_name for each in known)]
        service = "file" if is_file else "blob"
        return Authorization(account, [*own, *keys], self._accepts, signatures, service=service), find, lambda: names

    def _made(self, *parts: str) -> Path:
        place = self._folder.joinpath(*parts)
        place.mkdir(parents=True, exist_ok=True)
        return place

    def _datastore(self, account: str, container: str) -> Datastore | None:
        if account.lower() == self.name:
            return next((each for each in self._folders() if self.container_of(each) == container), None)
        known = (said.datastore for said in self.said.in_account(account))
        return next((each for each in known if each.container_name == container and not _is_share(each)), None)

    def _folders(self) -> list[Datastore]:
        """Those that no client of the emulator's has said to be in another account."""
        found = self._workspace.datastores.list(limit=500).items
        return [each for each in found if not self.said.of(each.name)]

    def _names(self) -> list[str]:
        return sorted({ARTIFACTS, *(self.container_of(each) for each in self._folders())})


def _is_share(datastore: Datastore) -> bool:
    return datastore.type is DatastoreType.AZURE_FILE
