"""A workspace: one group of operations per noun."""

from abc import ABC, abstractmethod

from ..entities import WorkspaceInfo
from .computes import ComputesOperations
from .connections import ConnectionsOperations
from .data import DataOperations
from .datastores import DatastoresOperations
from .experiments import ExperimentsOperations
from .jobs import JobsOperations
from .secrets import SecretsOperations


class Workspace(ABC):
    """Synchronous and safe to call from several threads; the server calls it in threads."""

    jobs: JobsOperations
    computes: ComputesOperations
    experiments: ExperimentsOperations
    datastores: DatastoresOperations
    data: DataOperations
    connections: ConnectionsOperations
    secrets: SecretsOperations

    @abstractmethod
    def info(self) -> WorkspaceInfo:
        """Name, kind, place and capabilities; asks nothing of the network."""

    def check(self) -> WorkspaceInfo:
        """Asks whether the workspace is there and lets us in, so that attaching to a wrong one fails at once.

        Raises NotSignedIn, WorkspaceNotFound, ServiceError.
        """
        return self.info()
