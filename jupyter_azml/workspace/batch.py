"""Batch endpoints and their deployments, as any workspace offers them."""

from abc import ABC, abstractmethod

from ..entities import BatchDeployment, BatchEndpoint, BatchSettings, DataInput, DataOutput, Job, Page


class BatchDeploymentsOperations(ABC):
    """All raise EndpointNotFound, and DeploymentNotFound where a deployment is named."""

    @abstractmethod
    def list(self, endpoint: str, *, limit: int = 50, continuation: str | None = None) -> Page[BatchDeployment]: ...

    @abstractmethod
    def get(self, endpoint: str, name: str) -> BatchDeployment: ...

    @abstractmethod
    def create_or_update(self, deployment: BatchDeployment) -> BatchDeployment:
        """The endpoint's first one becomes its default. The code is copied: what is edited afterwards has no effect.

        Raises UsageError, ModelNotFound, ComputeNotFound, EnvironmentNotFound.
        """

    @abstractmethod
    def delete(self, endpoint: str, name: str) -> None:
        """Raises Conflict for the default one while there are others."""


class BatchEndpointsOperations(ABC):
    deployments: BatchDeploymentsOperations

    @abstractmethod
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[BatchEndpoint]: ...

    @abstractmethod
    def get(self, name: str) -> BatchEndpoint:
        """Raises EndpointNotFound."""

    @abstractmethod
    def create_or_update(self, endpoint: BatchEndpoint) -> BatchEndpoint:
        """Raises UsageError for a name that Azure would not take, DeploymentNotFound for an unknown default."""

    @abstractmethod
    def delete(self, name: str) -> None:
        """With its deployments; jobs and their results stay. Raises EndpointNotFound."""

    @abstractmethod
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
        """Scores a file, or all files in a folder, as a job; its output ``score`` has the predictions.

        ``settings`` stand in place of the deployment's. Raises EndpointNotFound, DeploymentNotFound, DataNotFound, and
        UsageError for an endpoint without a default deployment.
        """
