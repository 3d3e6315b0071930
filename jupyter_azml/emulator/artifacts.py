"""The container ``azureml``, where Azure keeps what runs leave: a folder for each run, and one for what clients upload.

The files of a run are the workspace's own: ``ExperimentRun/dcid.RUN/…`` shows them, and writes to them.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from ..entities import File, Page
from ..errors import NotFound
from ..storage.folder import Folder
from ..workspace import TrackingOperations
from ..workspace.tracking import RunFiles
from .blobs.containers import Container

ORIGIN = "ExperimentRun"
_FOLDER = "dcid."


def folder_of_run(run: str) -> str:
    return f"{ORIGIN}/{_FOLDER}{run}"


class Artifacts:
    """With a store's verbs."""

    def __init__(self, tracking: TrackingOperations, rest: Folder) -> None:
        self._tracking = tracking
        self._rest = rest

    def browse(self, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        files, inner, above = self._split(path)
        page = files.browse(inner, limit=limit, continuation=continuation)
        items = tuple(file.model_copy(update={"path": f"{above}{file.path}"}) for file in page.items)
        return Page[File](items=items, continuation=page.continuation)

    def stat(self, path: str) -> File:
        files, inner, above = self._split(path)
        found = files.stat(inner)
        return found.model_copy(update={"path": f"{above}{found.path}"})

    def open(self, path: str) -> BinaryIO:
        files, inner, _above = self._split(path)
        return files.open(inner)

    def upload(self, source: Path, path: str, *, overwrite: bool = False) -> object:
        files, inner, _above = self._split(path)
        return files.upload(source, inner, overwrite=overwrite)

    def delete(self, path: str) -> None:
        files, inner, _above = self._split(path)
        files.delete(inner)

    def _split(self, path: str) -> tuple[RunFiles, str, str]:
        """Whose files these are, the path among them, and what stands before it. Raises NotFound."""
        origin, _slash, rest = path.strip("/").partition("/")
        run, _slash, inner = rest.partition("/")
        if origin == ORIGIN and run.startswith(_FOLDER):
            return self._tracking.files(run.removeprefix(_FOLDER)), inner, f"{origin}/{run}/"
        return self._rest, path, ""


class ArtifactContainer(Container):
    def one_level(self, prefix: str) -> Iterator[tuple[str, File]]:
        """Whoever asks for all that begins with the folder of a run, and a slash left out, means that run. Runs have no
        list here.
        """
        run = prefix.rpartition("/")[2].removeprefix(_FOLDER)
        if run and prefix == folder_of_run(run):
            with suppress(NotFound):
                found = self._store.stat(f"{prefix}/")
                yield f"{prefix}/", found.model_copy(update={"path": prefix, "is_folder": True})
            return
        yield from super().one_level(prefix)
