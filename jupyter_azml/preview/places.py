"""A folder of this machine as a place."""

from pathlib import Path
from typing import BinaryIO

from ..entities import File, Page


class Folder:
    """Paths begin in the folder; nothing of them leads out, since ``mltable`` lets none do so."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def browse(self, path: str, *, limit: int, continuation: str | None = None) -> Page[File]:
        entries = sorted(self._root.joinpath(path).iterdir())[:limit]
        return Page[File](items=tuple(File(path=entry.name, is_folder=entry.is_dir()) for entry in entries))

    def stat(self, path: str) -> File:
        place = self._root / path
        return File(path=path, is_folder=place.is_dir(), size=place.stat().st_size)

    def open(self, path: str) -> BinaryIO:
        return self._root.joinpath(path).open("rb")
