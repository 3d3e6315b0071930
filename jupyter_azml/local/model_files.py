"""The files of models: copied whole, kept once however many versions have them, and never changed."""

import hashlib
import os
import shutil
import stat
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ..errors import DataNotFound, StorageChanged, UsageError, WorkspaceNotWritable
from ..language import _
from ..storage.content import block_hash, block_size, content_hash, read_block
from ..workspace.datastores import Progress
from .db import Database
from .locks import FileLock, held
from .model_rows import StoredFile
from .paths import WorkspacePaths

LOADED_MARK = "registered_model_meta"
"""MLflow writes it beside a model that it loads from the registry; it is none of the model's files."""
_UNFINISHED = ".unfinished"
_LOCK = "lock"
_WORKERS = 4


class KeptFiles:
    """What versions have already."""

    def __init__(self, paths: WorkspacePaths, db: Database) -> None:
        self._paths = paths
        self._db = db

    def has_size(self, size: int) -> bool:
        with self._db.read() as connection:
            return (
                connection.execute("SELECT 1 FROM model_files WHERE size = ? LIMIT 1", (size,)).fetchone() is not None
            )

    def find(self, hash: str, size: int) -> Path | None:
        with self._db.read() as connection:
            row = connection.execute(
                "SELECT v.place, f.path FROM model_files AS f JOIN model_versions AS v ON v.id = f.version "
                "WHERE f.hash = ? AND f.size = ? AND v.place <> '' ORDER BY v.id DESC LIMIT 1",
                (hash, size),
            ).fetchone()
        place = self._paths.models / row["place"] / row["path"] if row else None
        return place if place and place.is_file() and place.stat().st_size == size else None


class Staged:
    """A copy that nobody sees yet."""

    def __init__(self, folder: Path, files: list[StoredFile]) -> None:
        self.folder = folder
        self.files = files

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    @property
    def hash(self) -> str:
        lines = "".join(f"{file.path.partition('/')[2]}\0{file.size}\0{file.hash}\n" for file in self.files)
        return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()

    def publish(self, place: Path) -> None:
        """Gives the copy its place, at once."""
        place.parent.mkdir(parents=True, exist_ok=True)
        self.folder.rename(place)


@contextmanager
def staged(
    paths: WorkspacePaths, source: Path, leaf: str, kept: KeptFiles, progress: Progress | None
) -> Iterator[Staged]:
    """A copy of a file or folder under the name ``leaf``; of what is not published nothing stays.

    Raises DataNotFound, UsageError, StorageChanged, WorkspaceNotWritable.
    """
    try:
        found = list(_files_below(source))
        if not found:
            raise UsageError(
                _("{path} holds no files.", path=source),
                _("Give the file or the folder that the model was saved to."),
            )
        with _room(paths) as room:
            folder = room / "files"
            targets = [(file, folder / leaf / below if below else folder / leaf) for file, below in found]
            yield Staged(folder, sorted(_copied(folder, targets, kept, progress)))
    except OSError as error:
        raise _translated(error, source) from error


def copy_out(files: Iterable[StoredFile], folder: Path, target: Path, progress: Progress | None) -> None:
    """Of a version's files into ``target``, as copies that may be changed."""
    files = list(files)
    told = _Told(sum(file.size for file in files), progress)
    with ThreadPoolExecutor(_WORKERS) as pool:
        done = [pool.submit(_copy, folder / file.path, target / file.path, told) for file in files]
        for each in done:
            each.result()


def _copied(
    folder: Path, targets: list[tuple[Path, Path]], kept: KeptFiles, progress: Progress | None
) -> Iterator[StoredFile]:
    told = _Told(sum(source.stat().st_size for source, _target in targets), progress)

    def keep(source: Path, target: Path) -> StoredFile:
        # Reading twice costs less than writing what is there already.
        read = _read(source, None, told) if kept.has_size(source.stat().st_size) else None
        same = kept.find(*read) if read else None
        if read is None or same is None or not _link(same, target):
            told.add(-read[1] if read else 0)
            read = _copy(source, target, told)
            target.chmod(0o444)
        hash, size = read
        return StoredFile(target.relative_to(folder).as_posix(), size, hash)

    with ThreadPoolExecutor(_WORKERS) as pool:
        done = [pool.submit(keep, source, target) for source, target in targets]
        try:
            for each in done:
                yield each.result()
        except BaseException:
            told.stop()
            pool.shutdown(cancel_futures=True)
            raise


