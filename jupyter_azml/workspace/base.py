"""A workspace: one group of operations per noun."""

from abc import ABC, abstractmethod

from ..entities import WorkspaceInfo
from .computes import ComputesOperations
from .experiments import ExperimentsOperations
from .jobs import JobsOperations


class Workspace(ABC):
    """Synchronous and safe to call from several threads; the server calls it in threads."""

    jobs: JobsOperations
    computes: ComputesOperations
    experiments: ExperimentsOperations

    @abstractmethod
    def info(self) -> WorkspaceInfo:
        """Name, kind, place and capabilities; asks nothing of disk or network."""
