"""Endpoints in Azure are not spoken to yet: each operation says so."""

from typing import Literal

from ..entities import EndpointKeys, EndpointToken, Invocation, OnlineDeployment, OnlineEndpoint, Page
from ..errors import NotSupported
from ..language import _
from ..workspace import DeploymentsOperations, EndpointsOperations


class AzureDeployments(DeploymentsOperations):
    def list(self, endpoint: str, *, limit: int = 50, continuation: str | None = None) -> Page[OnlineDeployment]:
        """Raises NotSupported."""
        raise _not_yet()

    def get(self, endpoint: str, name: str) -> OnlineDeployment:
        """Raises NotSupported."""
        raise _not_yet()

    def create_or_update(self, deployment: OnlineDeployment) -> OnlineDeployment:
        """Raises NotSupported."""
        raise _not_yet()

    def delete(self, endpoint: str, name: str) -> None:
        """Raises NotSupported."""
        raise _not_yet()

    def logs(self, endpoint: str, name: str, *, tail: int = 200, offset: int | None = None) -> tuple[str, int]:
        """Raises NotSupported."""
        raise _not_yet()


class AzureEndpoints(EndpointsOperations):
    def __init__(self) -> None:
        self.deployments = AzureDeployments()

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[OnlineEndpoint]:
        """Raises NotSupported."""
        raise _not_yet()

    def get(self, name: str) -> OnlineEndpoint:
        """Raises NotSupported."""
        raise _not_yet()

    def create_or_update(self, endpoint: OnlineEndpoint) -> OnlineEndpoint:
        """Raises NotSupported."""
        raise _not_yet()

    def delete(self, name: str) -> None:
        """Raises NotSupported."""
        raise _not_yet()

    def keys(self, name: str) -> EndpointKeys:
        """Raises NotSupported."""
        raise _not_yet()

    def regenerate_key(self, name: str, key: Literal["primary", "secondary"]) -> EndpointKeys:
        """Raises NotSupported."""
        raise _not_yet()

    def token(self, name: str) -> EndpointToken:
        """Raises NotSupported."""
        raise _not_yet()

    def invoke(
        self, name: str, body: bytes, *, deployment: str | None = None, content_type: str = "application/json"
    ) -> Invocation:
        """Raises NotSupported."""
        raise _not_yet()


def _not_yet() -> NotSupported:
    return NotSupported(
        _("Endpoints in Azure cannot be reached yet."), _("`az ml online-endpoint` and Azure ML studio show them.")
    )
