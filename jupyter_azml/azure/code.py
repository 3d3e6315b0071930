"""Code that travels with a job or a deployment: uploaded once, and found again by its hash."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from ..arm import WorkspaceId, last_name
from ..arm.shape import mapping
from ..entities import File, Page
from ..errors import UsageError
from ..execution.snapshot import SnapshotFile, list_snapshot
from ..language import _
from ..storage.reach import reach_signed
from ..storage.store import Store
from ..storage.together import all_of
from .client import ArmClient
from .code_hash import VERSION, code_hash
from .errors import unreadable
from .paths import path_to

_NAME = re.compile(r"[^A-Za-z0-9._-]+")


class AzureCode:
    """What is uploaded has no name of anybody's choice: Azure's clients look for it by its hash."""

    def __init__(self, client: ArmClient, workspace: WorkspaceId, beside: Callable[[str], Store]) -> None:
        """``beside``: a container of the account that the workspace has."""
        self._client = client
        self._workspace = workspace
        self._beside = beside

    def upload(self, folder: Path, always: str = "") -> str:
        """The id of the folder's code. Nothing is sent that the workspace has already.

        ``always``: a file that travels from an ignored place, too. Raises UsageError, SnapshotTooLarge,
        SnapshotUnreadable, StorageError, ServiceError.
        """
        return self.upload_files(list_snapshot(folder, always), folder.name or "code")

    def upload_files(self, files: Sequence[SnapshotFile], name: str) -> str:
        if not files:
            raise UsageError(
                _("There are no files in {folder} that could travel.", folder=name),
                _("See what is left out: azml job preview FOLDER"),
            )
        digest = code_hash(files)
        if found := self._find(digest):
            return found
        code = str(uuid4())
        place = path_to(self._workspace, "codes", code, "versions", "1")
        answer = self._client.ask(f"{place}/startPendingUpload", {"pendingUploadType": "TemporaryBlobReference"})
        blob = mapping(answer.get("blobReferenceForConsumption"))
        address = str(blob.get("blobUri") or "").rstrip("/")
        signed = str(mapping(blob.get("credential")).get("sasUri") or "")
        if not address or not signed:
            raise unreadable()
        folder = _NAME.sub("_", name).strip("._") or "code"
        store = reach_signed(signed, _("the workspace's code"))

        def send(file: SnapshotFile) -> None:
            store.upload(file.path, f"{folder}/{file.name}", overwrite=True)

        all_of(send, files)
        # Only now: code that has a hash is taken for whole by everybody who finds it.
        properties = {"hash_sha256": digest, "hash_version": VERSION}
        made = self._client.put(
            place,
            {"properties": {"codeUri": f"{address}/{folder}", "isAnonymous": True, "properties": properties}},
        )
        return str(made.get("id") or place)

    def files(self, code: str, *, limit: int, continuation: str | None) -> Page[File]:
        """All that are in it, by name. ``code``: its id."""
        store, folder = self._place(code)
        found = sorted(store.walk(folder), key=lambda file: file.path)
        start = int(continuation) if continuation and continuation.isdecimal() else 0
        items = tuple(
            File(path=file.path.removeprefix(f"{folder}/"), is_folder=False, size=file.size)
            for file in found[start : start + limit]
        )
        return Page[File](items=items, continuation=str(start + limit) if len(found) > start + limit else None)

    def open(self, code: str, path: str) -> BinaryIO:
        """Raises FileNotFoundError."""
        store, folder = self._place(code)
        return store.open(f"{folder}/{path}")

    def _place(self, code: str) -> tuple[Store, str]:
        name = last_name(code.partition("/versions/")[0])
        version = last_name(code.partition("/versions/")[2] or "1")
        answer = self._client.get(path_to(self._workspace, "codes", name, "versions", version))
        # A host that has several accounts names each before the container.
        parts = (
            unquote(urlsplit(str(mapping(answer.get("properties")).get("codeUri") or "")).path).strip("/").split("/")
        )
        if len(parts) < 2:
            raise unreadable()
        return self._beside(parts[-2]), parts[-1]

    def _find(self, digest: str) -> str:
        """The service looks for the hash in all code, whatever name it is asked under."""
        path = path_to(self._workspace, "codes", str(uuid4()), "versions")
        answer = self._client.get(path, {"hash": digest, "hashVersion": VERSION})
        return next((str(each["id"]) for each in answer.get("value") or () if mapping(each).get("id")), "")


@contextmanager
def with_files(folder: Path | None, added: dict[str, Path | bytes]) -> Iterator[list[SnapshotFile]]:
    """The files of a folder, or of none, and further ones, which are here for as long as this takes."""
    files = list_snapshot(folder, "") if folder else []
    with tempfile.TemporaryDirectory(prefix="azml-code-") as place:
        for name, content in added.items():
            target = Path(place, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Path):
                shutil.copyfile(content, target)
            else:
                target.write_bytes(content)
            files.append(SnapshotFile(target, name, target.stat().st_size))
        yield files
