"""The workspace's storage account: which containers it has, and what is behind each."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from starlette.types import ASGIApp

from ..arm import WorkspaceId
from ..arm.workspaces import workspace_guid
from ..entities import Datastore
from ..storage.folder import Folder
from ..workspace import Workspace
from .blobs import create_blobs
from .blobs.authorization import Authorization
from .blobs.containers import Container, DatastoreFiles

ARTIFACTS = "azureml"
"""The container of what runs leave, as in Azure: the datastore workspaceartifactstore."""
_OWN = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]")
_LIFE = timedelta(hours=12)


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
        self._authorization = Authorization(self.name, self.key, accepts)

    def application(self) -> ASGIApp:
        return create_blobs(self.name, self._authorization, self.container, self._names)

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

    def signature(self, container: str, permissions: str = "rcwl") -> str:
        return self._authorization.sign_container(container, permissions, datetime.now(UTC) + _LIFE)

    def address(self, container: str, name: str = "") -> str:
        return f"https://{self.name}.blob.core.windows.net/{container}{f'/{name}' if name else ''}"

    def container(self, name: str) -> Container | None:
        for datastore in self._workspace.datastores.list(limit=500).items:
            if self.container_of(datastore) == name:
                files = DatastoreFiles(self._workspace.datastores, datastore.name)
                return Container(name, files, self._folder)
        own = self._folder / "containers" / name
        if name == ARTIFACTS:
            own.mkdir(parents=True, exist_ok=True)
        return Container(name, Folder(own), self._folder) if _OWN.fullmatch(name) and own.is_dir() else None

    def _names(self) -> list[str]:
        return sorted(
            {ARTIFACTS, *(self.container_of(each) for each in self._workspace.datastores.list(limit=500).items)}
        )
