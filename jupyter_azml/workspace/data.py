"""Data assets, as any workspace offers them."""

from abc import ABC, abstractmethod

from ..entities import DataAsset, Page


class DataOperations(ABC):
    @abstractmethod
    def list(self, name: str | None = None, *, limit: int = 50, continuation: str | None = None) -> Page[DataAsset]:
        """The newest version of each asset, the last created first; with a name, its versions."""

    @abstractmethod
    def get(self, name: str, version: str | None = None) -> DataAsset:
        """Without a version, the newest one. Raises DataNotFound."""

    @abstractmethod
    def create(self, asset: DataAsset) -> DataAsset:
        """A version that exists is never changed. Raises Conflict."""
