"""The ASGI application: Azure ML's routes, the guard in front of them, and errors in the service's shape."""

import re

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm import WorkspaceId, error_to_arm
from ..arm.errors import error_body
from ..arm.ids import PROVIDER
from ..errors import AzmlError
from ..workspace import Workspace
from .computes import ComputeRoutes
from .door import Door
from .guard import Guard
from .routes import Routes

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
RESOURCE_GROUP = "local"
PAGE_SIZE = 50

_SUBSCRIPTION = "/subscriptions/{subscription}"
_WORKSPACE = f"{_SUBSCRIPTION}/resourceGroups/{{group}}/providers/{PROVIDER}/workspaces/{{workspace}}"
_REGION = f"{_SUBSCRIPTION}/providers/{PROVIDER}/locations/{{region}}"


def create_app(workspace: Workspace, secret: str, *, page_size: int = PAGE_SIZE) -> Starlette:
    """Serves the workspace to whoever sends the secret as a bearer token."""
    door = Door(identity_of(workspace), page_size)
    routes, computes = Routes(workspace, door), ComputeRoutes(workspace, door)
    return Starlette(
        routes=[
            _route(_WORKSPACE, routes.workspace),
            _route(f"{_WORKSPACE}/jobs", routes.jobs),
            _route(f"{_WORKSPACE}/jobs/{{name}}", routes.job),
            _route(f"{_WORKSPACE}/jobs/{{name}}/cancel", routes.cancel_job, "POST"),
            _route(f"{_WORKSPACE}/computes", computes.list),
            _route(f"{_WORKSPACE}/computes/{{name}}", computes.get),
            _route(f"{_WORKSPACE}/computes/{{name}}", computes.put, "PUT"),
            _route(f"{_WORKSPACE}/computes/{{name}}", computes.delete, "DELETE"),
            _route(f"{_WORKSPACE}/computes/{{name}}/start", computes.start, "POST"),
            _route(f"{_WORKSPACE}/computes/{{name}}/stop", computes.stop, "POST"),
            _route(f"{_WORKSPACE}/computes/{{name}}/restart", computes.restart, "POST"),
            _route(f"{_WORKSPACE}/computes/{{name}}/listNodes", computes.nodes, "POST"),
            _route(f"{_REGION}/vmSizes", computes.sizes),
            _route(f"{_REGION}/usages", computes.usages),
            _route(f"{_REGION}/mfeOperationResults/cancel.{{name}}", routes.cancel_result),
            _route(f"{_REGION}/mfeOperationResults/compute.{{name}}", computes.result),
        ],
        middleware=[Middleware(Guard, secret=secret)],
        exception_handlers={AzmlError: _expected, HTTPException: _no_route, Exception: _bug},
    )


def identity_of(workspace: Workspace) -> WorkspaceId:
    """The id under which the workspace is served."""
    return WorkspaceId(SUBSCRIPTION, RESOURCE_GROUP, workspace.info().name)


def _route(path: str, endpoint: object, method: str = "GET") -> Route:
    route = Route(path, endpoint, methods=[method])  # type: ignore[arg-type]  # a bound method, which Starlette calls as any other
    # Clients send resourceGroups and resourcegroups alike, and the service takes both.
    route.path_regex = re.compile(route.path_regex.pattern, re.IGNORECASE)
    return route


def _expected(request: Request, error: Exception) -> Response:
    assert isinstance(error, AzmlError)  # noqa: S101 - for the type checker
    status, body = error_to_arm(error)
    return JSONResponse(body, status)


def _no_route(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - for the type checker
    message = f"{request.method} {request.url.path}: {error.detail}"
    return JSONResponse(error_body("NoRoute", message), error.status_code, headers=error.headers)


def _bug(request: Request, error: Exception) -> Response:
    # Starlette raises it again once this is sent, so that the server's log has the stack.
    return JSONResponse(error_body("InternalServerError", "The emulator failed; its log has the details."), 500)
