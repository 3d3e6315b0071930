"""What travelled with a job beside what its folder holds now."""

import zlib
from pathlib import Path

from ..entities import File, FileChange, FileDiff, FileState, Job, SnapshotChanges
from ..errors import FileNotInJob, SnapshotTooLarge, SnapshotUnreadable
from ..execution.snapshot import checksum_mark, list_with_rules
from ..language import _
from ..workspace import Workspace
from .show_snapshot import show_snapshot
from .source_diff import diff_of_notebooks, diff_of_texts, notebook_of

MOST_SHOWN = 2 * 1024 * 1024
"""Bytes of a file that are looked into."""
_CHUNK = 1 << 20


def compare_snapshot(workspace: Workspace, name: str) -> SnapshotChanges:
    """Raises JobNotFound, NotSupported, SnapshotUnreadable."""
    job = workspace.jobs.get(name)
    travelled = {file.path: file for file in show_snapshot(workspace, job.name).files}
    folder = _folder_of(job)
    if folder is None:
        same = (FileChange(path=file.path, state=FileState.SAME, size=file.size) for file in travelled.values())
        return SnapshotChanges(folder=job.spec.code or "", is_there=False, files=tuple(same))
    now = _travelling_now(folder, job)
    changes = [
        FileChange(path=path, state=_state(workspace, job, file, folder / path), size=file.size)
        for path, file in travelled.items()
    ]
    changes += [
        FileChange(path=path, state=FileState.ADDED, size=size) for path, size in now.items() if path not in travelled
    ]
    return SnapshotChanges(
        folder=str(folder), is_there=True, files=tuple(sorted(changes, key=lambda change: change.path))
    )


def compare_file(workspace: Workspace, name: str, path: str) -> FileDiff:
    """Raises JobNotFound, and FileNotInJob for what neither travelled nor would."""
    job = workspace.jobs.get(name)
    folder = _folder_of(job)
    before = _travelled(workspace, job, path)
    after = _beside(folder, job, path, has_travelled=before is not None)
    if before is None and after is None:
        raise FileNotInJob(
            _("The job {name} has no file {path}.", name=job.name, path=path),
            _("See what it has with: azml job show {name}", name=job.name),
        )
    shown = before if before is not None else after or b""
    is_text = _is_text(before or b"") and _is_text(after or b"")
    state = FileState.SAME if folder is None else _state_of(before, after)
    return FileDiff(
        path=path,
        state=state,
        is_text=is_text,
        text=shown[:MOST_SHOWN].decode("utf-8", "replace") if is_text else "",
        is_cut=is_text and len(shown) > MOST_SHOWN,
        diff=_diff(path, before, after) if is_text and before and after and before != after else "",
    )


def _folder_of(job: Job) -> Path | None:
    """None when it is not on this machine, or is no longer there."""
    folder = Path(job.spec.code) if job.spec.code else None
    return folder if folder and folder.is_absolute() and folder.is_dir() else None


def _travelling_now(folder: Path, job: Job) -> dict[str, int]:
    """By name, the size; none where the folder has grown too large to travel: then what is new is left out."""
    try:
        listing = list_with_rules(folder, "")
    except (SnapshotTooLarge, SnapshotUnreadable):
        return {}
    return {file.name: file.size for file in listing.files}


def _state(workspace: Workspace, job: Job, file: File, now: Path) -> FileState:
    try:
        if now.stat().st_size != file.size:
            return FileState.CHANGED
        if file.etag.startswith("crc32:"):
            is_same = checksum_mark(_checksum(now)) == file.etag
        else:
            with workspace.jobs.open_snapshot(job.name, file.path) as opened:
                is_same = opened.read() == now.read_bytes()
    except OSError:
        return FileState.REMOVED
    return FileState.SAME if is_same else FileState.CHANGED


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found = zlib.crc32(chunk, found)
    return found


def _travelled(workspace: Workspace, job: Job, path: str) -> bytes | None:
    try:
        with workspace.jobs.open_snapshot(job.name, path) as file:
            return file.read()
    except FileNotInJob:
        return None


def _beside(folder: Path | None, job: Job, path: str, *, has_travelled: bool) -> bytes | None:
    """Only what travelled, or would: a page may not read any file of this machine by this way."""
    if folder is None or not (has_travelled or path in _travelling_now(folder, job)):
        return None
    try:
        return (folder / path).read_bytes()
    except OSError:
        return None


def _state_of(before: bytes | None, after: bytes | None) -> FileState:
    if before is None:
        return FileState.ADDED
    if after is None:
        return FileState.REMOVED
    return FileState.SAME if before == after else FileState.CHANGED


def _is_text(data: bytes) -> bool:
    try:
        data[:MOST_SHOWN].decode("utf-8")
    except UnicodeDecodeError as error:
        # A sign that was cut in two is no fault of the file's.
        return error.end >= min(len(data), MOST_SHOWN) and len(data) > MOST_SHOWN
    return b"\0" not in data[:MOST_SHOWN]


def _diff(path: str, before: bytes, after: bytes) -> str:
    if max(len(before), len(after)) > MOST_SHOWN:
        return ""
    texts = before.decode("utf-8", "replace"), after.decode("utf-8", "replace")
    if path.endswith(".ipynb"):
        notebooks = [notebook_of(text) for text in texts]
        if all(notebooks):
            return diff_of_notebooks(*notebooks)
    return diff_of_texts(*texts)
