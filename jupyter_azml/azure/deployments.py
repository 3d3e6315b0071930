"""Deployments of an Azure ML workspace's online endpoints."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from difflib import get_close_matches
from typing import Any

from ..arm import WorkspaceId
from ..arm.endpoint_deployments import deployment_from_arm, deployment_to_arm
from ..entities import OnlineDeployment, OnlineEndpoint, Page
from ..errors import Conflict, DeploymentNotFound, NotFound, UsageError
from ..language import _
from ..workspace import DeploymentsOperations
from .assets import Assets
from .client import ArmClient
from .errors import readable
from .facts import WorkspaceFacts
from .paging import read_page
from .paths import path_to
from .resources import changed

_MOST_LINES = 5000
"""That are asked for at once. The service knows no position in a log: one that is longer is followed from its end."""


class AzureDeployments(DeploymentsOperations):
    def __init__(
        self,
        client: ArmClient,
        workspace: WorkspaceId,
        facts: WorkspaceFacts,
        assets: Assets,
        endpoint: Callable[[str], OnlineEndpoint],
    ) -> None:
        self._client = client
        self._workspace = workspace
        self._facts = facts
        self._assets = assets
        self._endpoint = endpoint

    def list(self, endpoint: str, *, limit: int = 50, continuation: str | None = None) -> Page[OnlineDeployment]:
        found = self._endpoint(endpoint)
        return read_page(
            self._client,
            self._path(found.name),
            query={},
            read=lambda resource: deployment_from_arm(resource, found.name),
            keep=lambda _deployment: True,
            limit=limit,
            continuation=continuation,
        )

    def get(self, endpoint: str, name: str) -> OnlineDeployment:
        found = self._endpoint(endpoint)
        with readable():
            return deployment_from_arm(self._get(found.name, name), found.name)

    def create_or_update(self, deployment: OnlineDeployment) -> OnlineDeployment:
        endpoint = self._endpoint(deployment.endpoint_name)
        settled = self._assets.settled(deployment.model_copy(update={"endpoint_name": endpoint.name}))
        if not settled.model and settled.code_configuration is None:
            raise UsageError(
                _("The deployment {name} has neither a model nor a scoring script.", name=deployment.name),
                _(
                    "Name a model, as in model: azureml:NAME:VERSION; or a script: code_configuration with code and "
                    "scoring_script."
                ),
            )
        before: Mapping[str, Any] = {}
        with suppress(DeploymentNotFound):
            before = self._get(endpoint.name, settled.name)
        name = str(before.get("name") or settled.name)
        wanted = deployment_to_arm(settled, self._workspace, self._facts.location)
        answer = self._client.put(self._path(endpoint.name, name), changed(before, wanted))
        with readable():
            return deployment_from_arm(answer, endpoint.name)

    def delete(self, endpoint: str, name: str) -> None:
        of = self._endpoint(endpoint)
        found = self._get(of.name, name)
        if share := {key.lower(): value for key, value in of.traffic.items()}.get(name.lower()):
            raise Conflict(
                _("{name} gets {share} % of the traffic of {endpoint}.", name=name, share=share, endpoint=of.name),
                _(
                    "Give it to another one first: azml endpoint update {endpoint} {option} NAME=100",
                    endpoint=of.name,
                    option="--traffic",
                ),
            )
        self._client.delete(self._path(of.name, str(found.get("name"))))

    def logs(self, endpoint: str, name: str, *, tail: int = 200, offset: int | None = None) -> tuple[str, int]:
        of = self._endpoint(endpoint)
        found = self._get(of.name, name)
        answer = self._client.ask(self._path(of.name, str(found.get("name")), "getLogs"), {"tail": _MOST_LINES})
        content = str(answer.get("content") or "").encode()
        if offset is not None:
            return content[offset if offset <= len(content) else 0 :].decode("utf-8", "replace"), len(content)
        lines = content.decode().splitlines(keepends=True)
        return "".join(lines[-tail:]), len(content)

    def _get(self, endpoint: str, name: str) -> Mapping[str, Any]:
        try:
            return self._client.get(self._path(endpoint, name))
        except NotFound as error:
            if type(error) is not NotFound:
                raise
        names = [each.name for each in self.list(endpoint).items]
        near = get_close_matches(name, names, 1)
        raise DeploymentNotFound(
            _("{endpoint} has no deployment named {name}.", endpoint=endpoint, name=name),
            _("Did you mean {name}?", name=near[0]) if near else _("There are: {names}", names=", ".join(names) or "–"),
        )

    def _path(self, endpoint: str, *names: str) -> str:
        return path_to(self._workspace, "onlineEndpoints", endpoint, "deployments", *names)
