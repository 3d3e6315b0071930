"""Deployments of an Azure ML workspace's online endpoints."""

from collections.abc import Callable
from difflib import get_close_matches

from ..arm import WorkspaceId
from ..arm.endpoint_deployments import deployment_from_arm, deployment_to_arm
from ..entities import OnlineDeployment, OnlineEndpoint, Page
from ..errors import Conflict, DeploymentNotFound, UsageError
from ..language import _
from ..workspace import DeploymentsOperations
from .assets import Assets
from .client import ArmClient
from .facts import WorkspaceFacts
from .named import Named

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
        return self._of(self._endpoint(endpoint)).list(limit, continuation)

    def get(self, endpoint: str, name: str) -> OnlineDeployment:
        return self._of(self._endpoint(endpoint)).get(name)

    def create_or_update(self, deployment: OnlineDeployment, *, share: int | None = None) -> OnlineDeployment:
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
        there = self._of(endpoint)
        return there.put(there.before(settled.name), deployment_to_arm(settled, self._workspace, self._facts.location))

    def delete(self, endpoint: str, name: str) -> None:
        of = self._endpoint(endpoint)
        there = self._of(of)
        found = there.get(name).name
        if share := {key.lower(): value for key, value in of.traffic.items()}.get(found.lower()):
            raise Conflict(
                _("{name} gets {share} % of the traffic of {endpoint}.", name=found, share=share, endpoint=of.name),
                _(
                    "Give it to another one first: azml endpoint update {endpoint} {option} NAME=100",
                    endpoint=of.name,
                    option="--traffic",
                ),
            )
        self._client.delete(there.path(found))

    def logs(self, endpoint: str, name: str, *, tail: int = 200, offset: int | None = None) -> tuple[str, int]:
        there = self._of(self._endpoint(endpoint))
        answer = self._client.ask(there.path(there.get(name).name, "getLogs"), {"tail": _MOST_LINES})
        content = str(answer.get("content") or "").encode()
        if offset is not None:
            return content[offset if offset <= len(content) else 0 :].decode("utf-8", "replace"), len(content)
        lines = content.decode().splitlines(keepends=True)
        return "".join(lines[-tail:]), len(content)

    def _of(self, endpoint: OnlineEndpoint) -> Named[OnlineDeployment]:
        def missing(name: str, names: list[str]) -> DeploymentNotFound:
            near = get_close_matches(name, names, 1)
            return DeploymentNotFound(
                _("{endpoint} has no deployment named {name}.", endpoint=endpoint.name, name=name),
                _("Did you mean {name}?", name=near[0])
                if near
                else _("There are: {names}", names=", ".join(names) or "–"),
            )

        return Named(
            self._client,
            self._workspace,
            ("onlineEndpoints", endpoint.name, "deployments"),
            lambda resource: deployment_from_arm(resource, endpoint.name),
            missing,
        )
