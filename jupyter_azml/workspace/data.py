"""Data assets, and data by whatever name it has, as any workspace offers them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Literal

from ..entities import DataAsset, File, Location, Page
from .datastores import Progress

Archived = Literal["active", "archived", "all"]


class DataOperations(ABC):
    """Where a ``path`` is taken, it is any spelling that ``entities.read_address`` knows: a path of this machine,
    ``azureml:NAME:VERSION``, ``azureml://datastores/…``, ``azureml://jobs/…``, ``runs:/…``, ``https://…``.

    Reading one raises DataNotFound, DatastoreNotFound, NotSupported, StorageError, UsageError.
    """

    @abstractmethod
    def list(
        self,
        name: str | None = None,
        *,
        archived: Archived = "active",
        limit: int = 50,
        continuation: str | None = None,
    ) -> Page[DataAsset]:
        """The newest version of each asset, the last created first; with a name, its versions."""

    @abstractmethod
    def get(self, name: str, version: str | None = None, *, label: str | None = None) -> DataAsset:
        """With the jobs that read it. Without a version or a label, the newest one. Raises DataNotFound."""

    @abstractmethod
    def create(self, asset: DataAsset, *, checked: bool = True) -> DataAsset:
        """For what stays where it is. A version that exists is never changed. Raises Conflict.

        It has to be there, and what its type says, unless it is on the web, or is not to be ``checked``: Azure takes a
        place where there is nothing yet. Raises DataNotFound, SpecInvalid.
        """

    @abstractmethod
    def upload(self, asset: DataAsset, *, datastore: str | None = None, progress: Progress | None = None) -> DataAsset:
        """For a copy, in the datastore or the default one, of what ``asset.path`` names on this machine. The same
        content is kept once. Until all of it is there, there is no asset. Raises Conflict.
        """

    @abstractmethod
    def update(
        self,
        name: str,
        version: str | None = None,
        *,
        description: str | None = None,
        tags: Mapping[str, str] | None = None,
        label: str | None = None,
    ) -> DataAsset:
        """What may change of a version: ``tags`` replaces them all; ``label`` leads to this version from now on."""

    @abstractmethod
    def archive(self, name: str, version: str | None = None) -> None:
        """Takes a version, or all there are, out of lists; who names it still finds it."""

    @abstractmethod
    def restore(self, name: str, version: str | None = None) -> None: ...

    @abstractmethod
    def locate(self, path: str) -> Location:
        """Where that leads; whether anything is there is not asked."""

    @abstractmethod
    def stat(self, path: str) -> File:
        """Of the file or folder that it leads to; ``File.path`` is the last part of its name."""

    @abstractmethod
    def browse(self, path: str, *, limit: int = 200, continuation: str | None = None) -> Page[File]:
        """One level of the folder that it leads to; ``File.path`` begins there."""

    @abstractmethod
    def open(self, path: str) -> BinaryIO:
        """For reading, from any position: only what is read is fetched, but of the web all."""

    @abstractmethod
    def fetch(self, path: str, *, progress: Progress | None = None) -> Path:
        """A path of this machine: where it is, or that of a copy, which nobody may write to.

        A copy is kept and found again until the place for copies is full.
        """
