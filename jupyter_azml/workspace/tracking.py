"""MLflow in this very process, as any workspace offers to record it."""

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Protocol


class Kernel(Protocol):
    """The process, as far as its runs are concerned."""

    def notebook(self) -> Path | None:
        """What it runs, where that is known."""

    def leaving(self) -> str:
        """Asked while it ends: ``restart`` or ``shutdown``."""


class TrackingOperations(ABC):
    @abstractmethod
    def follow(self, kernel: Kernel) -> None:
        """From now on MLflow tracks here, and each run that it begins outside any other is an interactive job.

        MLflow itself is not imported. Raises NotSupported; Conflict while a run is open that is tracked elsewhere.
        """

    @abstractmethod
    def leave(self) -> None:
        """MLflow tracks where it did before. Raises Conflict while a run is open that is tracked here."""
