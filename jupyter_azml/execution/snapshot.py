"""The code that travels with a job: a folder as one deterministic zip, named by its content."""

import hashlib
import io
import os
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple, Protocol

from ..entities import File
from ..errors import SnapshotTooLarge, SnapshotUnreadable
from ..language import _
from .ignore import IgnoreRules, Rules, is_ignored

MOST_BYTES = 300 * 1024 * 1024
"""Azure ML's own limit for a snapshot."""
MOST_FILES = 2000
MOST_COUNTED = 50_000
"""Files that are looked at to tell which folders are the largest."""
MOST_BEHIND = 1000
"""Names that are told of what does not travel."""

_NEVER = {".git", ".hg", ".svn", ".ipynb_checkpoints", "__pycache__", "node_modules", ".azml", ".mypy_cache", ".venv"}
_ATTEMPTS = 3
_CHUNK = 1 << 20
_SAMPLE = 1 << 16


class SnapshotFile(NamedTuple):
    path: Path
    name: str
    """Relative to the folder, with forward slashes."""
    size: int


class Listing(NamedTuple):
    files: list[SnapshotFile]
    """Those that travel, by name."""
    behind: list[str]
    """What stays where it is, a folder with a slash at its end; the first ones, where there are many."""
    obeyed: list[Path]
    """The ignore files."""


def list_snapshot(folder: Path, always: str) -> list[SnapshotFile]:
    """The files that would travel: what ``.amlignore`` (else ``.gitignore``) does not name, and never ``outputs/``.

    ``always`` is the notebook itself, which travels even from an ignored place; "" when there is none. Ignored folders
    are not walked. Raises SnapshotTooLarge, SnapshotUnreadable.
    """
    return list_with_rules(folder, always).files


def list_with_rules(folder: Path, always: str) -> Listing:
    """The same, and why."""
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise _unreadable(folder, error) from error
    rules = IgnoreRules(folder)
    files: list[SnapshotFile] = []
    behind: list[str] = []
    total = 0
    walk = _walk(folder, rules, behind)
    for file in walk:
        files.append(file)
        total += file.size
        if total > MOST_BYTES or len(files) > MOST_FILES:
            raise _too_large(folder, files, walk)
    if always and always not in {file.name for file in files}:
        files.append(_required(folder, always))
        behind = [name for name in behind if name != always]
    return Listing(sorted(files, key=lambda file: file.name), sorted(behind), rules.obeyed)


def write_snapshot(files: list[SnapshotFile], store: Path) -> str:
    """Writes ``<sha256>.zip`` into the store unless it is there, and returns the SHA-256.

    Equal files give an equal name: times, owners and modes are left out, but for whether a file can be executed. A file
    that has gone since it was listed stays out; of one that grows, what was there when it was opened travels.
    Raises SnapshotUnreadable.
    """
    store.mkdir(parents=True, exist_ok=True)
    digest = _pack(files, None)
    if (store / f"{digest}.zip").exists():
        return digest
    beside = store / f".{os.getpid()}-{os.urandom(4).hex()}.zip"
    try:
        with beside.open("wb") as target:
            digest = _pack(files, target)
            target.flush()
            # The name promises the content for good: half a file must not carry it after a power cut.
            os.fsync(target.fileno())
        os.replace(beside, store / f"{digest}.zip")
    finally:
        beside.unlink(missing_ok=True)
    return digest


def unpack_snapshot(archive: Path, folder: Path) -> None:
    """Entries that would leave the folder are refused by zipfile itself; file modes are kept."""
    with zipfile.ZipFile(archive) as source:
        for entry in source.infolist():
            target = Path(source.extract(entry, folder))
            if mode := entry.external_attr >> 16:
                target.chmod(mode | 0o600)


def snapshot_files(archive: Path) -> list[File]:
    """What is in a snapshot, by name. Raises SnapshotUnreadable."""
    try:
        with zipfile.ZipFile(archive) as source:
            entries = sorted(source.infolist(), key=lambda entry: entry.filename)
    except (OSError, zipfile.BadZipFile) as error:
        raise _unreadable_archive(archive, error) from error
    return [
        File(path=entry.filename, is_folder=False, size=entry.file_size, etag=checksum_mark(entry.CRC))
        for entry in entries
    ]


