"""The ASGI application: Azure ML's routes, the guard in front of them, and errors in the service's shape."""

import re
from pathlib import Path

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
from .codes import CodeRoutes
from .computes import ComputeRoutes
from .datastores import DatastoreRoutes
from .door import Door
from .guard import Guard
from .routes import Routes
from .storage import StorageAccount
from .tokens import Issuer

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
RESOURCE_GROUP = "local"
PAGE_SIZE = 50

_SUBSCRIPTION = "/subscriptions/{subscription}"
_WORKSPACE = f"{_SUBSCRIPTION}/resourceGroups/{{group}}/providers/{PROVIDER}/workspaces/{{workspace}}"
_REGION = f"{_SUBSCRIPTION}/providers/{PROVIDER}/locations/{{region}}"


def create_app(
    workspace: Workspace,
    secret: str,
    folder: Path,
    account: StorageAccount | None = None,
    *,
    page_size: int = PAGE_SIZE,
) -> Starlette:
    """Serves the workspace to whoever sends the secret, or a token that was issued with it, as a bearer token.

    ``folder`` is for what clients upload or say that the workspace has no place for.
    """
    identity, accepts = identity_of(workspace), Issuer(secret).accepts
    account = account or StorageAccount(workspace, identity, secret, accepts, folder)
    door = Door(identity, page_size)
    codes = CodeRoutes(door, account, folder)
    routes, computes = Routes(workspace, door, codes), ComputeRoutes(workspace, door)
    datastores = DatastoreRoutes(workspace, door, account, folder)
    return Starlette(
        routes=[
            _route(_WORKSPACE, routes.workspace),
            _route(f"{_WORKSPACE}/jobs", routes.jobs),
            _route(f"{_WORKSPACE}/jobs/{{name}}", routes.job),
            _route(f"{_WORKSPACE}/jobs/{{name}}", routes.put_job, "PUT"),
            _route(f"{_WORKSPACE}/jobs/{{name}}/cancel", routes.cancel_job, "POST"),
            _route(f"{_WORKSPACE}/codes/{{name}}/versions", codes.list),
            _route(f"{_WORKSPACE}/codes/{{name}}/versions/1", codes.get),
            _route(f"{_WORKSPACE}/codes/{{name}}/versions/1", codes.put, "PUT"),
            _route(f"{_WORKSPACE}/codes/{{name}}/versions/1/startPendingUpload", codes.start_upload, "POST"),
            _route(f"{_WORKSPACE}/datastores", datastores.list),
            _route(f"{_WORKSPACE}/datastores/{{name}}", datastores.get),
            _route(f"{_WORKSPACE}/datastores/{{name}}", datastores.put, "PUT"),
            _route(f"{_WORKSPACE}/datastores/{{name}}", datastores.delete, "DELETE"),
            _route(f"{_WORKSPACE}/datastores/{{name}}/listSecrets", datastores.secrets, "POST"),
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
        middleware=[Middleware(Guard, secret=secret, accepts=accepts)],
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
