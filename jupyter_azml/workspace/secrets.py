"""Named secrets, as any workspace offers them."""

from abc import ABC, abstractmethod

from ..entities import Page, Secret


class SecretsOperations(ABC):
    """A value goes in; it comes out only in a job that names the secret."""

    @abstractmethod
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Secret]: ...

    @abstractmethod
    def set(self, name: str, value: str) -> Secret: ...

    @abstractmethod
    def delete(self, name: str) -> None:
        """Raises SecretNotFound."""
