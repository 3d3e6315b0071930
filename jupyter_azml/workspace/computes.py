"""Compute targets, as any workspace offers them."""

from abc import ABC, abstractmethod

from ..entities import Compute, Page


class ComputesOperations(ABC):
    @abstractmethod
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Compute]: ...

    @abstractmethod
    def get(self, name: str) -> Compute:
        """Names are case-insensitive. Raises ComputeNotFound, naming the computes that exist."""
