"""A container of Azure Blob storage, or a file system of Data Lake Gen2 over its blob endpoint."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from azure.core import MatchConditions
from azure.storage.blob import BlobPrefix, ContainerClient

from ..entities import File, Page
from ..errors import UsageError
from ..language import _
from .blob_errors import translated
from .blob_transfer import download_blob, fetcher, upload_blob
from .content import BLOCK
from .names import check_new_path, clean_path
from .ranges import open_ranges
from .store import Progress, Store

_MADE = "hdi_isfolder"
"""Metadata by which a data lake marks a folder, which is otherwise a blob without content."""


class BlobStore(Store):
    def __init__(self, container: ContainerClient, place: str) -> None:
        """``place``: what errors call it, such as ``the datastore raw``."""
        self._container = container
        self._place = place
        # Its own url may have a signature behind it.
        self.address = container.url.partition("?")[0]

    def marks(self, path: str) -> dict[str, str]:
        try:
            with translated(self._place, path):
                found = self._container.get_blob_client(clean_path(path)).get_blob_properties().metadata
        except FileNotFoundError:
            return {}
        return {str(name): str(value) for name, value in (found or {}).items()}

    def mark(self, path: str, marks: Mapping[str, str]) -> None:
        with translated(self._place, path):
            self._container.get_blob_client(clean_path(path)).set_blob_metadata({**self.marks(path), **marks})

    def browse(self, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        prefix = _folder(clean_path(path))
        with translated(self._place, path):
            listing = self._container.walk_blobs(name_starts_with=prefix, include=["metadata"], results_per_page=limit)
            pages: Any = listing.by_page(continuation_token=continuation)
            items = tuple(_file(item) for item in next(pages, ()) if item.name != prefix and not _is_marker(item))
            following = pages.continuation_token or None
        if not items and not continuation and prefix and not self._is_folder(path):
            raise NotADirectoryError(path) if self._is_blob(path) else FileNotFoundError(path)
        return Page[File](items=items, continuation=following)

    def stat(self, path: str) -> File:
        cleaned = clean_path(path)
        if self._is_folder(cleaned):
            return File(path=cleaned, is_folder=True)
        with translated(self._place, path):
            return _file(self._container.get_blob_client(cleaned).get_blob_properties())

    def open(self, path: str) -> BinaryIO:
        client = self._container.get_blob_client(clean_path(path))
        with translated(self._place, path):
            try:
                facts = client.get_blob_properties()
            except Exception:
                if self._is_folder(path):
                    raise IsADirectoryError(path) from None
                raise
        fetch = fetcher(client, facts.etag.strip('"'))
        return open_ranges(fetch, facts.size, lambda: translated(self._place, path))

    def walk(self, path: str = "") -> Iterator[File]:
        with translated(self._place, path):
            for item in self._container.list_blobs(name_starts_with=_folder(clean_path(path)), include=["metadata"]):
                if not _is_marker(item) and not item.name.endswith("/"):
                    yield _file(item)

    def upload(self, source: Path, path: str, *, overwrite: bool = False, progress: Progress | None = None) -> str:
        cleaned = check_new_path(path)
        if self._is_folder(cleaned):
            raise IsADirectoryError(path)
        with translated(self._place, path):
            client = self._container.get_blob_client(cleaned)
            # What fits into one request is refused by that.
            if not overwrite and source.stat().st_size > BLOCK and client.exists():
                raise FileExistsError(path)
            return upload_blob(client, source, overwrite=overwrite, progress=progress)

    def download(self, path: str, target: Path, *, known: File | None = None, progress: Progress | None = None) -> None:
        with translated(self._place, path):
            download_blob(self._container.get_blob_client(clean_path(path)), target, known, progress)

    def delete(self, path: str) -> None:
        cleaned = clean_path(path)
        if not cleaned:
            raise UsageError(
                _("That would delete everything in {place}.", place=self._place), _("Name a folder or a file in it.")
            )
        with translated(self._place, path):
            if not self._is_folder(cleaned):
                self._container.delete_blob(cleaned, delete_snapshots="include")
                return
            for item in self._container.list_blobs(name_starts_with=f"{cleaned}/"):
                self._container.delete_blob(item.name, delete_snapshots="include")

    def move(self, path: str, to: str) -> None:
        """The service cannot rename: copied, and then deleted."""
        source, target = clean_path(path), check_new_path(to)
        names = (
            [(file.path, f"{target}{file.path[len(source) :]}") for file in self.walk(source)]
            if self._is_folder(source)
            else [(source, target)]
        )
        with translated(self._place, to):
            for _old, new in names:
                if self._container.get_blob_client(new).exists():
                    raise FileExistsError(new)
        for old, new in names:
            with translated(self._place, old):
                self._copy(old, new)
        with translated(self._place, path):
            for old, _new in names:
                self._container.delete_blob(old, delete_snapshots="include")

    def _copy(self, old: str, new: str) -> None:
        source = self._container.get_blob_client(old)
        target = self._container.get_blob_client(new)
        etag = source.get_blob_properties().etag
        chunks = source.download_blob(etag=etag, match_condition=MatchConditions.IfNotModified).chunks()
        target.upload_blob(chunks, overwrite=False)

    def _is_blob(self, path: str) -> bool:
        with translated(self._place, path):
            return bool(self._container.get_blob_client(clean_path(path)).exists())

    def _is_folder(self, path: str) -> bool:
        prefix = _folder(clean_path(path))
        if not prefix:
            return True
        with translated(self._place, path):
            first = self._container.list_blobs(name_starts_with=prefix, results_per_page=1).by_page()
            return any(True for page in first for _item in page)


def _folder(path: str) -> str:
    return f"{path}/" if path else ""


def _is_marker(item: Any) -> bool:
    return not isinstance(item, BlobPrefix) and bool((item.metadata or {}).get(_MADE))


def _file(item: Any) -> File:
    if isinstance(item, BlobPrefix):
        return File(path=item.name.rstrip("/"), is_folder=True)
    # Listed with quotes by some and without by others.
    etag = (item.etag or "").strip('"')
    return File(path=item.name, is_folder=False, size=item.size, modified=item.last_modified, etag=etag)
