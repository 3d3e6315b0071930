"""The routes of online endpoints and their deployments."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, uuid5

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm.endpoint_deployments import deployment_from_arm, deployment_to_arm
from ..arm.endpoints import endpoint_from_arm, endpoint_to_arm, keys_to_arm, token_to_arm
from ..arm.monitor import REQUESTS, metrics_to_monitor
from ..arm.shape import mapping, moment
from ..entities import BatchDeployment, OnlineDeployment, OnlineEndpoint
from ..errors import UsageError
from ..language import _
from ..workspace import Workspace
from .addresses import scoring_address
from .codes import CodeRoutes
from .door import Door, json_of, name_in
from .operations import Operations
from .resources import ResourceRoutes, endpoint_in
from .table import WORKSPACE_PATH, route
from .tokens import TENANT

_ENDPOINTS = f"{WORKSPACE_PATH}/onlineEndpoints"
_ENDPOINT = f"{_ENDPOINTS}/{{name}}"
_DEPLOYMENTS = f"{_ENDPOINTS}/{{endpoint}}/deployments"
_MOST_LINES = 5000

Deployment = TypeVar("Deployment", OnlineDeployment, BatchDeployment)


class EndpointRoutes(ResourceRoutes[OnlineEndpoint]):
    def __init__(self, workspace: Workspace, door: Door, operations: Operations) -> None:
        super().__init__(workspace.endpoints, door, operations, _ENDPOINTS)
        self._endpoints = workspace.endpoints
        self._monitoring = workspace.monitoring

    def routes(self) -> list[Route]:
        return [
            *super().routes(),
            route(f"{_ENDPOINT}/listKeys", self.keys, "POST"),
            route(f"{_ENDPOINT}/regenerateKeys", self.regenerate, "POST"),
            route(f"{_ENDPOINT}/token", self.token, "POST"),
            route(f"{_ENDPOINT}/providers/Microsoft.Insights/metrics", self.metrics),
        ]

    def to_arm(self, thing: OnlineEndpoint) -> dict[str, Any]:
        address = scoring_address(thing.name)
        shown = thing.model_copy(update={"scoring_uri": f"{address}/score", "openapi_uri": f"{address}/swagger.json"})
        found = endpoint_to_arm(shown, self._door.identity)
        if found["identity"]["type"] == "SystemAssigned":
            # Whoever grants it a role asks for its number.
            found["identity"] |= {"principalId": str(uuid5(NAMESPACE_URL, found["id"])), "tenantId": TENANT}
        return found

    def from_arm(self, request: Request, body: Mapping[str, Any]) -> OnlineEndpoint:
        return endpoint_from_arm(body)

    def coming(self, thing: OnlineEndpoint) -> tuple[str, ...]:
        return "endpoint", thing.name

    def leaving(self, *names: str) -> tuple[str, ...]:
        return "noendpoint", *names

    def keys(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(keys_to_arm(self._endpoints.keys(name_in(request))))

    async def regenerate(self, request: Request) -> Response:
        self._door.check(request)
        which = str((await json_of(request)).get("keyType")).lower()
        if which not in ("primary", "secondary"):
            raise UsageError(_("keyType is {which}.", which=which), _("Send Primary or Secondary."))
        await run_in_threadpool(
            self._endpoints.regenerate_key, name_in(request), "primary" if which == "primary" else "secondary"
        )
        return self._operations.begun(request, None, 202, "done", name_in(request))

    def token(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(token_to_arm(self._endpoints.token(name_in(request))))

    def metrics(self, request: Request) -> Response:
        """In steps that the workspace chooses; the answer tells which."""
        self._door.check_workspace(request)
        endpoint = self._endpoints.get(name_in(request)).name
        window = _seconds(request.query_params.get("timespan", ""))
        named = [each.name for each in self._endpoints.deployments.list(endpoint, limit=500).items]
        found = {name: self._monitoring.metrics(endpoint, deployment=name, window=window) for name in named}
        return JSONResponse(metrics_to_monitor(found, request.query_params.get("metricnames", REQUESTS).split(",")))


class DeploymentRoutes(ResourceRoutes[OnlineDeployment]):
    def __init__(self, workspace: Workspace, door: Door, operations: Operations, codes: CodeRoutes) -> None:
        super().__init__(workspace.endpoints.deployments, door, operations, _DEPLOYMENTS)
        self._deployments = workspace.endpoints.deployments
        self._codes = codes

    def routes(self) -> list[Route]:
        return [*super().routes(), route(f"{_DEPLOYMENTS}/{{name}}/getLogs", self.logs, "POST")]

    def to_arm(self, thing: OnlineDeployment) -> dict[str, Any]:
        found = deployment_to_arm(with_code_id(thing, self._codes), self._door.identity)
        collector = mapping(found["properties"].get("dataCollector"))
        for name, collection in mapping(collector.get("collections")).items():
            # The SDK fails to send back a name that it has read; where it chose it, it chooses the same again.
            if collection.get("dataId") == f"azureml:{thing.endpoint_name}-{thing.name}-{name}:1":
                del collection["dataId"]
        return found

    def from_arm(self, request: Request, body: Mapping[str, Any]) -> OnlineDeployment:
        return with_code(deployment_from_arm(body, endpoint_in(request)), self._codes)

    def coming(self, thing: OnlineDeployment) -> tuple[str, ...]:
        return "deployment", thing.endpoint_name, thing.name

    def leaving(self, *names: str) -> tuple[str, ...]:
        return "nodeployment", *names

    async def logs(self, request: Request) -> Response:
        self._door.check(request)
        tail = (await json_of(request)).get("tail")
        lines = min(tail if isinstance(tail, int) and tail > 0 else 100, _MOST_LINES)
        text, _end = await run_in_threadpool(self._deployments.logs, endpoint_in(request), name_in(request), tail=lines)
        return JSONResponse({"content": text})


def _seconds(timespan: str) -> float:
    """Of ``START/END`` in ISO 8601; an hour where that is not what is said."""
    start, _slash, end = timespan.replace(" ", "+").partition("/")
    first, last = moment(start), moment(end)
    return (last - first).total_seconds() if first and last and last > first else 3600.0


def with_code(deployment: Deployment, codes: CodeRoutes) -> Deployment:
    """With the folder in place of the code's id. Raises NotFound."""
    configuration = deployment.code_configuration
    if configuration is None or not configuration.code:
        return deployment
    folder = codes.folder(configuration.code)
    return deployment.model_copy(update={"code_configuration": configuration.model_copy(update={"code": str(folder)})})


def with_code_id(deployment: Deployment, codes: CodeRoutes) -> Deployment:
    """With the id of the code that was uploaded in place of its folder."""
    configuration = deployment.code_configuration
    if configuration is None:
        return deployment
    return deployment.model_copy(
        update={"code_configuration": configuration.model_copy(update={"code": codes.id_of(configuration.code)})}
    )
