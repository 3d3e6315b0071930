"""The files of datastores, over whatever store is behind each; every workspace that has datastores works so."""

import os
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ..entities import File, Page
from ..errors import Conflict, DataNotFound, UsageError
from ..language import _
from ..workspace import DatastoresOperations
from .names import check_new_path
from .store import Progress, Store
from .together import Sum, all_of

_MOST_ASKED = 50
"""Names that are asked for one by one; to know of more, all that there are is listed."""


class StoredFiles(DatastoresOperations):
    @abstractmethod
    def store(self, name: str) -> Store:
        """What is behind one. Raises DatastoreNotFound, StorageRefused."""

    def browse(self, name: str, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        with translated(name, path):
            return self.store(name).browse(path, limit=limit, continuation=continuation)

    def stat(self, name: str, path: str) -> File:
        with translated(name, path):
            return self.store(name).stat(path)

    def open(self, name: str, path: str) -> BinaryIO:
        with translated(name, path):
            return self.store(name).open(path)

    def upload(
        self, name: str, source: Path, path: str, *, overwrite: bool = False, progress: Progress | None = None
    ) -> int:
        # A file goes under its own name into what ends with a slash or is the root, as with cp.
        into_folder = source.is_file() and (not path.strip("/") or path.endswith("/"))
        top = "/".join(part for part in (path.strip("/"), source.name if into_folder else "") if part)
        return send_files(self.store(name), name, source, top, overwrite=overwrite, progress=progress)

    def download(self, name: str, path: str, target: Path, *, progress: Progress | None = None) -> int:
        store = self.store(name)
        with translated(name, path):
            found = store.stat(path)
            files = [found] if not found.is_folder else list(store.walk(path))
        into = target / PurePosixPath(found.path).name if not found.is_folder and target.is_dir() else target
        told = Sum(sum(file.size for file in files), progress)

        def get(file: File) -> None:
            part = told.part()
            with translated(name, file.path):
                place = _inside(into, file.path[len(found.path) :].strip("/")) if found.is_folder else into
                if is_same(place, file):  # of a download that was cut
                    part(file.size, file.size)
                    return
                store.download(file.path, place, known=file, progress=part)
                if file.modified:
                    os.utime(place, (file.modified.timestamp(),) * 2)

        all_of(get, files)
        return len(files)

    def remove(self, name: str, path: str) -> None:
        with translated(name, path):
            self.store(name).delete(path)

    def move(self, name: str, path: str, to: str) -> None:
        with translated(name, path):
            self.store(name).move(path, to)


def send_files(
    store: Store, name: str, source: Path, top: str, *, overwrite: bool = False, progress: Progress | None = None
) -> int:
    """A file to ``top``, or all that is below a folder; several at once. Answers with how many files.

    ``name`` is the datastore's. Raises Conflict before anything is sent, DataNotFound for a source that is not there.
    """
    targets = [(file, "/".join(part for part in (top, below) if part)) for file, below in files_below(source)]
    for _file, target in targets:
        check_new_path(target)
    if not overwrite:
        _check_is_free(store, name, top, {target for _file, target in targets})
    told = Sum(sum(file.stat().st_size for file, _target in targets), progress)

    def send(wanted: tuple[Path, str]) -> None:
        file, target = wanted
        with translated(name, target):
            store.upload(file, target, overwrite=overwrite, progress=told.part())

    all_of(send, targets)
    return len(targets)


@contextmanager
def translated(name: str, path: str) -> Iterator[None]:
    """Of the builtin exceptions of a store. Raises DataNotFound, Conflict, UsageError."""
    try:
        yield
    except FileNotFoundError as error:
        raise DataNotFound(
            _("There is no {path} in the datastore {name}.", path=path or "/", name=name),
            _("See what is there: azml datastore browse {name}", name=name),
        ) from error
    except FileExistsError as error:
        raise Conflict(
            _("There is a {path} in the datastore {name} already.", path=error.args[0] or path, name=name),
            _("Choose another path, or add --overwrite."),
        ) from error
    except NotADirectoryError as error:
        raise DataNotFound(
            _("{path} in the datastore {name} is a file, not a folder.", path=path, name=name),
            _("Name the folder that it is in."),
        ) from error
    except IsADirectoryError as error:
        raise DataNotFound(
            _("{path} in the datastore {name} is a folder, not a file.", path=path, name=name),
            _("Name a file inside it."),
        ) from error
    except OSError as error:
        raise UsageError(
            _("{path} cannot be read or written: {detail}.", path=error.filename or path, detail=error.strerror),
            _("Check the path, its permissions and the space on the disk."),
        ) from error


def files_below(source: Path) -> list[tuple[Path, str]]:
    """Each with its path below the source: "" for a source that is a file itself. Raises DataNotFound."""
    if source.is_file():
        return [(source, "")]
    if not source.is_dir():
        raise DataNotFound(
            _("There is nothing at {path}.", path=source),
            _("Check the path: it is read from {folder}.", folder=Path.cwd()),
        )
    return [(file, file.relative_to(source).as_posix()) for file in sorted(source.rglob("*")) if file.is_file()]


def sizes_below(store: Store, top: str) -> dict[str, int]:
    """Of each file its size by its path below ``top``; "" for ``top`` itself, where that is a file."""
    try:
        found = store.stat(top)
    except FileNotFoundError:
        return {}
    if not found.is_folder:
        return {"": found.size}
    return {file.path[len(top) + 1 :]: file.size for file in store.walk(top)}


def _check_is_free(store: Store, name: str, top: str, targets: set[str]) -> None:
    with translated(name, top):
        if len(targets) > _MOST_ASKED:
            names = _names_below(store, top)
            taken = next((path for path in names if path in targets), None)
        else:
            taken = next((path for path in sorted(targets) if _is_file(store, path)), None)
        if taken is not None:
            raise FileExistsError(taken)


def _names_below(store: Store, top: str) -> Iterator[str]:
    try:
        yield from (file.path for file in store.walk(top))
    except FileNotFoundError:
        return


def _is_file(store: Store, path: str) -> bool:
    try:
        return not store.stat(path).is_folder
    except FileNotFoundError:
        return False


def is_same(place: Path, file: File) -> bool:
    """Whether a copy that was given the file's time still is one."""
    if not place.is_file() or place.is_symlink():
        return False
    found = place.stat()
    same_time = file.modified is not None and abs(found.st_mtime - file.modified.timestamp()) < 1e-3
    return found.st_size == file.size and same_time


def _inside(folder: Path, below: str) -> Path:
    """Names come from the store: one that leads out of the folder is not found."""
    place = folder / below
    if ".." in PurePosixPath(below).parts or not place.resolve().is_relative_to(folder.resolve()):
        raise FileNotFoundError(below)
    return place
