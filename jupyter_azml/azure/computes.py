"""Computes of an Azure ML workspace."""

from ..arm import WorkspaceId, compute_from_arm
from ..entities import Compute, Page
from ..errors import ComputeNotFound, NotFound
from ..language import _
from ..workspace import ComputesOperations
from .client import ArmClient
from .paging import read_page
from .paths import path_to


class AzureComputes(ComputesOperations):
    def __init__(self, client: ArmClient, workspace: WorkspaceId) -> None:
        self._client = client
        self._workspace = workspace

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Compute]:
        return read_page(
            self._client,
            path_to(self._workspace, "computes"),
            query={},
            read=compute_from_arm,
            keep=lambda compute: True,
            limit=limit,
            continuation=continuation,
        )

    def get(self, name: str) -> Compute:
        try:
            return compute_from_arm(self._client.get(path_to(self._workspace, "computes", name)))
        except NotFound as error:
            if type(error) is not NotFound:
                raise
        names = ", ".join(compute.name for compute in self.list().items)
        raise ComputeNotFound(
            _("There is no compute named {name}.", name=name), _("The workspace has: {names}", names=names or "–")
        )
