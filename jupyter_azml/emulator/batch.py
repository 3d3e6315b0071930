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
from ..errors import DeploymentNotFound, EndpointNotFound
from ..workspace import Workspace
from .addresses import endpoint_of, scoring_address
from .codes import CodeRoutes
from .door import Door, json_of, name_in, page_of
from .endpoints import endpoint_in, merge, read, with_code, with_code_id
from .operations import Operations
from .table import WORKSPACE_PATH, route

_ENDPOINTS = f"{WORKSPACE_PATH}/batchEndpoints"
_ENDPOINT = f"{_ENDPOINTS}/{{name}}"
_DEPLOYMENTS = f"{WORKSPACE_PATH}/batchEndpoints/{{endpoint}}/deployments"
_DEPLOYMENT = f"{_DEPLOYMENTS}/{{name}}"
_JOBS = "/mferp/managementfrontend" + WORKSPACE_PATH + "/batchEndpoints/{endpoint}"
ENDPOINT_TAG, _DEPLOYMENT_TAG = "batch_endpoint", "batch_deployment"


class BatchRoutes:
    def __init__(self, workspace: Workspace, door: Door, operations: Operations, codes: CodeRoutes) -> None:
        self._endpoints = workspace.batch_endpoints
        self._jobs = workspace.jobs
        self._door = door
        self._operations = operations
        self._codes = codes

    def routes(self) -> list[Route]:
        return [
            route(_ENDPOINTS, self.list),
            route(_ENDPOINT, self.get),
            route(_ENDPOINT, self.put, "PUT"),
            route(_ENDPOINT, self.patch, "PATCH"),
            route(_ENDPOINT, self.delete, "DELETE"),
            route(_DEPLOYMENTS, self.list_deployments),
            route(_DEPLOYMENT, self.get_deployment),
            route(_DEPLOYMENT, self.put_deployment, "PUT"),
            route(_DEPLOYMENT, self.patch_deployment, "PATCH"),
            route(_DEPLOYMENT, self.delete_deployment, "DELETE"),
        ]

    def job_routes(self) -> list[Route]:
        """At the host of run history, where clients look for the jobs of an endpoint."""
        return [route(f"{_JOBS}/jobs", self.jobs), route(f"{_JOBS}/deployments/{{name}}/jobs", self.jobs)]

    def list(self, request: Request) -> Response:
        self._door.check(request)
        page = self._endpoints.list(limit=self._door.page_size, continuation=request.query_params.get("$skip"))
        return page_of(request, [self._arm(each) for each in page.items], page.continuation)

    def get(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(self._arm(self._endpoints.get(name_in(request))))

    async def put(self, request: Request) -> Response:
        self._door.check(request)
        body = await json_of(request)
        return await run_in_threadpool(self._put, request, {**body, "name": name_in(request)})

    async def patch(self, request: Request) -> Response:
        self._door.check(request)
        return await run_in_threadpool(self._patch, request, await json_of(request))

    def delete(self, request: Request) -> Response:
        self._door.check(request)
        self._endpoints.delete(name_in(request))
        return self._operations.begun(request, None, 202, "done", name_in(request))

    def list_deployments(self, request: Request) -> Response:
        self._door.check(request)
        page = self._endpoints.deployments.list(
            endpoint_in(request), limit=self._door.page_size, continuation=request.query_params.get("$skip")
        )
        return page_of(request, [self._deployment_arm(each) for each in page.items], page.continuation)

    def get_deployment(self, request: Request) -> Response:
        self._door.check(request)
        found = self._endpoints.deployments.get(endpoint_in(request), name_in(request))
        return JSONResponse(self._deployment_arm(found))

    async def put_deployment(self, request: Request) -> Response:
        self._door.check(request)
        body = await json_of(request)
        return await run_in_threadpool(self._put_deployment, request, {**body, "name": name_in(request)})

    async def patch_deployment(self, request: Request) -> Response:
        self._door.check(request)
        return await run_in_threadpool(self._patch_deployment, request, await json_of(request))

    def delete_deployment(self, request: Request) -> Response:
        self._door.check(request)
        self._endpoints.deployments.delete(endpoint_in(request), name_in(request))
        return self._operations.begun(request, None, 202, "done", name_in(request))

    def jobs(self, request: Request) -> Response:
        self._door.check(request)
        tags: dict[str, str | None] = {ENDPOINT_TAG: endpoint_in(request)}
        if "name" in request.path_params and name_in(request) != "None":
            tags[_DEPLOYMENT_TAG] = name_in(request)
        page = self._jobs.list(
            JobQuery(tags=tags), limit=self._door.page_size, continuation=request.query_params.get("$skip")
        )
        return page_of(request, [batch_job_to_arm(job, self._door) for job in page.items], page.continuation)

    def _put(self, request: Request, body: Mapping[str, Any]) -> Response:
        asked = read(batch_endpoint_from_arm, body)
        try:
            self._endpoints.get(asked.name)
            status = 200
        except EndpointNotFound:
            status = 201
        made = self._endpoints.create_or_update(asked)
        return self._operations.begun(request, self._arm(made), status, "done", made.name)

    def _patch(self, request: Request, changes: Mapping[str, Any]) -> Response:
        before = self._arm(self._endpoints.get(name_in(request)))
        return self._put(request, {**merge(before, changes), "name": before["name"]})

    def _put_deployment(self, request: Request, body: Mapping[str, Any]) -> Response:
        endpoint = endpoint_in(request)
        asked = with_code(read(lambda found: batch_deployment_from_arm(found, endpoint), body), self._codes)
        try:
            self._endpoints.deployments.get(endpoint, asked.name)
            status = 200
        except DeploymentNotFound:
            status = 201
        made = self._endpoints.deployments.create_or_update(asked)
        return self._operations.begun(request, self._deployment_arm(made), status, "done", made.name)

    def _patch_deployment(self, request: Request, changes: Mapping[str, Any]) -> Response:
        before = self._deployment_arm(self._endpoints.deployments.get(endpoint_in(request), name_in(request)))
        return self._put_deployment(request, {**merge(before, changes), "name": before["name"]})

    def _arm(self, endpoint: BatchEndpoint) -> dict[str, Any]:
        found = batch_endpoint_to_arm(endpoint, self._door.identity)
        address = scoring_address(endpoint.name)
        found["properties"] |= {"scoringUri": f"{address}/jobs", "swaggerUri": f"{address}/swagger.json"}
        return found

    def _deployment_arm(self, deployment: BatchDeployment) -> dict[str, Any]:
        return batch_deployment_to_arm(with_code_id(deployment, self._codes), self._door.identity)


class BatchInvocations:
    def __init__(self, workspace: Workspace, door: Door, accepts: Callable[[str], bool]) -> None:
        """``accepts``: whether a token is one that the emulator gave."""
        self._endpoints = workspace.batch_endpoints
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
        asked = request.headers.get("azureml-model-deployment") or endpoint.default_deployment
        own = self._endpoints.deployments.get(endpoint.name, asked).settings if asked else BatchSettings()
        wanted = read(lambda found: invocation_from_arm(found, own), body)
        job = self._endpoints.invoke(endpoint.name, deployment=asked or None, **wanted)
        return JSONResponse(batch_job_to_arm(job, self._door), 201)


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
