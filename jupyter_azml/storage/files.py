"""The files of datastores, over whatever store is behind each; every workspace that has datastores works so."""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ..entities import File, Page
from ..errors import Conflict, DataNotFound, UsageError
from ..language import _
from ..workspace import DatastoresOperations
from .store import Progress, Store


class StoredFiles(DatastoresOperations):
    @abstractmethod
    def _store(self, name: str) -> Store:
        """Raises DatastoreNotFound, StorageRefused."""

    def browse(self, name: str, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        with translated(name, path):
            return self._store(name).browse(path, limit=limit, continuation=continuation)

    def open(self, name: str, path: str) -> BinaryIO:
        with translated(name, path):
            return self._store(name).open(path)

    def upload(
        self, name: str, source: Path, path: str, *, overwrite: bool = False, progress: Progress | None = None
    ) -> int:
        store = self._store(name)
        files = _files_below(source)
        # A file goes under its own name into what ends with a slash or is the root, as with cp.
        into_folder = source.is_file() and (not path.strip("/") or path.endswith("/"))
        top = "/".join(part for part in (path.strip("/"), source.name if into_folder else "") if part)
        targets = [(file, "/".join(part for part in (top, below) if part)) for file, below in files]
        if not overwrite:
            for _file, target in targets:
                with translated(name, target):
                    _check_is_free(store, target)
        total, before = sum(file.stat().st_size for file, _below in files), 0
        for file, target in targets:
            with translated(name, target):
                store.upload(file, target, overwrite=overwrite, progress=_shifted(progress, before, total))
            before += file.stat().st_size
        return len(targets)

    def download(self, name: str, path: str, target: Path, *, progress: Progress | None = None) -> int:
        store = self._store(name)
        with translated(name, path):
            found = store.stat(path)
            if not found.is_folder:
                place = target / PurePosixPath(found.path).name if target.is_dir() else target
                store.download(path, place, progress=progress)
                return 1
            files = list(store.walk(path))
        total, before = sum(file.size for file in files), 0
        for file in files:
            with translated(name, file.path):
                place = _inside(target, file.path[len(found.path) :].strip("/"))
                store.download(file.path, place, progress=_shifted(progress, before, total))
            before += file.size
        return len(files)

    def remove(self, name: str, path: str) -> None:
        with translated(name, path):
            self._store(name).delete(path)

    def move(self, name: str, path: str, to: str) -> None:
        with translated(name, path):
            self._store(name).move(path, to)


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


def _files_below(source: Path) -> list[tuple[Path, str]]:
    """Each with its path below the source: "" for a source that is a file itself."""
    if source.is_file():
        return [(source, "")]
    if not source.is_dir():
        raise DataNotFound(
            _("There is nothing at {path}.", path=source),
            _("Check the path: it is read from {folder}.", folder=Path.cwd()),
        )
    return [(file, file.relative_to(source).as_posix()) for file in sorted(source.rglob("*")) if file.is_file()]


def _check_is_free(store: Store, path: str) -> None:
    try:
        found = store.stat(path)
    except FileNotFoundError:
        return
    if not found.is_folder:
        raise FileExistsError(path)


def _inside(folder: Path, below: str) -> Path:
    """Names come from the store: one that leads out of the folder is not found."""
    place = folder / below
    if ".." in PurePosixPath(below).parts or not place.resolve().is_relative_to(folder.resolve()):
        raise FileNotFoundError(below)
    return place


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, _size: progress(before + done, total)
