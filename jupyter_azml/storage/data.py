"""Data by whatever name it has, looked into and brought here: the part of a workspace's data that is about files."""

from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ..entities import File, Location, Page
from ..workspace import DataOperations
from .files import translated
from .places import Places
from .store import Progress


class StoredData(DataOperations):
    places: Places

    def locate(self, path: str) -> Location:
        return self.places.locate(path)

    def stat(self, path: str) -> File:
        found = self.places.stat(self.places.locate(path))
        return found.model_copy(update={"path": PurePosixPath(found.path).name})

    def browse(self, path: str, *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        reached = self.places.reach(self.places.locate(path))
        with translated(reached.name, reached.path):
            page = reached.store.browse(reached.path, limit=limit, continuation=continuation)
        start = len(f"{reached.path}/") if reached.path else 0
        items = tuple(file.model_copy(update={"path": file.path[start:]}) for file in page.items)
        return Page[File](items=items, continuation=page.continuation)

    def open(self, path: str) -> BinaryIO:
        location = self.places.locate(path)
        if location.is_web:
            return self.places.fetch(location).open("rb")
        reached = self.places.reach(location)
        with translated(reached.name, reached.path):
            return reached.store.open(reached.path)

    def fetch(self, path: str, *, progress: Progress | None = None) -> Path:
        return self.places.fetch(self.places.locate(path), progress)