def _copy(source: Path, target: Path, told: "_Told") -> tuple[str, int]:
    """Hash and size; the bytes are on the disk when it returns. Raises StorageChanged."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as write:
        found = _read(source, write, told)
        write.flush()
        os.fsync(write.fileno())
    return found


def _read(source: Path, write: BinaryIO | None, told: "_Told") -> tuple[str, int]:
    with source.open("rb") as read:
        before = os.fstat(read.fileno())
        size, number, hashes, total = block_size(before.st_size), 0, [], 0
        while block := read_block(read.fileno(), number, size):
            told.check()
            if write:
                write.write(block)
            hashes.append(block_hash(block))
            number, total = number + 1, total + len(block)
            told.add(len(block))
        after = os.fstat(read.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or total != after.st_size:
        raise StorageChanged(
            _("{path} changed while it was copied.", path=source), _("Wait until it is written; then register again.")
        )
    return content_hash(hashes or [block_hash(b"")]), total


def _link(kept: Path, target: Path) -> bool:
    """Lets both mean the same bytes; False where the disk cannot."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(kept, target)
    except OSError:
        return False
    return True


def _files_below(source: Path) -> Iterator[tuple[Path, str]]:
    """Each with its path below the source, "" for a source that is a file. Links are followed, but not in circles."""
    if source.is_file():
        yield source, ""
        return
    if not source.is_dir():
        raise DataNotFound(
            _("There is nothing at {path}.", path=source),
            _("Check the path: it is read from {folder}.", folder=Path.cwd()),
        )
    yield from _walk(source, source, {source.resolve()})


def _walk(top: Path, folder: Path, above: set[Path]) -> Iterator[tuple[Path, str]]:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            real = entry.resolve()
            if real not in above:
                yield from _walk(top, entry, {*above, real})
        elif stat.S_ISREG(entry.stat().st_mode) and not (folder == top and entry.name == LOADED_MARK):
            yield entry, entry.relative_to(top).as_posix()


@contextmanager
def _room(paths: WorkspacePaths) -> Iterator[Path]:
    """A folder that a lock says is in use; those of registrations that were killed go away."""
    paths.models.mkdir(parents=True, exist_ok=True)
    with held(paths.setup_lock):
        for left in paths.models.glob(f".*{_UNFINISHED}"):
            if abandoned := FileLock.take(left / _LOCK):
                shutil.rmtree(left, ignore_errors=True)
                abandoned.release()
        room = paths.models / f".{os.urandom(6).hex()}{_UNFINISHED}"
        room.mkdir(mode=0o700)
        lock = FileLock.take(room / _LOCK)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)
        if lock:
            lock.release()


def _translated(error: OSError, source: Path) -> DataNotFound | UsageError | WorkspaceNotWritable:
    place = Path(str(error.filename)) if error.filename else None
    if place and (place == source or source in place.parents):
        return UsageError(
            _("{path} cannot be read: {detail}.", path=place, detail=error.strerror or error),
            _("Check the path and its permissions."),
        )
    return WorkspaceNotWritable(
        _("The model cannot be kept: {detail}.", detail=error.strerror or error),
        _("Free disk space or fix the permissions of the workspace's folder; then register again."),
    )


class _Told:
    """Progress of several threads as one rising number, and the sign to stop."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total = total
        self._progress = progress
        self._done = 0
        self._most = 0
        self._lock = threading.Lock()
        self._is_stopped = False

    def add(self, size: int) -> None:
        """What is told never falls, though a file may be read again."""
        with self._lock:
            self._done += size
            if self._progress and self._done > self._most:
                self._most = self._done
                self._progress(self._done, max(self._total, self._done))

    def stop(self) -> None:
        self._is_stopped = True

    def check(self) -> None:
        if self._is_stopped:
            raise InterruptedError
