"""Bringing a job's files here, in the layout of ``az ml job download``: ``artifacts/`` and ``named-outputs/``."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from ..entities import File, Job, Output
from ..entities.base import Entity
from ..errors import AzmlError, FileNotInJob, UsageError
from ..language import _
from ..workspace import Workspace

_CHUNK = 1 << 20


class Download(Entity):
    """What was brought, and what was there already."""

    job: str
    folder: str
    files: int = 0
    size: int = 0
    """Bytes that were copied."""
    skipped: int = 0
    """Files that were there, with the same size and time."""
    left: tuple[str, ...] = ()
    """Outputs that are kept where nothing here can read them."""


class _Source(NamedTuple):
    target: PurePosixPath
    size: int
    modified: datetime | None
    path: str
    """In the job; or, for an output that is kept elsewhere, on this machine or in a datastore."""
    is_elsewhere: bool


def download_job(
    workspace: Workspace, name: str, folder: Path, *, everything: bool = False, output: str | None = None
) -> Download:
    """Into ``folder/NAME``: the job's outputs; with ``everything`` its logs and code too; or one output by its name.

    A file appears whole, and one that is there already is not copied again: an interrupted download goes on.
    Raises JobNotFound, FileNotInJob, UsageError.
    """
    job = workspace.jobs.get(name)
    root = (folder.expanduser() / job.name).absolute()
    if output is not None and output not in job.outputs:
        raise FileNotInJob(
            _("The job {name} has no output named {output}.", name=job.name, output=output),
            _("It has: {names}", names=", ".join(job.outputs)) if job.outputs else _("It has none."),
        )
    named = {output: job.outputs[output]} if output else job.outputs
    done = {"files": 0, "size": 0, "skipped": 0}
    left = tuple(name for name, where in named.items() if not where.path and not _is_reached(workspace, where))
    try:
        root.mkdir(parents=True, exist_ok=True)
        for source in _sources(workspace, job, named, everything, whole=output is None):
            target = _inside(root, source.target)
            if _is_there(target, source):
                done["skipped"] += 1
                continue
            _copy(workspace, job.name, source, target)
            done["files"] += 1
            done["size"] += source.size
    except OSError as error:
        raise UsageError(
            _("{folder} does not take the files: {detail}", folder=root, detail=error.strerror or error),
            _("Choose another folder with --download-path; what is there already is kept."),
        ) from error
    return Download(job=job.name, folder=str(root), left=left, **done)


def _sources(
    workspace: Workspace, job: Job, named: dict[str, Output], everything: bool, *, whole: bool
) -> Iterator[_Source]:
    artifacts = PurePosixPath("artifacts")
    if whole:
        # What MLflow was given and what lies in outputs/ are one store of artifacts in Azure.
        yield from _in_job(workspace, job.name, "artifacts", artifacts)
        yield from _in_job(workspace, job.name, "outputs", artifacts / "outputs")
    if everything and whole:
        yield from _in_job(workspace, job.name, "logs", artifacts / "logs")
        for source in _in_job(workspace, job.name, "code", PurePosixPath("code")):
            # There it is the same folder once more.
            if source.target.parts[:2] != ("code", "outputs"):
                yield source
    for name, output in named.items():
        target = PurePosixPath("named-outputs") / name
        if not output.path and _is_here(output):
            yield from _on_disk(Path(output.uri), target)
        elif not output.path and _is_reached(workspace, output):
            yield from _in_datastore(workspace, output.uri, target)
        elif output.path and not (whole and output.path.split("/")[0] in ("outputs", "artifacts")):
            yield from _in_job(workspace, job.name, output.path, target)


def _in_job(workspace: Workspace, job: str, path: str, target: PurePosixPath) -> Iterator[_Source]:
    """A file of the job, or all below a folder; nothing when there is no such folder."""
    try:
        files = list(_entries(workspace, job, path))
    except FileNotInJob:
        yield from _one_file(workspace, job, path, target)
        return
    for file in files:
        below = target / PurePosixPath(file.path).name
        if file.is_folder:
            yield from _in_job(workspace, job, file.path, below)
        else:
            yield _Source(below, file.size, file.modified, file.path, False)


def _entries(workspace: Workspace, job: str, path: str) -> Iterator[File]:
    continuation = None
    while True:
        page = workspace.jobs.files(job, path, continuation=continuation)
        yield from page.items
        if (continuation := page.continuation) is None:
            return


def _one_file(workspace: Workspace, job: str, path: str, target: PurePosixPath) -> Iterator[_Source]:
    parent, _slash, name = path.rpartition("/")
    try:
        for file in _entries(workspace, job, parent):
            if PurePosixPath(file.path).name == name and not file.is_folder:
                yield _Source(target / name, file.size, file.modified, file.path, False)
    except FileNotInJob:
        return


def _on_disk(path: Path, target: PurePosixPath) -> Iterator[_Source]:
    if path.is_file():
        found = path.stat()
        modified = datetime.fromtimestamp(found.st_mtime).astimezone()
        yield _Source(target / path.name, found.st_size, modified, str(path), True)
    elif path.is_dir():
        for entry in sorted(path.iterdir()):
            if entry.is_dir():
                yield from _on_disk(entry, target / entry.name)
            else:
                yield from _on_disk(entry, target)


def _in_datastore(workspace: Workspace, uri: str, target: PurePosixPath) -> Iterator[_Source]:
    found = workspace.data.stat(uri)
    if not found.is_folder:
        yield _Source(target / found.path, found.size, found.modified, uri, True)
        return
    continuation = None
    while True:
        page = workspace.data.browse(uri, continuation=continuation)
        for file in page.items:
            below, way = f"{uri.rstrip('/')}/{file.path}", target / file.path
            if file.is_folder:
                yield from _in_datastore(workspace, below, way)
            else:
                yield _Source(way, file.size, file.modified, below, True)
        if (continuation := page.continuation) is None:
            return


def _is_here(output: Output) -> bool:
    return os.path.isabs(output.uri) and Path(output.uri).exists()


def _is_reached(workspace: Workspace, output: Output) -> bool:
    if _is_here(output) or not output.uri.startswith("azureml:"):
        return _is_here(output)
    try:
        workspace.data.stat(output.uri)
    except AzmlError:
        return False
    return True


def _inside(root: Path, way: PurePosixPath) -> Path:
    """Raises UsageError for a way that leads out, be it by a name of the job's or by a link that lies in the folder."""
    target = root / way
    if ".." in way.parts or way.is_absolute() or not target.parent.resolve().is_relative_to(root.resolve()):
        raise UsageError(
            _("{path} would be written outside {folder}.", path=way, folder=root),
            _("Choose an empty folder with --download-path."),
        )
    return target


def _is_there(target: Path, source: _Source) -> bool:
    try:
        found = target.lstat()
    except FileNotFoundError:
        return False
    same_time = source.modified is not None and abs(found.st_mtime - source.modified.timestamp()) < 1e-3
    return target.is_file() and not target.is_symlink() and found.st_size == source.size and same_time


def _copy(workspace: Workspace, job: str, source: _Source, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir() and not target.is_symlink():
        raise IsADirectoryError(None, _("{path} is a folder there", path=target))
    beside = target.with_name(f".{target.name[:100]}.{os.urandom(4).hex()}.part")
    try:
        with _opened(workspace, job, source) as reading, beside.open("xb") as writing:
            shutil.copyfileobj(reading, writing, _CHUNK)
        if source.modified:
            os.utime(beside, (source.modified.timestamp(),) * 2)
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def _opened(workspace: Workspace, job: str, source: _Source) -> BinaryIO:
    if not source.is_elsewhere:
        return workspace.jobs.open(job, source.path)
    return workspace.data.open(source.path) if source.path.startswith("azureml:") else Path(source.path).open("rb")
