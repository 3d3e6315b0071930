"""Copies of files that lie elsewhere, kept on this machine and found again while they are the same there."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ..entities import File
from ..errors import StorageError, UsageError
from ..language import _
from .files import is_same
from .pieces import open_alone
from .store import Progress, Store
from .together import Sum, all_of

_READ_ONLY = 0o444
_RESERVE = 256 * 1024 * 1024
"""Bytes of a disk that are left to others."""


class Entry(NamedTuple):
    below: str
    """The path in the folder that was asked for; "" for a file that was itself."""
    file: File


class Cache:
    """A file is kept under what its place, name and etag hash to: whole, or not at all, and never written to again.

    Whoever needs files for long links to them (``link``), so that nothing is lost when the cache lets them go.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most = most_bytes

    def fetch(self, store: Store, path: str, *, progress: Progress | None = None) -> Path:
        """A file; or a folder of links, of the same names. Raises what the store does; StorageError for a full disk."""
        entries = entries_of(store, path)
        places = self._bring(store, entries, progress)
        if _is_one_file(entries):
            return places[0]
        digest = hashlib.sha256("\n".join(str(place) for place in places).encode()).hexdigest()[:32]
        view = self._folder / "folders" / digest / (PurePosixPath(path).name or "files")
        if not view.is_dir():
            beside = view.with_name(f".{os.getpid()}.{os.urandom(3).hex()}")
            _link_all(entries, places, beside)
            with suppress(OSError):  # another one was quicker
                beside.rename(view)
            shutil.rmtree(beside, ignore_errors=True)
        os.utime(view.parent)
        return view

    def link(
        self, store: Store, path: str, target: Path, *, writable: bool = False, progress: Progress | None = None
    ) -> Path:
        """Puts it at ``target``, a file with its name into it. One that may be written to is a copy."""
        entries = entries_of(store, path)
        places = self._bring(store, entries, progress)
        _link_all(entries, places, target, writable=writable)
        return target / places[0].name if _is_one_file(entries) else target

    def _bring(self, store: Store, entries: Sequence[Entry], progress: Progress | None) -> list[Path]:
        places = [self._place(store, entry.file) for entry in entries]
        # Whoever may write to anything, as root may, can have spoiled one.
        missing = [
            (entry.file, place) for entry, place in zip(entries, places, strict=True) if not is_same(place, entry.file)
        ]
        total = sum(file.size for file, _place in missing)
        self._check_room(total)
        told = Sum(total, progress)

        def bring(wanted: tuple[File, Path]) -> None:
            file, place = wanted
            part = told.part()
            with _alone(place):
                if is_same(place, file):  # another one was quicker
                    part(file.size, file.size)
                else:
                    fetch(file, place, part)

        def fetch(file: File, place: Path, part: Progress) -> None:
            store.download(file.path, place, known=file, progress=part)
            place.chmod(_READ_ONLY)
            if file.modified:
                os.utime(place, (file.modified.timestamp(),) * 2)

        all_of(bring, missing)
        for place in places:
            os.utime(place.parent)  # when it was last of use
        if missing:
            self._let_go({place.parent for place in places})
        return places

    def _place(self, store: Store, file: File) -> Path:
        key = hashlib.sha256(f"{store.address}\0{file.path}\0{file.etag}\0{file.size}".encode()).hexdigest()[:32]
        return self._folder / "files" / key[:2] / key / PurePosixPath(file.path).name

    def _check_room(self, size: int) -> None:
        above = next(folder for folder in (self._folder, *self._folder.parents) if folder.exists())
        free = shutil.disk_usage(above).free
        if size > free - _RESERVE:
            raise StorageError(
                _("{size} bytes are to be brought, and the disk has {free} left.", size=f"{size:,}", free=f"{free:,}"),
                _("Make room, or let the job read them where they are: mode: direct"),
            )

    def _let_go(self, needed: set[Path]) -> None:
        """Of what was used longest ago, until the rest fits."""
        kept = sorted(_kept_in(self._folder / "files"), reverse=True)
        held, oldest = 0, 0.0
        for used, size, folder in kept:
            held += size
            if held > self._most and folder not in needed:
                shutil.rmtree(folder, ignore_errors=True)
                oldest = max(oldest, used)
        for used, _size, folder in _kept_in(self._folder, "folders"):
            if used <= oldest:
                shutil.rmtree(folder, ignore_errors=True)


def entries_of(store: Store, path: str) -> list[Entry]:
    """Every file below, or the file itself. Raises FileNotFoundError for nothing, UsageError for names that clash."""
    found = store.stat(path)
    if not found.is_folder:
        return [Entry("", found)]
    start = len(f"{found.path}/") if found.path else 0
    entries = [Entry(file.path[start:], file) for file in store.walk(path)]
    folders = {str(folder) for entry in entries for folder in PurePosixPath(entry.below).parents}
    for entry in entries:
        parts = entry.below.split("/")
        if any(part in ("", ".", "..") for part in parts) or "\0" in entry.below or entry.below in folders:
            raise UsageError(
                _("{path} cannot be a file of this machine.", path=entry.file.path),
                _("Rename it in the datastore, or name a folder without it."),
            )
    return entries


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """One of all that want the same file brings it."""
    lock = place.with_name(".lock")
    lock.parent.mkdir(parents=True, exist_ok=True)
    held = open_alone(lock)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(held)


def _is_one_file(entries: Sequence[Entry]) -> bool:
    return len(entries) == 1 and not entries[0].below


def _link_all(entries: Sequence[Entry], places: Sequence[Path], target: Path, *, writable: bool = False) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry, place in zip(entries, places, strict=True):
        way = target / (entry.below or place.name)
        way.parent.mkdir(parents=True, exist_ok=True)
        way.unlink(missing_ok=True)
        if writable:
            shutil.copyfile(place, way)
            continue
        try:
            os.link(place, way)
        except OSError:  # another disk, or too many links
            shutil.copy2(place, way)


def _kept_in(folder: Path, kind: str = "") -> Iterator[tuple[float, int, Path]]:
    """When it was last used, its bytes and its folder."""
    shelves = [folder / kind] if kind else sorted(folder.iterdir()) if folder.is_dir() else []
    for shelf in shelves:
        for place in shelf.iterdir() if shelf.is_dir() else ():
            with suppress(OSError):  # another process lets go, too
                size = 0 if kind else sum(entry.stat().st_size for entry in place.iterdir())
                yield place.stat().st_mtime, size, place
