"""A file share of Azure Files. Names are as on Windows: case-insensitive, and an empty folder is one."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.storage.fileshare import ShareClient

from ..entities import File, Page
from ..errors import StorageChanged, UsageError
from ..language import _
from .blob_errors import translated
from .content import block_hash, block_size, content_hash, read_block
from .names import check_new_path, clean_path
from .pieces import AT_ONCE, gather
from .ranges import open_ranges
from .store import Progress, Store
from .together import Count

_RANGE = 4 * 1024 * 1024
"""Bytes that one request can write."""
_NEVER = '":|<>*?'
"""Signs that no name may have, besides those that none may have in any store."""
_FACTS = ["timestamps", "Etag"]


class ShareStore(Store):
    def __init__(self, share: ShareClient, place: str) -> None:
        """``place``: what errors call it, such as ``the datastore raw``."""
        self._share = share
        self._place = place
        self.address = share.url.partition("?")[0]

    def browse(self, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        cleaned = clean_path(path)
        with translated(self._place, path):
            if cleaned and not self._is_folder(cleaned):
                self._share.get_file_client(cleaned).get_file_properties()
                raise NotADirectoryError(path)
            listing = self._share.get_directory_client(cleaned or None).list_directories_and_files(
                include=_FACTS, results_per_page=limit
            )
            pages: Any = listing.by_page(continuation_token=continuation)
            items = tuple(_entry(cleaned, item) for item in next(pages, ()) if not _is_unfinished(item.name))
            return Page[File](items=items, continuation=pages.continuation_token or None)

    def stat(self, path: str) -> File:
        cleaned = clean_path(path)
        with translated(self._place, path):
            if not cleaned or self._is_folder(cleaned):
                return File(path=cleaned, is_folder=True)
            return _file(cleaned, self._share.get_file_client(cleaned).get_file_properties())

    def open(self, path: str) -> BinaryIO:
        known = self.stat(path)
        if known.is_folder:
            raise IsADirectoryError(path)
        return open_ranges(self._fetcher(known), known.size, lambda: translated(self._place, path))

    def walk(self, path: str = "") -> Iterator[File]:
        continuation = None
        while True:
            page = self.browse(path, limit=5000, continuation=continuation)
            yield from (file for file in page.items if not file.is_folder)
            for folder in page.items:
                if folder.is_folder:
                    yield from self.walk(folder.path)
            if (continuation := page.continuation) is None:
                return

    def upload(self, source: Path, path: str, *, overwrite: bool = False, progress: Progress | None = None) -> str:
        """Under another name until it is whole. One that was cut begins anew: the service tells no hashes of ranges."""
        cleaned = _check_new(path)
        folder, _slash, name = cleaned.rpartition("/")
        with translated(self._place, path):
            if self._is_folder(cleaned):
                raise IsADirectoryError(path)
            if not overwrite and self._share.get_file_client(cleaned).exists():
                raise FileExistsError(path)
            self._make_folders(folder)
            beside = "/".join(filter(None, (folder, f".{name[:100]}.{os.urandom(4).hex()}.unfinished")))
            client = self._share.get_file_client(beside)
            try:
                found = self._send(client, source, progress)
                client.rename_file(cleaned, overwrite=overwrite)
            except BaseException:
                with suppress(ResourceNotFoundError):
                    client.delete_file()
                raise
            return found

    def download(self, path: str, target: Path, *, known: File | None = None, progress: Progress | None = None) -> None:
        if known is None or not known.etag:
            known = self.stat(path)
        if known.is_folder:
            raise IsADirectoryError(path)
        with translated(self._place, path):
            gather(known, self._fetcher(known), target, progress)

    def delete(self, path: str) -> None:
        cleaned = clean_path(path)
        if not cleaned:
            raise UsageError(
                _("That would delete everything in {place}.", place=self._place), _("Name a folder or a file in it.")
            )
        with translated(self._place, path):
            if not self._is_folder(cleaned):
                self._share.get_file_client(cleaned).delete_file()
                return
            self._delete_folder(cleaned)

    def move(self, path: str, to: str) -> None:
        source, target = clean_path(path), _check_new(to)
        with translated(self._place, path):
            if self._is_folder(target) or self._share.get_file_client(target).exists():
                raise FileExistsError(to)
            self._make_folders(target.rpartition("/")[0])
            if self._is_folder(source):
                self._share.get_directory_client(source).rename_directory(target)
            else:
                self._share.get_file_client(source).rename_file(target)

    def _send(self, client: Any, source: Path, progress: Progress | None) -> str:
        with source.open("rb") as file:
            before = os.fstat(file.fileno())
            size = block_size(before.st_size)
            done = Count(before.st_size, progress)
            client.create_file(before.st_size)

            def send(number: int) -> bytes:
                block = read_block(file.fileno(), number, size)
                for start in range(0, len(block), _RANGE):
                    piece = block[start : start + _RANGE]
                    client.upload_range(piece, offset=number * size + start, length=len(piece))
                done.add(len(block))
                return block_hash(block)

            with ThreadPoolExecutor(AT_ONCE) as pool:
                digests = list(pool.map(send, range(-(-before.st_size // size))))
            after = os.fstat(file.fileno())
        if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
            raise StorageChanged(
                _("{path} was changed while it was read.", path=source), _("Try again when nothing writes to it.")
            )
        return content_hash(digests or [block_hash(b"")])

    def _fetcher(self, known: File) -> Callable[[int, int], bytes]:
        """The service takes no condition: what came is looked at."""
        client = self._share.get_file_client(known.path)

        def fetch(offset: int, length: int) -> bytes:
            stream = client.download_file(offset=offset, length=length)
            piece = bytes(stream.readall())
            if (stream.properties.etag or "").strip('"') != known.etag:
                raise StorageChanged(
                    _("{path} was changed by somebody else meanwhile.", path=known.path),
                    _("Try again; nothing was written."),
                )
            return piece

        return fetch

    def _make_folders(self, folder: str) -> None:
        parts = folder.split("/") if folder else []
        for end in range(1, len(parts) + 1):
            with suppress(ResourceExistsError):
                self._share.get_directory_client("/".join(parts[:end])).create_directory()

    def _delete_folder(self, folder: str) -> None:
        directory = self._share.get_directory_client(folder)
        for item in directory.list_directories_and_files():
            if item.is_directory:
                self._delete_folder(f"{folder}/{item.name}")
            else:
                directory.delete_file(item.name)
        directory.delete_directory()

    def _is_folder(self, path: str) -> bool:
        return bool(self._share.get_directory_client(path).exists())


def _check_new(path: str) -> str:
    if found := next((sign for sign in path if sign in _NEVER), None):
        raise UsageError(
            _("{path} cannot be a name in a file share: it has {sign}.", path=path, sign=found),
            _("Rename the file, or use a blob container."),
        )
    return check_new_path(path)


def _is_unfinished(name: str) -> bool:
    return name.startswith(".") and name.endswith(".unfinished")


def _entry(folder: str, item: Any) -> File:
    path = "/".join(filter(None, (folder, item.name)))
    return File(path=path, is_folder=True) if item.is_directory else _file(path, item)


def _file(path: str, item: Any) -> File:
    etag = (item.etag or "").strip('"')
    return File(path=path, is_folder=False, size=item.size, modified=item.last_modified, etag=etag)
