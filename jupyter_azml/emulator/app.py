"""The ASGI application: Azure ML's routes, the guard in front of them, and errors in the service's shape."""

from collections.abc import Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ..arm import WorkspaceId, error_to_arm
from ..arm.errors import error_body
from ..errors import AzmlError
from ..workspace import Workspace
from .addresses import HERE as SCORING
from .batch import BatchDeploymentRoutes, BatchEndpointRoutes
from .codes import CodeRoutes
from .computes import ComputeRoutes
from .connections import ConnectionRoutes
from .data import DataRoutes
from .datastores import DatastoreRoutes
from .door import Door
from .endpoints import DeploymentRoutes, EndpointRoutes
from .environments import EnvironmentRoutes
from .guard import DISCOVERY, Guard
from .jobs import JobRoutes
from .mlflow import MlflowRoutes
from .models import ModelRoutes
from .operations import Operations
from .origin import Origin, origin
from .registries import RegistryRoutes
from .remembered import Remembered
from .run_artifacts import ArtifactRoutes
from .runs import RunRoutes
from .scoring import create_scoring
from .storage import StorageAccount
from .table import REGION_PATH as _REGION
from .table import WORKSPACE_PATH as _WORKSPACE
from .table import route as _route
from .tokens import Issuer
from .vault import HERE as VAULT
from .vault import create_vault
from .workspaces import WorkspaceRoutes

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
RESOURCE_GROUP = "local"
PAGE_SIZE = 50


def create_app(
    workspace: Workspace,
    secret: str,
    folder: Path,
    account: StorageAccount | None = None,
    *,
    page_size: int = PAGE_SIZE,
) -> ASGIApp:
    """Serves the workspace to whoever sends the secret, or a token that was issued with it, as a bearer token.

    ``folder`` is for what clients upload or say that the workspace has no place for.
    """
    identity, accepts = identity_of(workspace), Issuer(secret).accepts
    account = account or StorageAccount(workspace, identity, secret, accepts, folder)
    door = Door(identity, page_size)
    codes = CodeRoutes(door, account, folder)
    operations = Operations(workspace, door)
    workspaces = WorkspaceRoutes(workspace, door, operations, account)
    computes = ComputeRoutes(workspace, door, operations, Remembered(folder, "computes"))
    assets = (
        DataRoutes(workspace, door, account, Remembered(folder, "data")),
        EnvironmentRoutes(workspace, door, account, Remembered(folder, "environments")),
        ModelRoutes(workspace, door, Remembered(folder, "models")),
    )
    arm = Starlette(
        routes=[
            *workspaces.routes(),
            _route(f"{_WORKSPACE}/codes/{{name}}/versions", codes.list),
            _route(f"{_WORKSPACE}/codes/{{name}}/versions/1", codes.get),
            _route(f"{_WORKSPACE}/codes/{{name}}/versions/1", codes.put, "PUT"),
            _route(f"{_WORKSPACE}/codes/{{name}}/versions/1/startPendingUpload", codes.start_upload, "POST"),
            *DatastoreRoutes(workspace, door, account, folder).routes(),
            *(each for kind in assets for each in kind.routes()),
            *RegistryRoutes(workspace, door).routes(),
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
            *JobRoutes(workspace, door, operations, codes, folder).routes(),
            *RunRoutes(workspace, door, account).routes(),
            *ArtifactRoutes(workspace, door, account).routes(),
            *MlflowRoutes(workspace, door, account).routes(),
            _route(DISCOVERY, workspaces.discovery),
            *EndpointRoutes(workspace, door, operations).routes(),
            *DeploymentRoutes(workspace, door, operations, codes).routes(),
            *BatchEndpointRoutes(workspace, door, operations).routes(),
            *BatchDeploymentRoutes(workspace, door, operations, codes).routes(),
            *ConnectionRoutes(workspace, door).routes(),
            _route(f"{_REGION}/mfeOperationResults/{{operation}}", operations.result),
            _route(f"{_REGION}/mfeOperationsStatus/{{operation}}", operations.status),
        ],
        middleware=[Middleware(Guard, secret=secret, accepts=accepts)],
        exception_handlers={AzmlError: _expected, HTTPException: _no_route, Exception: _bug},
    )
    here: dict[str, ASGIApp] = {
        SCORING: create_scoring(workspace, Issuer(secret).admits, door),
        VAULT: create_vault(workspace, account.name, secret, accepts),
        "/storage": account.application_here(),
    }
    return Origin(_Here(arm, here))


class _Here:
    """ARM, and below names of their own what has a host of its own in Azure."""

    def __init__(self, arm: ASGIApp, others: Mapping[str, ASGIApp]) -> None:
        self._arm = arm
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        first = "/" + scope.get("path", "").lstrip("/").partition("/")[0]
        await self._others.get(first if origin() else "", self._arm)(scope, receive, send)


def identity_of(workspace: Workspace) -> WorkspaceId:
    """The id under which the workspace is served."""
    return WorkspaceId(SUBSCRIPTION, RESOURCE_GROUP, workspace.info().name)


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
