"""Batch endpoints in Azure, which are not spoken to yet."""

from ..entities import BatchDeployment, BatchEndpoint, BatchSettings, DataInput, DataOutput, Job, Page
from ..errors import NotSupported
from ..language import _
from ..workspace import BatchDeploymentsOperations, BatchEndpointsOperations


class AzureBatchDeployments(BatchDeploymentsOperations):
    def list(self, endpoint: str, *, limit: int = 50, continuation: str | None = None) -> Page[BatchDeployment]:
        """Raises NotSupported."""
        raise _not_yet()

    def get(self, endpoint: str, name: str) -> BatchDeployment:
        """Raises NotSupported."""
        raise _not_yet()

    def create_or_update(self, deployment: BatchDeployment) -> BatchDeployment:
        """Raises NotSupported."""
        raise _not_yet()

    def delete(self, endpoint: str, name: str) -> None:
        """Raises NotSupported."""
        raise _not_yet()


class AzureBatchEndpoints(BatchEndpointsOperations):
    def __init__(self) -> None:
        self.deployments = AzureBatchDeployments()

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[BatchEndpoint]:
        """Raises NotSupported."""
        raise _not_yet()

    def get(self, name: str) -> BatchEndpoint:
        """Raises NotSupported."""
        raise _not_yet()

    def create_or_update(self, endpoint: BatchEndpoint) -> BatchEndpoint:
        """Raises NotSupported."""
        raise _not_yet()

    def delete(self, name: str) -> None:
        """Raises NotSupported."""
        raise _not_yet()

    def invoke(
        self,
        name: str,
        data: DataInput,
        *,
        deployment: str | None = None,
        settings: BatchSettings | None = None,
        output: DataOutput | None = None,
        job_name: str | None = None,
        experiment: str = "",
    ) -> Job:
        """Raises NotSupported."""
        raise _not_yet()


def _not_yet() -> NotSupported:
    return NotSupported(
        _("Batch endpoints in Azure cannot be reached yet."), _("`az ml batch-endpoint` and Azure ML studio show them.")
    )
