"""A workspace: one group of operations per noun."""

from abc import ABC, abstractmethod

from ..entities import WorkspaceInfo
from .batch import BatchEndpointsOperations
from .computes import ComputesOperations
from .connections import ConnectionsOperations
from .data import DataOperations
from .datastores import DatastoresOperations
from .endpoints import EndpointsOperations
from .environments import EnvironmentsOperations
from .experiments import ExperimentsOperations
from .jobs import JobsOperations
from .models import ModelsOperations
from .monitoring import MonitoringOperations
from .roles import RolesOperations
from .secrets import SecretsOperations
from .tracking import TrackingOperations


class Workspace(ABC):
    """Synchronous and safe to call from several threads; the server calls it in threads."""

    jobs: JobsOperations
    computes: ComputesOperations
    experiments: ExperimentsOperations
    datastores: DatastoresOperations
    data: DataOperations
    models: ModelsOperations
    environments: EnvironmentsOperations
    endpoints: EndpointsOperations
    batch_endpoints: BatchEndpointsOperations
    monitoring: MonitoringOperations
    connections: ConnectionsOperations
    secrets: SecretsOperations
    roles: RolesOperations
    tracking: TrackingOperations

    @abstractmethod
    def info(self) -> WorkspaceInfo:
        """Name, kind, place and capabilities; asks nothing of the network."""

    def check(self) -> WorkspaceInfo:
        """Asks whether the workspace is there and lets us in, so that attaching to a wrong one fails at once.

        Raises NotSignedIn, WorkspaceNotFound, ServiceError.
        """
        return self.info()
