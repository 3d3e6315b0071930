"""The code that travels with a job: a folder as one deterministic zip, named by its content."""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pathspec import GitIgnoreSpec

from ..errors import SnapshotTooLarge, SnapshotUnreadable
from ..language import _

MOST_BYTES = 300 * 1024 * 1024
"""Azure ML's own limit for a snapshot."""
MOST_FILES = 2000

_NEVER = {".git", ".hg", ".svn", ".ipynb_checkpoints", "__pycache__", "node_modules", ".azml", ".mypy_cache", ".venv"}
_EPOCH = (1980, 1, 1, 0, 0, 0)


class SnapshotFile(NamedTuple):
    path: Path
    name: str
    """Relative to the folder, with forward slashes."""
    size: int


def list_snapshot(folder: Path, always: str) -> list[SnapshotFile]:
    """The files that would travel: what ``.amlignore`` (else ``.gitignore``) does not name, and never ``outputs/``.

    ``always`` is the notebook itself, which travels even from an ignored place. Ignored folders are not walked.
    Raises SnapshotTooLarge.
    """
    files: list[SnapshotFile] = []
    total = 0
    for file in _walk(folder, _ignored(folder)):
        files.append(file)
        total += file.size
        if total > MOST_BYTES or len(files) > MOST_FILES:
            raise SnapshotTooLarge(
                _(
                    "The folder {folder} is too large to travel with the job: more than {files} files or {size} MB.",
                    folder=folder,
                    files=MOST_FILES,
                    size=MOST_BYTES // 1024**2,
                ),
                _(
                    "Move the notebook to a folder of its own, or name what stays behind in {file}.",
                    file=folder / ".amlignore",
                ),
            )
    if always not in {file.name for file in files}:
        files.append(SnapshotFile(folder / always, always, (folder / always).stat().st_size))
    return sorted(files, key=lambda file: file.name)


def write_snapshot(files: list[SnapshotFile], store: Path) -> str:
    """Writes ``<sha256>.zip`` into the store unless it is there, and returns the SHA-256.

    Equal files give an equal name: times and owners are left out.
    """
    store.mkdir(parents=True, exist_ok=True)
    beside = store / f".{os.getpid()}-{os.urandom(4).hex()}.zip"
    digest = hashlib.sha256()
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for file in files:
                content = _content(file)
                digest.update(f"{file.name}\0{len(content)}\0".encode())
                digest.update(content)
                entry = zipfile.ZipInfo(file.name, _EPOCH)
                entry.external_attr = (file.path.stat().st_mode & 0o777) << 16
                archive.writestr(entry, content)
        os.replace(beside, store / f"{digest.hexdigest()}.zip")
    finally:
        beside.unlink(missing_ok=True)
    return digest.hexdigest()


def unpack_snapshot(archive: Path, folder: Path) -> None:
    """Entries that would leave the folder are refused by zipfile itself; file modes are kept."""
    with zipfile.ZipFile(archive) as source:
        for entry in source.infolist():
            target = Path(source.extract(entry, folder))
            if mode := entry.external_attr >> 16:
                target.chmod(mode | 0o600)


def _content(file: SnapshotFile) -> bytes:
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise SnapshotUnreadable(
            _("{path} cannot travel with the job: {detail}.", path=file.path, detail=error.strerror),
            _("Fix the file's permissions, or name it in {file}.", file=".amlignore"),
        ) from error


def _walk(folder: Path, ignored: GitIgnoreSpec) -> Iterator[SnapshotFile]:
    """Links are followed, each folder once: a linked data folder is part of what the notebook reads."""
    pending, seen = [folder], {os.path.realpath(folder)}
    while pending:
        for entry in _entries(pending.pop()):
            name = PurePosixPath(Path(entry.path).relative_to(folder)).as_posix()
            if entry.is_dir():
                real = os.path.realpath(entry.path)
                if real not in seen and not _stays_behind(entry, name) and not ignored.match_file(name + "/"):
                    seen.add(real)
                    pending.append(Path(entry.path))
            elif entry.is_file() and not ignored.match_file(name):
                yield SnapshotFile(Path(entry.path), name, entry.stat().st_size)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        return sorted(os.scandir(folder), key=lambda entry: entry.name)
    except PermissionError:
        return []  # the job runs as the same user and could not read it either


def _stays_behind(entry: os.DirEntry[str], name: str) -> bool:
    # outputs/ holds what earlier runs made: a job starts with an empty one.
    return entry.name in _NEVER or name == "outputs" or os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))


def _ignored(folder: Path) -> GitIgnoreSpec:
    for name in (".amlignore", ".gitignore"):
        if (file := folder / name).is_file():
            return GitIgnoreSpec.from_lines(file.read_text("utf-8", "replace").splitlines())
    return GitIgnoreSpec.from_lines([])
