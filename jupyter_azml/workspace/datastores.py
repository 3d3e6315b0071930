"""Datastores and the files in them, as any workspace offers them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from ..entities import Datastore, File, Page

Progress = Callable[[int, int], None]
"""Called with the bytes done and all bytes, from any thread, in rising order."""


class DatastoresOperations(ABC):
    """Where a path is taken: it begins at the datastore's root, with forward slashes; "" is the root.

    All that reach files raise DatastoreNotFound, DataNotFound for a path that leads nowhere, and StorageError.
    """

    @abstractmethod
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Datastore]: ...

    @abstractmethod
    def get(self, name: str) -> Datastore:
        """Without its credentials. Raises DatastoreNotFound."""

    @abstractmethod
    def get_default(self) -> Datastore: ...

    @abstractmethod
    def create_or_update(self, datastore: Datastore, credentials: Mapping[str, str]) -> Datastore:
        """Asks the place whether it answers, first; one that cannot be reached is not kept. Raises UsageError."""

    @abstractmethod
    def set_default(self, name: str) -> Datastore: ...

    @abstractmethod
    def delete(self, name: str, *, force: bool = False) -> None:
        """Forgets the name; files stay. Raises Conflict for the workspace's own, and where that is known, unless it is
        forced, while data assets lie in it.
        """

    @abstractmethod
    def browse(self, name: str, path: str = "", *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        """One level of a folder, a page at a time."""

    @abstractmethod
    def stat(self, name: str, path: str) -> File: ...

    @abstractmethod
    def open(self, name: str, path: str) -> BinaryIO:
        """For reading, from any position: only what is read is fetched."""

    @abstractmethod
    def upload(
        self, name: str, source: Path, path: str, *, overwrite: bool = False, progress: Progress | None = None
    ) -> int:
        """A file, or a folder with all that is in it; each file whole or not at all. Answers with how many files.

        Raises Conflict for a file that is there, unless it may be overwritten, before anything is sent.
        """

    @abstractmethod
    def download(self, name: str, path: str, target: Path, *, progress: Progress | None = None) -> int:
        """A file, or a folder with all that is in it; each file whole or not at all. Answers with how many files."""

    @abstractmethod
    def remove(self, name: str, path: str) -> None:
        """Deletes a file, or a folder with all that is in it."""

    @abstractmethod
    def move(self, name: str, path: str, to: str) -> None:
        """A file or a folder, inside the datastore. Raises Conflict for what is there."""
