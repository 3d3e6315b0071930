"""What every place that keeps files can do, whoever runs it."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from ..entities import File, Page
from ..workspace.datastores import Progress

__all__ = ["Progress", "Store"]


class Store(ABC):
    """Paths begin at the store's root, with forward slashes; "" is the root.

    Raises FileNotFoundError, NotADirectoryError, IsADirectoryError and FileExistsError as the builtin functions do, and
    StorageError for what the place itself refuses.
    """

    address: str
    """Which place that is, whatever it is called: for telling two apart. No part of it is secret."""

    def here(self, path: str) -> Path | None:
        """Where that is on this machine, whether or not anything is there; None when it is elsewhere."""
        return None

    def marks(self, path: str) -> dict[str, str]:
        """What was written down of a file besides its content; {} where that is not kept, or there is no file."""
        return {}

    def mark(self, path: str, marks: Mapping[str, str]) -> None:  # noqa: B027 - few places keep anything of the kind
        """Adds to it, where it is kept."""

    @abstractmethod
    def browse(self, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        """One level of a folder, a page at a time: never all names of a long one."""

    @abstractmethod
    def stat(self, path: str) -> File: ...

    @abstractmethod
    def open(self, path: str) -> BinaryIO:
        """For reading, from any position: only what is read is fetched."""

    @abstractmethod
    def walk(self, path: str = "") -> Iterator[File]:
        """All files below a folder, none of its folders."""

    @abstractmethod
    def upload(self, source: Path, path: str, *, overwrite: bool = False, progress: Progress | None = None) -> str:
        """Puts a file there, whole or not at all; goes on where an upload that was cut had come to.

        Answers with the content's hash, as ``content_hash`` makes it.
        """

    @abstractmethod
    def download(self, path: str, target: Path, *, known: File | None = None, progress: Progress | None = None) -> None:
        """Puts a copy at ``target``, whole or not at all; goes on where a download that was cut had come to.

        ``known``: what it has to be still. Raises StorageChanged.
        """

    @abstractmethod
    def delete(self, path: str) -> None:
        """A file, or a folder with all that is in it."""

    @abstractmethod
    def move(self, path: str, to: str) -> None:
        """A file or a folder. Nothing is overwritten."""
