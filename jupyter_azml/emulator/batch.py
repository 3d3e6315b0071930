"""The routes of batch endpoints and their deployments, and the address at which they are invoked."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm.batch import (
    batch_deployment_from_arm,
    batch_deployment_to_arm,
    batch_endpoint_from_arm,
    batch_endpoint_to_arm,
    invocation_from_arm,
)
from ..arm.errors import error_body
from ..arm.ids import PROVIDER
from ..entities import BatchDeployment, BatchEndpoint, BatchSettings, Job, JobQuery
from ..entities.endpoint import PINNED
from ..workspace import Workspace
from .addresses import endpoint_of, scoring_address
from .codes import CodeRoutes
from .door import Door, json_of, name_in, page_of
from .endpoints import with_code, with_code_id
from .operations import Operations
from .pinned import is_stale
from .resources import ResourceRoutes, endpoint_in, read
from .table import WORKSPACE_PATH, route

_ENDPOINTS = f"{WORKSPACE_PATH}/batchEndpoints"
_DEPLOYMENTS = f"{_ENDPOINTS}/{{endpoint}}/deployments"
_JOBS = "/mferp/managementfrontend" + WORKSPACE_PATH + "/batchEndpoints/{endpoint}"
ENDPOINT_TAG, _DEPLOYMENT_TAG = "batch_endpoint", "batch_deployment"


class BatchEndpointRoutes(ResourceRoutes[BatchEndpoint]):
    def __init__(self, workspace: Workspace, door: Door, operations: Operations) -> None:
        super().__init__(workspace.batch_endpoints, door, operations, _ENDPOINTS)
        self._jobs = workspace.jobs

    def routes(self) -> list[Route]:
        """At the host of run history, too, where clients look for the jobs of an endpoint."""
        return [
            *super().routes(),
            route(f"{_JOBS}/jobs", self.jobs),
            route(f"{_JOBS}/deployments/{{name}}/jobs", self.jobs),
        ]

    def to_arm(self, thing: BatchEndpoint) -> dict[str, Any]:
        found = batch_endpoint_to_arm(thing, self._door.identity)
        address = scoring_address(thing.name)
        found["properties"] |= {"scoringUri": f"{address}/jobs", "swaggerUri": f"{address}/swagger.json"}
        return found

    def from_arm(self, request: Request, body: Mapping[str, Any]) -> BatchEndpoint:
        return batch_endpoint_from_arm(body)

    def coming(self, thing: BatchEndpoint) -> tuple[str, ...]:
        return "done", thing.name

    def leaving(self, *names: str) -> tuple[str, ...]:
        return "done", *names

    def jobs(self, request: Request) -> Response:
        self._door.check(request)
        tags: dict[str, str | None] = {ENDPOINT_TAG: endpoint_in(request)}
        if "name" in request.path_params and name_in(request) != "None":
            tags[_DEPLOYMENT_TAG] = name_in(request)
        page = self._jobs.list(
            JobQuery(tags=tags), limit=self._door.page_size, continuation=request.query_params.get("$skip")
        )
        return page_of(request, [batch_job_to_arm(job, self._door) for job in page.items], page.continuation)


class BatchDeploymentRoutes(ResourceRoutes[BatchDeployment]):
    def __init__(self, workspace: Workspace, door: Door, operations: Operations, codes: CodeRoutes) -> None:
        super().__init__(workspace.batch_endpoints.deployments, door, operations, _DEPLOYMENTS)
        self._codes = codes

    def to_arm(self, thing: BatchDeployment) -> dict[str, Any]:
        return batch_deployment_to_arm(with_code_id(thing, self._codes), self._door.identity)

    def from_arm(self, request: Request, body: Mapping[str, Any]) -> BatchDeployment:
        return with_code(batch_deployment_from_arm(body, endpoint_in(request)), self._codes)

    def coming(self, thing: BatchDeployment) -> tuple[str, ...]:
        return "done", thing.name

    def leaving(self, *names: str) -> tuple[str, ...]:
        return "done", *names


class BatchInvocations:
    def __init__(self, workspace: Workspace, door: Door, accepts: Callable[[str], bool]) -> None:
        """``accepts``: whether a token is one that the emulator gave."""
        self._endpoints = workspace.batch_endpoints
        self._computes = workspace.computes
        self._door = door
        self._accepts = accepts

    async def invoke(self, request: Request) -> Response:
        kind, _space, given = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not self._accepts(given):
            body = error_body("AuthenticationFailed", "The bearer token is missing or is not this emulator's.")
            return JSONResponse(body, 401)
        return await run_in_threadpool(self._invoke, request, await json_of(request))

    def _invoke(self, request: Request, body: Mapping[str, Any]) -> Response:
        endpoint = self._endpoints.get(endpoint_of(request))
        asked = request.headers.get(PINNED) or endpoint.default_deployment
        if is_stale(request, lambda name: self._endpoints.deployments.get(endpoint.name, name)):
            asked = endpoint.default_deployment
        deployment = self._endpoints.deployments.get(endpoint.name, asked) if asked else None
        own = deployment.settings if deployment else BatchSettings()
        wanted = read(lambda found: invocation_from_arm(found, own), body)
        if deployment:
            wanted["settings"] = self._fitting(wanted["settings"] or own, deployment.compute)
        job = self._endpoints.invoke(endpoint.name, deployment=asked or None, **wanted)
        return JSONResponse(batch_job_to_arm(job, self._door), 201)

    def _fitting(self, settings: BatchSettings, compute: str) -> BatchSettings:
        """Tutorials ask a cluster of two nodes for five. Azure takes the call; here those that there are do it all."""
        most = self._computes.get(compute).max_nodes
        return settings.model_copy(update={"instance_count": min(settings.instance_count, max(most, 1))})


def batch_job_to_arm(job: Job, door: Door) -> dict[str, Any]:
    return {
        "id": door.identity.child("jobs", job.name),
        "name": job.name,
        "type": f"{PROVIDER}/workspaces/batchEndpoints/jobs",
        "properties": {
            "status": job.status.value,
            "displayName": job.display_name,
            "tags": job.tags,
            "properties": {},
            "experimentName": job.experiment,
        },
    }
