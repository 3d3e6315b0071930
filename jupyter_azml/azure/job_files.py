"""The files of a job in Azure, where they lie in the store of artifacts, under the paths that jobs have here."""

from pathlib import Path
from typing import BinaryIO

from ..entities import File, Page
from ..errors import DataNotFound, FileNotInJob, UsageError
from ..language import _
from ..workspace import DatastoresOperations
from ..workspace.tracking import RunFiles

STORE = "workspaceartifactstore"
_LOGS = ("user_logs", "system_logs", "logs", "azureml-logs")
_TOP = ("outputs", "logs", "artifacts")


class JobFiles:
    """``outputs/``; ``logs/``, with Azure's folders of logs; and ``artifacts/``, with what MLflow was given."""

    def __init__(self, datastores: DatastoresOperations) -> None:
        self._datastores = datastores

    def browse(self, job: str, path: str, *, limit: int, continuation: str | None) -> Page[File]:
        """Raises FileNotInJob."""
        cleaned = _checked(job, path)
        if not cleaned:
            return Page[File](items=tuple(File(path=name, is_folder=True) for name in self._tops(job)))
        inner = _inner(cleaned)
        if inner == "" and cleaned == "logs":
            found = [name for name in self._names(job, "") if name in _LOGS]
            return Page[File](items=tuple(File(path=f"logs/{name}", is_folder=True) for name in found))
        try:
            page = self._datastores.browse(
                STORE, f"{_root(job)}/{inner}".rstrip("/"), limit=limit, continuation=continuation
            )
        except (DataNotFound, UsageError) as error:
            if cleaned in _TOP:
                return Page[File](items=())
            raise no_file(job, path) from error
        items = [file.model_copy(update={"path": _outer(job, cleaned, file.path)}) for file in page.items]
        if cleaned == "artifacts":
            items = [file for file in items if file.path.split("/")[1] not in ("outputs", *_LOGS)]
        return Page[File](items=tuple(items), continuation=page.continuation)

    def open(self, job: str, path: str) -> BinaryIO:
        """Raises FileNotInJob."""
        cleaned = _checked(job, path)
        if cleaned in ("", *_TOP):
            raise no_file(job, path)
        try:
            return self._datastores.open(STORE, f"{_root(job)}/{_inner(cleaned)}")
        except (DataNotFound, UsageError) as error:
            raise no_file(job, path) from error

    def run(self, run: str) -> RunFiles:
        """As they lie there."""
        return RunFilesInStore(self._datastores, run)

    def _tops(self, job: str) -> list[str]:
        names = self._names(job, "")
        has_logs = any(name in _LOGS for name in names)
        rest = [name for name in names if name not in ("outputs", *_LOGS)]
        return [
            name for name, is_there in zip(_TOP, ("outputs" in names, has_logs, bool(rest)), strict=True) if is_there
        ]

    def _names(self, job: str, path: str) -> list[str]:
        try:
            page = self._datastores.browse(STORE, f"{_root(job)}/{path}".rstrip("/"), limit=500)
        except (DataNotFound, UsageError):
            return []
        return [file.path.rsplit("/", 1)[-1] for file in page.items]


class RunFilesInStore:
    def __init__(self, datastores: DatastoresOperations, run: str) -> None:
        self._datastores = datastores
        self._root = _root(run)

    def browse(self, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        page = self._datastores.browse(STORE, self._at(path), limit=limit, continuation=continuation)
        items = tuple(file.model_copy(update={"path": file.path.removeprefix(f"{self._root}/")}) for file in page.items)
        return Page[File](items=items, continuation=page.continuation)

    def stat(self, path: str) -> File:
        return self._datastores.stat(STORE, self._at(path)).model_copy(update={"path": path})

    def open(self, path: str) -> BinaryIO:
        return self._datastores.open(STORE, self._at(path))

    def upload(self, source: Path, path: str, *, overwrite: bool = False) -> object:
        return self._datastores.upload(STORE, source, self._at(path), overwrite=overwrite)

    def delete(self, path: str) -> None:
        self._datastores.remove(STORE, self._at(path))

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}".rstrip("/")


def no_file(job: str, path: str) -> FileNotInJob:
    return FileNotInJob(
        _("The job {name} has no file {path}.", name=job, path=path or "/"),
        _("See what it has with: azml job show {name}", name=job),
    )


def _root(job: str) -> str:
    return f"ExperimentRun/dcid.{job}"


def _checked(job: str, path: str) -> str:
    """Raises FileNotInJob for a path that is not the job's own."""
    cleaned = path.strip("/")
    if path.startswith("/") or {"..", "."} & set(cleaned.split("/")) or "\0" in path:
        raise no_file(job, path)
    if cleaned and cleaned.split("/")[0] not in _TOP:
        raise no_file(job, path)
    return cleaned


def _inner(path: str) -> str:
    first, _slash, rest = path.partition("/")
    return path if first == "outputs" else rest


def _outer(job: str, folder: str, name: str) -> str:
    below = name.removeprefix(f"{_root(job)}/")
    return below if folder.split("/")[0] == "outputs" else f"{folder.split('/')[0]}/{below}"
