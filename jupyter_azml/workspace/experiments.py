"""Experiments, as any workspace offers them."""

from abc import ABC, abstractmethod

from ..entities import Experiment, Page


class ExperimentsOperations(ABC):
    @abstractmethod
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Experiment]:
        """Last used first."""
