"""A folder of this machine as a store of files."""

from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from ..entities import File, Page


class Folder:
    """Every path is relative to the root, with forward slashes; a path or a link that leads out is not found."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def browse(self, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        """One level, by name, folders first. Raises FileNotFoundError, NotADirectoryError."""
        folder = self.resolve(path)
        entries = sorted(folder.iterdir(), key=lambda entry: (not entry.is_dir(), entry.name))
        start = int(continuation or 0)
        items = tuple(
            _file(entry, f"{path.strip('/')}/{entry.name}".lstrip("/")) for entry in entries[start : start + limit]
        )
        more = start + limit < len(entries)
        return Page[File](items=items, continuation=str(start + limit) if more else None)

    def open(self, path: str) -> BinaryIO:
        """Raises FileNotFoundError, IsADirectoryError."""
        return self.resolve(path).open("rb")

    def resolve(self, path: str) -> Path:
        """Raises FileNotFoundError for what does not exist and, alike, for what lies outside."""
        found = (self._root / path.strip("/")).resolve()
        if "\0" in path or not found.is_relative_to(self._root) or not found.exists():
            raise FileNotFoundError(path)
        return found


def _file(entry: Path, path: str) -> File:
    facts = entry.stat()
    return File(
        path=path,
        is_folder=entry.is_dir(),
        size=0 if entry.is_dir() else facts.st_size,
        modified=datetime.fromtimestamp(facts.st_mtime, UTC),
    )
