"""Batch endpoints of an Azure ML workspace."""

from collections.abc import Callable
from difflib import get_close_matches
from urllib.parse import urlsplit

from ..arm import WorkspaceId
from ..arm.batch import (
    batch_deployment_from_arm,
    batch_deployment_to_arm,
    batch_endpoint_from_arm,
    batch_endpoint_to_arm,
    invocation_to_arm,
)
from ..arm.references import full_reference
from ..arm.shape import mapping
from ..entities import BatchDeployment, BatchEndpoint, BatchSettings, DataInput, DataOutput, Job, Page
from ..entities.endpoint import PINNED
from ..entities.endpoint_name import check_endpoint_name
from ..errors import Conflict, DeploymentNotFound, EndpointNotFound, UsageError
from ..language import _
from ..workspace import BatchDeploymentsOperations, BatchEndpointsOperations, JobsOperations
from .assets import Assets
from .client import ArmClient
from .endpoints import SCOPE
from .errors import unreadable
from .facts import WorkspaceFacts
from .named import Named
from .paths import path_to
from .resources import changed

_SCORING = (".inference.ml.azure.com", ".inference.ml.azure.us", ".inference.ml.azure.cn")
Bring = Callable[[DataInput], DataInput]
"""Makes data of this machine data of the workspace; what is there already stays as it is."""


class AzureBatchDeployments(BatchDeploymentsOperations):
    def __init__(
        self,
        client: ArmClient,
        workspace: WorkspaceId,
        facts: WorkspaceFacts,
        assets: Assets,
        endpoint: Callable[[str], BatchEndpoint],
    ) -> None:
        self._client = client
        self._workspace = workspace
        self._facts = facts
        self._assets = assets
        self._endpoint = endpoint

    def list(self, endpoint: str, *, limit: int = 50, continuation: str | None = None) -> Page[BatchDeployment]:
        return self._of(self._endpoint(endpoint).name).list(limit, continuation)

    def get(self, endpoint: str, name: str) -> BatchDeployment:
        return self._of(self._endpoint(endpoint).name).get(name)

    def create_or_update(self, deployment: BatchDeployment) -> BatchDeployment:
        endpoint = self._endpoint(deployment.endpoint_name)
        settled = self._assets.settled(deployment.model_copy(update={"endpoint_name": endpoint.name}))
        there = self._of(endpoint.name)
        made = there.put(
            there.before(settled.name), batch_deployment_to_arm(settled, self._workspace, self._facts.location)
        )
        if not endpoint.default_deployment:
            self._make_default(endpoint.name, made.name)
        return made

    def delete(self, endpoint: str, name: str) -> None:
        of = self._endpoint(endpoint)
        found = self.get(of.name, name).name
        if of.default_deployment.lower() == found.lower():
            others = [each.name for each in self.list(of.name).items if each.name.lower() != found.lower()]
            if others:
                raise Conflict(
                    _("{name} is the default deployment of {endpoint}.", name=found, endpoint=of.name),
                    _(
                        "Make another one the default first: azml batch-endpoint update {endpoint} "
                        "--set-default {other}",
                        endpoint=of.name,
                        other=others[0],
                    ),
                )
        self._client.delete(self._of(of.name).path(found))

    def _make_default(self, endpoint: str, name: str) -> None:
        """The service chooses none by itself."""
        path = path_to(self._workspace, "batchEndpoints", endpoint)
        before = self._client.get(path)
        if mapping(mapping(before.get("properties")).get("defaults")).get("deploymentName"):
            return
        wanted = {**before, "properties": {**mapping(before.get("properties")), "defaults": {"deploymentName": name}}}
        self._client.put(path, changed(before, wanted))

    def _of(self, endpoint: str) -> Named[BatchDeployment]:
        def missing(name: str, names: list[str]) -> DeploymentNotFound:
            near = get_close_matches(name, names, 1)
            return DeploymentNotFound(
                _("The batch endpoint {endpoint} has no deployment {name}.", endpoint=endpoint, name=name),
                _("Did you mean {name}?", name=near[0])
                if near
                else _("See: azml batch-deployment list --endpoint-name {endpoint}", endpoint=endpoint),
            )

        return Named(
            self._client,
            self._workspace,
            ("batchEndpoints", endpoint, "deployments"),
            lambda resource: batch_deployment_from_arm(resource, endpoint),
            missing,
        )


class AzureBatchEndpoints(BatchEndpointsOperations):
    def __init__(
        self,
        client: ArmClient,
        workspace: WorkspaceId,
        facts: WorkspaceFacts,
        assets: Assets,
        jobs: JobsOperations,
        bring: Bring,
    ) -> None:
        self._client = client
        self._workspace = workspace
        self._facts = facts
        self._jobs = jobs
        self._bring = bring
        self._named = Named(client, workspace, ("batchEndpoints",), batch_endpoint_from_arm, _missing)
        self.deployments = AzureBatchDeployments(client, workspace, facts, assets, self.get)

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[BatchEndpoint]:
        return self._named.list(limit, continuation)

    def get(self, name: str) -> BatchEndpoint:
        return self._named.get(name)

    def create_or_update(self, endpoint: BatchEndpoint) -> BatchEndpoint:
        check_endpoint_name(endpoint.name)
        before = self._named.before(endpoint.name)
        default = endpoint.default_deployment
        if before:
            old = batch_endpoint_from_arm(before)
            default = self.deployments.get(old.name, default).name if default else old.default_deployment
        elif default:
            raise DeploymentNotFound(
                _("{name} cannot be the default deployment: the endpoint is new and has none.", name=default),
                _("Leave it out; the first deployment becomes the default."),
            )
        asked = endpoint.model_copy(update={"default_deployment": default})
        return self._named.put(before, batch_endpoint_to_arm(asked, self._workspace, self._facts.location))

    def delete(self, name: str) -> None:
        self._named.delete(name)

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
        resource = self._named.resource(name)
        endpoint = batch_endpoint_from_arm(resource)
        if not (deployment or endpoint.default_deployment):
            raise UsageError(
                _("The batch endpoint {name} has no deployment that could score.", name=endpoint.name),
                _("Create one: azml batch-deployment create -f FILE"),
            )
        found = self.deployments.get(endpoint.name, deployment or endpoint.default_deployment)
        brought = self._bring(data)
        brought = brought.model_copy(update={"path": full_reference(brought.path, "data", self._workspace)})
        body = invocation_to_arm(brought, settings, output, job_name, experiment)
        address = str(mapping(resource.get("properties")).get("scoringUri") or "")
        host = urlsplit(address).hostname or ""
        if not host.endswith(_SCORING) and not address.startswith(self._client.base_url):
            raise unreadable()
        answer = self._client.for_scope(SCOPE, address).ask(address, body, headers={PINNED: found.name})
        return self._jobs.get(str(answer.get("name") or ""))


def _missing(name: str, names: list[str]) -> EndpointNotFound:
    near = get_close_matches(name, names, 1)
    return EndpointNotFound(
        _("There is no batch endpoint named {name}.", name=name),
        _("Did you mean {name}?", name=near[0]) if near else _("See: azml batch-endpoint list"),
    )
