"""Online endpoints and their deployments, as any workspace offers them."""

from abc import ABC, abstractmethod
from typing import Literal

from ..entities import EndpointKeys, EndpointToken, Invocation, OnlineDeployment, OnlineEndpoint, Page


class DeploymentsOperations(ABC):
    """All raise EndpointNotFound, and DeploymentNotFound where a deployment is named."""

    @abstractmethod
    def list(self, endpoint: str, *, limit: int = 50, continuation: str | None = None) -> Page[OnlineDeployment]: ...

    @abstractmethod
    def get(self, endpoint: str, name: str) -> OnlineDeployment: ...

    @abstractmethod
    def create_or_update(self, deployment: OnlineDeployment, *, share: int | None = None) -> OnlineDeployment:
        """Returns at once; the state says how far it is. What answers goes on until the new one is ready.

        ``share``: per cent of the traffic that it is to get once it answers, where the workspace can see to that by
        itself; elsewhere it is left to who waits.

        Raises UsageError, ModelNotFound, EnvironmentNotFound, and Conflict for an endpoint that is being deleted.
        """

    @abstractmethod
    def delete(self, endpoint: str, name: str) -> None:
        """Returns at once. Raises Conflict while it gets traffic."""

    @abstractmethod
    def logs(self, endpoint: str, name: str, *, tail: int = 200, offset: int | None = None) -> tuple[str, int]:
        """The last lines, or all from a byte offset on; and the offset at which one reads on."""


class EndpointsOperations(ABC):
    deployments: DeploymentsOperations

    @abstractmethod
    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[OnlineEndpoint]: ...

    @abstractmethod
    def get(self, name: str) -> OnlineEndpoint:
        """Raises EndpointNotFound."""

    @abstractmethod
    def create_or_update(self, endpoint: OnlineEndpoint) -> OnlineEndpoint:
        """Returns at once. Raises UsageError for traffic that does not sum up, DeploymentNotFound, Conflict."""

    @abstractmethod
    def delete(self, name: str) -> None:
        """With its deployments; returns at once. Raises EndpointNotFound."""

    @abstractmethod
    def keys(self, name: str) -> EndpointKeys:
        """Raises EndpointNotFound, and Conflict for one that takes tokens."""

    @abstractmethod
    def regenerate_key(self, name: str, key: Literal["primary", "secondary"]) -> EndpointKeys:
        """The old one is refused from now on."""

    @abstractmethod
    def token(self, name: str) -> EndpointToken:
        """A new one. Raises EndpointNotFound, and Conflict for one that takes keys."""

    @abstractmethod
    def invoke(
        self, name: str, body: bytes, *, deployment: str | None = None, content_type: str = "application/json"
    ) -> Invocation:
        """Raises InvocationFailed for any answer but a good one, and EndpointNotFound."""
