"""A workspace: one group of operations per noun."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from ..entities import WorkspaceInfo
from ..errors import NotSupported
from ..language import _
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

    @abstractmethod
    def update(self, *, description: str | None = None, tags: Mapping[str, str] | None = None) -> WorkspaceInfo:
        """Changes what is given; tags take the place of all that there are. Raises WorkspaceError, ServiceError."""

    def ml_client(self) -> Any:
        """An ``azure.ai.ml.MLClient`` of the workspace. Raises NotSupported."""
        raise NotSupported(
            _("Azure's SDK finds a local workspace by its emulator alone."),
            _("In Python: jupyter_azml.get_workspace().ml_client(); or run it under: azml emulator -- COMMAND"),
        )
