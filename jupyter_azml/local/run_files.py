"""The files of a run as one tree, as Azure has it: what it wrote to ``outputs/``, its logs, what MLflow was given."""

from pathlib import Path
from typing import BinaryIO

from ..entities import File, Page
from ..storage.folder import Folder
from .paths import JobPaths


class FilesOfRun:
    """One folder of artifacts. What is written goes there."""

    def __init__(self, artifacts: Path) -> None:
        self._artifacts = artifacts

    def browse(self, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        root, rest = self._split(path)
        page = Folder(root).browse(rest, limit=limit, continuation=continuation)
        above = path.strip("/").removesuffix(rest).strip("/")
        items = tuple(file.model_copy(update={"path": f"{above}/{file.path}".lstrip("/")}) for file in page.items)
        return Page[File](items=items, continuation=page.continuation)

    def stat(self, path: str) -> File:
        root, rest = self._split(path)
        return Folder(root).stat(rest).model_copy(update={"path": path.strip("/")})

    def open(self, path: str) -> BinaryIO:
        root, rest = self._split(path)
        return Folder(root).open(rest)

    def upload(self, source: Path, path: str, *, overwrite: bool = False) -> object:
        root, rest = self._split(path)
        root.mkdir(parents=True, exist_ok=True)
        return Folder(root).upload(source, rest, overwrite=overwrite)

    def delete(self, path: str) -> None:
        root, rest = self._split(path)
        Folder(root).delete(rest)

    def _split(self, path: str) -> tuple[Path, str]:
        return self._artifacts, path.strip("/")


class FilesOfJob(FilesOfRun):
    def __init__(self, job: JobPaths) -> None:
        super().__init__(job.artifacts)
        self._roots = {"outputs": job.outputs, "user_logs": job.std_log.parent, "attempts": job.attempts}

    def browse(self, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        if path.strip("/") or continuation:
            return super().browse(path, limit=limit, continuation=continuation)
        first = tuple(File(path=name, is_folder=True) for name, root in self._roots.items() if root.is_dir())
        if not self._artifacts.is_dir():
            return Page[File](items=first)
        page = super().browse("", limit=limit)
        rest = tuple(file for file in page.items if file.path not in self._roots)
        return Page[File](items=(*first, *rest), continuation=page.continuation)

    def _split(self, path: str) -> tuple[Path, str]:
        first, _slash, rest = path.strip("/").partition("/")
        return (self._roots[first], rest) if first in self._roots else (self._artifacts, path.strip("/"))
