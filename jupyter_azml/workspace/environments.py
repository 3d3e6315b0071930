"""Environments, as any workspace offers them."""

from abc import ABC, abstractmethod
from collections.abc import Callable

from ..entities import Environment, Page

Listener = Callable[[str], None]
"""Called with text as it is written by whoever builds."""


class EnvironmentsOperations(ABC):
    @abstractmethod
    def list(
        self,
        name: str | None = None,
        *,
        archived: bool | None = False,
        curated: bool = False,
        limit: int = 50,
        continuation: str | None = None,
    ) -> Page[Environment]:
        """The newest version of each, the last created first; with a name, its versions.

        ``archived``: only those that are, or are not; None for both. ``curated``: those of Azure instead of one's own.
        """

    @abstractmethod
    def get(self, name: str, version: str | None = None) -> Environment:
        """Without a version the newest one that is not archived. With its build state, and versions once it is built.

        Raises EnvironmentNotFound.
        """

    @abstractmethod
    def create_or_update(self, environment: Environment) -> Environment:
        """The version that has this content, if there is one; else a new one.

        A version that exists never changes, but for its description and tags. Raises UsageError, Conflict.
        """

    @abstractmethod
    def build(self, name: str, version: str | None = None, listener: Listener | None = None) -> Environment:
        """Ahead of a job; returns when it is done. Raises EnvironmentNotFound, EnvironmentBuildFailed, UsageError."""

    @abstractmethod
    def archive(self, name: str, version: str | None = None) -> None:
        """Out of lists; without a version, all versions. Jobs can still name it. Raises EnvironmentNotFound."""

    @abstractmethod
    def restore(self, name: str, version: str | None = None) -> None:
        """Raises EnvironmentNotFound."""

    @abstractmethod
    def prune(self, unused_days: float = 30) -> tuple[int, int]:
        """Removes what was built and that no job has used for so long; it is built again when one asks.

        How many, and how many bytes.
        """
