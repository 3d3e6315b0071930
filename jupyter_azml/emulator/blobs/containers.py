"""What is behind a container: a datastore of the workspace, or a folder of the emulator's own."""

import hashlib
import heapq
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from ...entities import File
from ...errors import NotFound, NotSupported
from ...language import _
from ...storage.folder import Folder
from ...storage.names import check_new_path, clean_path
from ...workspace import DatastoresOperations
from ...workspace.tracking import RunFiles

_PAGE = 500
_ABSENT = (FileNotFoundError, NotADirectoryError, NotFound)


class Listing(NamedTuple):
    files: list[File]
    folders: list[str]
    """Prefixes, each with a slash at its end."""
    marker: str | None


class Container:
    """Blobs by name; ``facts`` are what the service remembers of one besides its content."""

    def __init__(
        self, name: str, store: "Folder | DatastoreFiles | RunFiles", state: Path, *, has_folders: bool = False
    ) -> None:
        """``has_folders``: whether a folder is a thing of its own to all clients, as in a data lake."""
        self.name = name
        self.has_folders = has_folders
        self._store = store
        self._state = state / hashlib.sha256(name.encode()).hexdigest()[:16]

    def stat(self, name: str) -> File | None:
        with suppress(*_ABSENT):
            found = self._store.stat(name)
            return None if found.is_folder else found
        return None

    def folder(self, name: str) -> File | None:
        """One that has files, or that somebody has made."""
        with suppress(*_ABSENT, OSError):
            cleaned = clean_path(name)
            if self._made(cleaned).is_dir() or self._store.stat(cleaned).is_folder:
                return File(path=cleaned, is_folder=True)
        return None

    def make_folder(self, name: str) -> File:
        """No store keeps a folder without files: that it was made is remembered beside it."""
        cleaned = check_new_path(name)
        self._made(cleaned).mkdir(parents=True, exist_ok=True)
        return File(path=cleaned, is_folder=True)

    def open(self, name: str) -> BinaryIO:
        return self._store.open(name)

    def put(self, name: str, content: Path, facts: dict[str, Any]) -> File:
        self._store.upload(content, name, overwrite=True)
        found = self._store.stat(name)
        self.remember(name, found, facts)
        return found

    def delete(self, name: str) -> None:
        self._store.delete(name)
        with suppress(FileNotFoundError):
            self._facts_file(name).unlink()
        shutil.rmtree(self.blocks(name), ignore_errors=True)

    def delete_folder(self, name: str) -> None:
        """With what is in it."""
        cleaned = check_new_path(name)
        shutil.rmtree(self._made(cleaned), ignore_errors=True)
        with suppress(FileNotFoundError):
            self._facts_file(cleaned).unlink()
        with suppress(*_ABSENT):
            self._store.delete(cleaned)

    def move(self, name: str, to: str) -> None:
        """A file or a folder; what is remembered of a file goes with it."""
        if not isinstance(self._store, Folder | DatastoreFiles):
            raise NotSupported(_("What runs leave cannot be renamed."), _("Copy it instead."))
        source, target = clean_path(name), check_new_path(to)
        made, kept = self._made(source), self._facts_file(source)
        with suppress(*_ABSENT):
            self._store.move(source, target)
        if made.is_dir():
            self._made(target).parent.mkdir(parents=True, exist_ok=True)
            os.replace(made, self._made(target))
        if kept.is_file():
            os.replace(kept, self._facts_file(target))

    def facts(self, name: str, found: File) -> dict[str, Any]:
        """{} when the content was changed behind our back."""
        with suppress(OSError, ValueError):
            kept: dict[str, Any] = json.loads(self._facts_file(name).read_text("utf-8"))
            if kept.get("etag") == etag_of(found):
                return kept
        return {}

    def remember(self, name: str, found: File, facts: dict[str, Any]) -> None:
        file = self._facts_file(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump({**facts, "etag": etag_of(found)}, stream)
        os.replace(beside, file)

    def blocks(self, name: str) -> Path:
        """The folder of what was sent of a blob and is not yet part of it."""
        return self._state / "blocks" / hashlib.sha256(name.encode()).hexdigest()

    def list(self, prefix: str, delimiter: str, marker: str, most: int) -> Listing:
        """In the order of names; ``marker`` is the last name of the page before."""
        found = self.one_level(prefix) if delimiter else self._all_below(prefix)
        page = heapq.nsmallest(most + 1, (entry for entry in found if entry[0] > marker), key=lambda entry: entry[0])
        more = len(page) > most
        files = [file.model_copy(update={"path": name}) for name, file in page[:most] if not file.is_folder]
        # A folder without files is none to the service, which knows only names.
        folders = [name for name, file in page[:most] if file.is_folder and self._has_blobs(name)]
        return Listing(files, folders, page[most - 1][0] if more else None)

    def _has_blobs(self, folder: str) -> bool:
        return any(True for _blob in self._all_below(folder))

    def one_level(self, prefix: str) -> Iterator[tuple[str, File]]:
        """What begins so, in its folder; names of folders end with a slash."""
        folder = prefix.rpartition("/")[0]
        for file in _browse(self._store, folder):
            name = file.path + "/" * file.is_folder
            if name.startswith(prefix):
                yield name, file

    def _all_below(self, prefix: str) -> Iterator[tuple[str, File]]:
        for name, file in self.one_level(prefix):
            if file.is_folder:
                yield from self._all_below(name)
            else:
                yield name, file

    def tree(self, folder: str, *, recursive: bool) -> Iterator[File]:
        """In the order of names, folders among them, those without files too."""
        prefix = f"{folder}/" if folder else ""
        found = {name.rstrip("/"): None if file.is_folder else file for name, file in self.one_level(prefix)}
        made = self._made(folder)
        for place in made.iterdir() if made.is_dir() else ():
            found.setdefault(f"{prefix}{place.name}", None)
        for name in sorted(found):
            file = found[name]
            yield File(path=name, is_folder=True) if file is None else file
            if file is None and recursive:
                yield from self.tree(name, recursive=True)

    def _made(self, folder: str) -> Path:
        return self._state / "folders" / folder

    def _facts_file(self, name: str) -> Path:
        return self._state / "facts" / f"{hashlib.sha256(name.encode()).hexdigest()}.json"


class DatastoreFiles:
    """A datastore of the port, with a store's verbs."""

    def __init__(self, datastores: DatastoresOperations, name: str) -> None:
        self._datastores = datastores
        self._name = name

    def browse(self, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Any:
        return self._datastores.browse(self._name, path, limit=limit, continuation=continuation)

    def stat(self, path: str) -> File:
        return self._datastores.stat(self._name, path)

    def open(self, path: str) -> BinaryIO:
        return self._datastores.open(self._name, path)

    def upload(self, source: Path, path: str, *, overwrite: bool = False) -> object:
        return self._datastores.upload(self._name, source, path, overwrite=overwrite)

    def delete(self, path: str) -> None:
        self._datastores.remove(self._name, path)

    def move(self, path: str, to: str) -> None:
        self._datastores.move(self._name, path, to)


def etag_of(file: File) -> str:
    moment = int(file.modified.timestamp() * 1_000_000) if file.modified else 0
    return f'"0x{moment:X}{file.size:X}"'


def _browse(store: "Folder | DatastoreFiles | RunFiles", folder: str) -> Iterator[File]:
    continuation = None
    while True:
        try:
            page = store.browse(folder, limit=_PAGE, continuation=continuation)
        except _ABSENT:
            return
        yield from page.items
        continuation = page.continuation
        if continuation is None:
            return
