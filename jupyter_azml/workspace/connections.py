"""Connections to services outside, as any workspace offers them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

from ..entities import Connection, Page


class ConnectionsOperations(ABC):
    @abstractmethod
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Connection]: ...

    @abstractmethod
    def get(self, name: str) -> Connection:
        """Without its credentials. Raises ConnectionNotFound."""

    @abstractmethod
    def create_or_update(self, connection: Connection, credentials: Mapping[str, str]) -> Connection:
        """The credentials are kept apart, and are read by jobs that name the connection."""

    @abstractmethod
    def credentials(self, name: str) -> dict[str, str]:
        """The values, by name. No surface shows them. Raises ConnectionNotFound, NotAllowed."""

    @abstractmethod
    def delete(self, name: str) -> None:
        """Raises ConnectionNotFound."""
