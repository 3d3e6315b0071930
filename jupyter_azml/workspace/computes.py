"""Compute targets, as any workspace offers them."""

from abc import ABC, abstractmethod

from ..entities import Compute, ComputeSize, ComputeType, Node, Page, Usage


class ComputesOperations(ABC):
    """Names are case-insensitive. Every method that is given one raises ComputeNotFound, naming those that exist."""

    @abstractmethod
    def list(
        self, *, type: ComputeType | None = None, limit: int = 50, continuation: str | None = None
    ) -> Page[Compute]: ...

    @abstractmethod
    def get(self, name: str) -> Compute: ...

    @abstractmethod
    def create_or_update(self, compute: Compute) -> Compute:
        """What the workspace observes (state, busy nodes) is left out of account.

        Raises UsageError for fields that do not go together, QuotaExceeded, Conflict for another type of the same name.
        """

    @abstractmethod
    def delete(self, name: str) -> None:
        """Raises Conflict while jobs run or wait there."""

    @abstractmethod
    def start(self, name: str) -> Compute:
        """An instance; one that runs stays as it is. Raises UsageError for anything else."""

    @abstractmethod
    def stop(self, name: str) -> Compute:
        """An instance; a job that runs there fails, as in Azure. Raises UsageError for anything else."""

    @abstractmethod
    def restart(self, name: str) -> Compute:
        """An instance. Raises UsageError for anything else."""

    @abstractmethod
    def nodes(self, name: str) -> Page[Node]: ...

    @abstractmethod
    def sizes(self) -> Page[ComputeSize]:
        """What ``size`` may be."""

    @abstractmethod
    def usage(self) -> Page[Usage]:
        """Quotas, in cores."""
