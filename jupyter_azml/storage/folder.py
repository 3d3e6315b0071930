"""A folder of this machine as a store of files."""

import heapq
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from ..entities import File, Page
from ..errors import UsageError
from ..language import _
from .content import block_hash, block_size, content_hash, read_block
from .names import check_new_path
from .store import Progress, Store


class Folder(Store):
    """A path or a link that leads out of the root is not found."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self.address = str(self._root)

    def here(self, path: str) -> Path:
        if "\0" in path:
            raise FileNotFoundError(path)
        found = (self._root / path.strip("/")).resolve()
        if not found.is_relative_to(self._root):
            raise FileNotFoundError(path)
        return found

    def describe(self, place: Path) -> File:
        """As in a page of what is in its folder."""
        return _file(place, place.name)

    def browse(self, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        """By name, folders first."""
        folder = self.resolve(path)
        after = _after(continuation)
        with os.scandir(folder) as entries:
            places = ((not entry.is_dir(), entry.name) for entry in entries if not _is_unfinished(entry.name))
            found = heapq.nsmallest(limit + 1, (place for place in places if after is None or place > after))
        items = tuple(_file(folder / name, f"{path.strip('/')}/{name}".lstrip("/")) for _is_file, name in found[:limit])
        more = len(found) > limit
        return Page[File](items=items, continuation="{:d}{}".format(*found[limit - 1]) if more else None)

    def stat(self, path: str) -> File:
        return _file(self.resolve(path), path.strip("/"))

    def open(self, path: str) -> BinaryIO:
        return self.resolve(path).open("rb")

    def walk(self, path: str = "") -> Iterator[File]:
        top = self.resolve(path)
        for folder, folders, names in os.walk(top):
            folders.sort()
            for name in sorted(names):
                place = Path(folder, name)
                if not _is_unfinished(name) and place.is_file():
                    yield _file(place, place.relative_to(self._root).as_posix())

    def upload(self, source: Path, path: str, *, overwrite: bool = False, progress: Progress | None = None) -> str:
        target = self._new(path)
        if target.is_dir():
            raise IsADirectoryError(path)
        if target.exists() and not overwrite:
            raise FileExistsError(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = _beside(target)
        try:
            found = _copy(source, beside, progress)
            if overwrite:
                os.replace(beside, target)
            else:
                os.link(beside, target)  # refuses where another one was quicker
        finally:
            beside.unlink(missing_ok=True)
        return found

    def download(self, path: str, target: Path, *, known: File | None = None, progress: Progress | None = None) -> None:
        source = self.resolve(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = _beside(target)
        try:
            _copy(source, beside, progress)
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)

    def delete(self, path: str) -> None:
        place = self.resolve(path)
        if place == self._root:
            raise UsageError(
                _("That would delete everything in {place}.", place=self._root), _("Name a folder or a file in it.")
            )
        shutil.rmtree(place) if place.is_dir() else place.unlink()

    def move(self, path: str, to: str) -> None:
        source, target = self.resolve(path), self._new(to)
        if target.exists():
            raise FileExistsError(to)
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)

    def resolve(self, path: str) -> Path:
        """Raises FileNotFoundError for what does not exist and, alike, for what lies outside."""
        found = self.here(path)
        if not found.exists():
            raise FileNotFoundError(path)
        return found

    def _new(self, path: str) -> Path:
        target = self._root / check_new_path(path)
        if not target.resolve().is_relative_to(self._root):
            raise FileNotFoundError(path)
        return target


def _copy(source: Path, target: Path, progress: Progress | None) -> str:
    """The content's hash; the bytes are on the disk when it returns."""
    hashes, number = [], 0
    with source.open("rb") as read, target.open("xb") as write:
        total = os.fstat(read.fileno()).st_size
        size = block_size(total)
        while block := read_block(read.fileno(), number, size):
            write.write(block)
            hashes.append(block_hash(block))
            number += 1
            if progress:
                progress(min(number * size, total), total)
        write.flush()
        os.fsync(write.fileno())
    return content_hash(hashes or [block_hash(b"")])


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:200]}.{os.getpid()}.{os.urandom(3).hex()}.unfinished")


def _is_unfinished(name: str) -> bool:
    return name.startswith(".") and name.endswith(".unfinished")


def _after(continuation: str | None) -> tuple[bool, str] | None:
    return (continuation[0] == "1", continuation[1:]) if continuation else None


def _file(entry: Path, path: str) -> File:
    facts = entry.stat() if entry.exists() else entry.lstat()  # a link to nothing is shown, too
    return File(
        path=path,
        is_folder=entry.is_dir(),
        size=0 if entry.is_dir() else facts.st_size,
        modified=datetime.fromtimestamp(facts.st_mtime, UTC),
    )