def open_in_snapshot(archive: Path, name: str) -> BinaryIO:
    """A file as it travelled. Raises FileNotFoundError, and SnapshotUnreadable for a damaged archive."""
    try:
        with zipfile.ZipFile(archive) as source:
            return io.BytesIO(source.read(name))
    except KeyError as error:
        raise FileNotFoundError(name) from error
    except (OSError, zipfile.BadZipFile, zlib.error) as error:
        raise _unreadable_archive(archive, error) from error


def checksum_mark(checksum: int) -> str:
    """What files of a snapshot have as their etag: a file beside it need not be unpacked to be compared."""
    return f"crc32:{checksum:08x}"


class _Changed(Exception):
    """A file was written while it was read."""


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...


def _pack(files: list[SnapshotFile], target: BinaryIO | None) -> str:
    """The digest of what was read; without a target nothing is written."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            if target is None:
                return _digest(files, None)
            target.seek(0)
            target.truncate()
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                return _digest(files, archive)
        except _Changed as error:
            if attempt == _ATTEMPTS:
                raise SnapshotUnreadable(
                    _("{path} is being written while it should travel with the job.", path=error),
                    _("Wait until it is finished, or name it in {file}.", file=".amlignore"),
                ) from None
    raise AssertionError


def _digest(files: list[SnapshotFile], archive: zipfile.ZipFile | None) -> str:
    whole = hashlib.sha256()
    for file in files:
        try:
            source = file.path.open("rb")
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _unreadable(file.path, error) from error
        with source:
            is_executable = bool(os.fstat(source.fileno()).st_mode & 0o100)
            content = hashlib.sha256()
            size = _copy(file, source, content, archive)
            if archive:
                # Belongs to the directory at the archive's end, which is written when it is closed.
                archive.getinfo(file.name).external_attr = (0o755 if is_executable else 0o644) << 16
            whole.update(f"{file.name}\0{size}\0{int(is_executable)}\0{content.hexdigest()}\n".encode())
    return whole.hexdigest()


def _copy(file: SnapshotFile, source: BinaryIO, content: _Hash, archive: zipfile.ZipFile | None) -> int:
    before = os.fstat(source.fileno())
    left = before.st_size
    entry = None
    try:
        while left and (chunk := source.read(min(_CHUNK, left))):
            entry = entry or _entry(archive, file.name, chunk)
            content.update(chunk)
            if entry:
                entry.write(chunk)
            left -= len(chunk)
    except OSError as error:
        raise _unreadable(file.path, error) from error
    finally:
        if entry:
            entry.close()
    after = os.fstat(source.fileno())
    # One that only grew, a log say, is whole as it was; one that was written anew is neither old nor new.
    if archive and not before.st_size:
        archive.writestr(zipfile.ZipInfo(file.name), b"")
    if left or (after.st_mtime_ns != before.st_mtime_ns and after.st_size <= before.st_size):
        raise _Changed(file.path)
    return before.st_size


def _entry(archive: zipfile.ZipFile | None, name: str, start: bytes) -> IO[bytes] | None:
    """Pictures, models and archives take long to press and get no smaller."""
    if archive is None:
        return None
    sample = start[:_SAMPLE]
    is_dense = len(zlib.compress(sample, 1)) > 0.9 * len(sample)
    # A ZipInfo of its own is stored as it is; a name takes the archive's way. Both are dated 1980.
    return archive.open(zipfile.ZipInfo(name) if is_dense else name, "w")


def _walk(folder: Path, rules: IgnoreRules, behind: list[str]) -> Iterator[SnapshotFile]:
    """Links are followed, each folder once: a linked data folder is part of what the notebook reads."""
    pending: list[tuple[Path, str, tuple[Rules, ...] | None]] = [(folder, "", None)]
    seen = {os.path.realpath(folder)}
    while pending:
        where, way, inherited = pending.pop()
        entries = _entries(where)
        mine = rules.of(where, way, {entry.name for entry in entries}, inherited)
        for entry in entries:
            name = way + entry.name
            kind = _kind(entry)
            if kind == "folder":
                if _stays_behind(entry, name) or is_ignored(mine, name, is_folder=True):
                    _note(behind, f"{name}/")
                    continue
                if (real := os.path.realpath(entry.path)) not in seen:
                    seen.add(real)
                    pending.append((Path(entry.path), f"{name}/", mine))
            elif kind == "file" and is_ignored(mine, name, is_folder=False):
                _note(behind, name)
            elif kind == "file":
                yield SnapshotFile(Path(entry.path), _readable_name(name, where), _size(entry))


def _note(behind: list[str], name: str) -> None:
    if len(behind) < MOST_BEHIND:
        behind.append(name.encode("utf-8", "replace").decode())


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except (PermissionError, FileNotFoundError, NotADirectoryError):
        return []  # the job runs as the same user and could not read it either; or it has just gone


def _kind(entry: os.DirEntry[str]) -> str:
    """Pipes, sockets, devices and links that lead nowhere are neither."""
    try:
        return "folder" if entry.is_dir() else "file" if entry.is_file() else ""
    except OSError:  # a link to itself
        return ""


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except OSError:
        return 0


def _stays_behind(entry: os.DirEntry[str], name: str) -> bool:
    # outputs/ holds what earlier runs made: a job starts with an empty one. A local workspace may lie in the folder.
    inside = ("pyvenv.cfg", "workspace.db")
    return entry.name in _NEVER or name == "outputs" or any(os.path.exists(f"{entry.path}/{file}") for file in inside)


def _readable_name(name: str, where: Path) -> str:
    try:
        name.encode()
    except UnicodeEncodeError as error:
        shown = name.encode("utf-8", "backslashreplace").decode()
        raise SnapshotUnreadable(
            _("The name of {path} is not UTF-8, so it cannot travel with the job.", path=shown),
            _("Rename the file in {folder}, or name it in {file}.", folder=where, file=".amlignore"),
        ) from error
    return name


def _required(folder: Path, name: str) -> SnapshotFile:
    try:
        return SnapshotFile(folder / name, name, (folder / name).stat().st_size)
    except OSError as error:
        raise _unreadable(folder / name, error) from error


def _unreadable(path: Path, error: OSError) -> SnapshotUnreadable:
    return SnapshotUnreadable(
        _("{path} cannot travel with the job: {detail}.", path=path, detail=error.strerror),
        _("Fix the file's permissions, or name it in {file}.", file=".amlignore"),
    )


def _unreadable_archive(path: Path, error: Exception) -> SnapshotUnreadable:
    return SnapshotUnreadable(
        _("The snapshot {path} cannot be read: {detail}.", path=path, detail=error),
        _("The job's own copy of the code, code/ in its folder, may still be there."),
    )


def _too_large(folder: Path, files: list[SnapshotFile], rest: Iterator[SnapshotFile]) -> SnapshotTooLarge:
    sizes: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for file in islice(chain(files, rest), MOST_COUNTED):
        top, slash, _name = file.name.partition("/")
        sizes[top + slash] += file.size
        counts[top + slash] += 1
    by = sizes if sum(sizes.values()) > MOST_BYTES else counts
    largest = [f"{top} ({sizes[top] / 1024**2:.0f} MB, {counts[top]})" for top, _size in by.most_common(3)]
    return SnapshotTooLarge(
        _(
            "The folder {folder} is too large to travel with the job: more than {files} files or {size} MB. "
            "The largest in it, with how many files they hold: {largest}.",
            folder=folder,
            files=MOST_FILES,
            size=MOST_BYTES // 1024**2,
            largest=", ".join(largest),
        ),
        _("Move the notebook to a folder of its own, or name what stays behind in {file}.", file=folder / ".amlignore"),
    )
