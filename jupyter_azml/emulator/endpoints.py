"""The routes of online endpoints and their deployments."""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm.endpoint_deployments import deployment_from_arm, deployment_to_arm
from ..arm.endpoints import endpoint_from_arm, endpoint_to_arm, keys_to_arm, token_to_arm
from ..arm.monitor import REQUESTS, metrics_to_monitor
from ..arm.shape import mapping, moment
from ..entities import OnlineDeployment, OnlineEndpoint
from ..errors import DeploymentNotFound, EndpointNotFound, UsageError
from ..language import _
from ..workspace import Workspace
from .addresses import scoring_address
from .codes import CodeRoutes
from .door import Door, json_of, name_in, page_of
from .operations import Operations
from .table import WORKSPACE_PATH, route

_ENDPOINTS = f"{WORKSPACE_PATH}/onlineEndpoints"
_ENDPOINT = f"{_ENDPOINTS}/{{name}}"
_DEPLOYMENTS = f"{WORKSPACE_PATH}/onlineEndpoints/{{endpoint}}/deployments"
_DEPLOYMENT = f"{_DEPLOYMENTS}/{{name}}"
_MOST_LINES = 5000


class EndpointRoutes:
    def __init__(self, workspace: Workspace, door: Door, operations: Operations) -> None:
        self._endpoints = workspace.endpoints
        self._monitoring = workspace.monitoring
        self._door = door
        self._operations = operations

    def routes(self) -> list[Route]:
        return [
            route(_ENDPOINTS, self.list),
            route(_ENDPOINT, self.get),
            route(_ENDPOINT, self.put, "PUT"),
            route(_ENDPOINT, self.patch, "PATCH"),
            route(_ENDPOINT, self.delete, "DELETE"),
            route(f"{_ENDPOINT}/listKeys", self.keys, "POST"),
            route(f"{_ENDPOINT}/regenerateKeys", self.regenerate, "POST"),
            route(f"{_ENDPOINT}/token", self.token, "POST"),
            route(f"{_ENDPOINT}/providers/Microsoft.Insights/metrics", self.metrics),
        ]

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
        """Tags, and what else of the properties is named."""
        self._door.check(request)
        body = await json_of(request)
        return await run_in_threadpool(self._patch, request, body)

    def delete(self, request: Request) -> Response:
        self._door.check(request)
        name = self._endpoints.get(name_in(request)).name
        self._endpoints.delete(name)
        return self._operations.begun(request, None, 202, "noendpoint", name)

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

    def _put(self, request: Request, body: Mapping[str, Any]) -> Response:
        asked = read(endpoint_from_arm, body)
        try:
            self._endpoints.get(asked.name)
            status = 200
        except EndpointNotFound:
            status = 201
        made = self._endpoints.create_or_update(asked)
        return self._operations.begun(request, self._arm(made), status, "endpoint", made.name)

    def _patch(self, request: Request, changes: Mapping[str, Any]) -> Response:
        before = self._arm(self._endpoints.get(name_in(request)))
        merged = merge(before, changes)
        return self._put(request, {**merged, "name": before["name"]})

    def _arm(self, endpoint: OnlineEndpoint) -> dict[str, Any]:
        address = scoring_address(endpoint.name)
        shown = endpoint.model_copy(
            update={"scoring_uri": f"{address}/score", "openapi_uri": f"{address}/swagger.json"}
        )
        return endpoint_to_arm(shown, self._door.identity)


class DeploymentRoutes:
    def __init__(self, workspace: Workspace, door: Door, operations: Operations, codes: CodeRoutes) -> None:
        self._deployments = workspace.endpoints.deployments
        self._door = door
        self._operations = operations
        self._codes = codes

    def routes(self) -> list[Route]:
        return [
            route(_DEPLOYMENTS, self.list),
            route(_DEPLOYMENT, self.get),
            route(_DEPLOYMENT, self.put, "PUT"),
            route(_DEPLOYMENT, self.patch, "PATCH"),
            route(_DEPLOYMENT, self.delete, "DELETE"),
            route(f"{_DEPLOYMENT}/getLogs", self.logs, "POST"),
        ]

    def list(self, request: Request) -> Response:
        self._door.check(request)
        page = self._deployments.list(
            endpoint_in(request), limit=self._door.page_size, continuation=request.query_params.get("$skip")
        )
        return page_of(request, [self._arm(each) for each in page.items], page.continuation)

    def get(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(self._arm(self._deployments.get(endpoint_in(request), name_in(request))))

    async def put(self, request: Request) -> Response:
        self._door.check(request)
        body = await json_of(request)
        return await run_in_threadpool(self._put, request, {**body, "name": name_in(request)})

    async def patch(self, request: Request) -> Response:
        """Tags and the number of instances, which are all that the service lets one change so."""
        self._door.check(request)
        body = await json_of(request)
        return await run_in_threadpool(self._patch, request, body)

    def delete(self, request: Request) -> Response:
        self._door.check(request)
        endpoint, name = endpoint_in(request), name_in(request)
        self._deployments.delete(endpoint, name)
        return self._operations.begun(request, None, 202, "nodeployment", endpoint, name)

    async def logs(self, request: Request) -> Response:
        self._door.check(request)
        tail = (await json_of(request)).get("tail")
        lines = min(tail if isinstance(tail, int) and tail > 0 else 100, _MOST_LINES)
        text, _end = await run_in_threadpool(self._deployments.logs, endpoint_in(request), name_in(request), tail=lines)
        return JSONResponse({"content": text})

    def _put(self, request: Request, body: Mapping[str, Any]) -> Response:
        endpoint = endpoint_in(request)
        asked = with_code(read(lambda found: deployment_from_arm(found, endpoint), body), self._codes)
        try:
            self._deployments.get(endpoint, asked.name)
            status = 200
        except DeploymentNotFound:
            status = 201
        made = self._deployments.create_or_update(asked)
        return self._operations.begun(request, self._arm(made), status, "deployment", made.endpoint_name, made.name)

    def _patch(self, request: Request, changes: Mapping[str, Any]) -> Response:
        before = self._arm(self._deployments.get(endpoint_in(request), name_in(request)))
        return self._put(request, {**merge(before, changes), "name": before["name"]})

    def _arm(self, deployment: OnlineDeployment) -> dict[str, Any]:
        return deployment_to_arm(with_code_id(deployment, self._codes), self._door.identity)


def _seconds(timespan: str) -> float:
    """Of ``START/END`` in ISO 8601; an hour where that is not what is said."""
    start, _slash, end = timespan.replace(" ", "+").partition("/")
    first, last = moment(start), moment(end)
    return (last - first).total_seconds() if first and last and last > first else 3600.0


def endpoint_in(request: Request) -> str:
    return str(request.path_params["endpoint"])


def read(translate: Any, body: Mapping[str, Any]) -> Any:
    """Raises UsageError for what ``translate`` cannot read."""
    try:
        return translate(body)
    except (ValueError, TypeError) as error:
        raise UsageError(
            _("The request's body cannot be read: {detail}", detail=error),
            _("Send JSON as Azure's API describes it."),
        ) from error


def merge(before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """As a PATCH means it: what is named takes the place of what was there, and null removes it."""
    merged = dict(before)
    for key, value in changes.items():
        if isinstance(value, Mapping) and isinstance(before.get(key), Mapping) and key in ("properties", "sku"):
            merged[key] = merge(mapping(before[key]), value)
        elif value is None:
            merged.pop(key, None)
        else:
            merged[key] = value
    return merged


def with_code(deployment: Any, codes: CodeRoutes) -> Any:
    """With the folder in place of the code's id. Raises NotFound."""
    configuration = deployment.code_configuration
    if configuration is None or not configuration.code:
        return deployment
    folder = codes.folder(configuration.code)
    return deployment.model_copy(update={"code_configuration": configuration.model_copy(update={"code": str(folder)})})


def with_code_id(deployment: Any, codes: CodeRoutes) -> Any:
    """With the id of the code that was uploaded in place of its folder."""
    configuration = deployment.code_configuration
    if configuration is None:
        return deployment
    return deployment.model_copy(
        update={"code_configuration": configuration.model_copy(update={"code": codes.id_of(configuration.code)})}
    )
