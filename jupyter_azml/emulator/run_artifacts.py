"""The artifacts of runs as azureml-mlflow asks for them: an address to write to, a list, an address to read from."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm.shape import mapping
from ..errors import FileNotInJob, UsageError
from ..language import _
from ..workspace import Workspace
from .artifacts import ORIGIN, folder_of_run
from .door import Door, json_of
from .storage import ARTIFACTS, StorageAccount
from .table import WORKSPACE_PATH, route

_PAGE = 500


class ArtifactRoutes:
    def __init__(self, workspace: Workspace, door: Door, account: StorageAccount) -> None:
        self._workspace = workspace
        self._door = door
        self._account = account

    def routes(self) -> Iterator[Route]:
        for above in ("experiments", "experimentids"):
            artifacts = f"/history/v1.0{WORKSPACE_PATH}/{above}/{{experiment}}/runs/{{run}}/artifacts"
            yield route(artifacts, self.list)
            yield route(f"{artifacts}/path", self.list)
            yield route(f"{artifacts}/contentinfo", self.content)
            yield route(f"{artifacts}/batch/metadata", self.create, "POST")
        rest = f"/artifact/v2.0{WORKSPACE_PATH}/artifacts"
        yield route(f"{rest}/batch/metadata", self.create_elsewhere, "POST")
        yield route(f"{rest}/{{origin}}/{{container}}", self.list_elsewhere)
        yield route(f"{rest}/{{origin}}/{{container}}/batch/metadata", self.create_elsewhere, "POST")
        yield route(f"{rest}/{{origin}}/{{container}}/contentinfo", self.content_elsewhere)

    def list(self, request: Request) -> Response:
        self._door.check_workspace(request)
        return self._listed(folder_of_run(_run(request)), request.query_params.get("path", ""))

    def content(self, request: Request) -> Response:
        self._door.check_workspace(request)
        return self._content(folder_of_run(_run(request)), request.query_params.get("path", ""))

    async def create(self, request: Request) -> Response:
        self._door.check_workspace(request)
        return await self._created(request, folder_of_run(_run(request)))

    def list_elsewhere(self, request: Request) -> Response:
        self._door.check_workspace(request)
        return self._listed(_place(request), request.query_params.get("path", ""))

    def content_elsewhere(self, request: Request) -> Response:
        self._door.check_workspace(request)
        return self._content(_place(request), request.query_params.get("path", ""))

    async def create_elsewhere(self, request: Request) -> Response:
        self._door.check_workspace(request)
        return await self._created(request, _place(request))

    async def _created(self, request: Request, folder: str) -> Response:
        """They are there when they are written; what a client asks for first is where to."""
        body = await json_of(request)
        paths = [str(mapping(each).get("path") or "") for each in body.get("paths") or ()]
        if not paths or not all(paths):
            raise UsageError(_("The request names no artifacts."), _("Send paths, each with a path."))
        address = await run_in_threadpool(self._account.signature, ARTIFACTS, "racwd")
        told = {path: self._told(folder, path) for path in paths}
        addresses = {
            path: {**told[path], "contentUri": f"{self._account.address(ARTIFACTS, f'{folder}/{path}')}?{address}"}
            for path in paths
        }
        return JSONResponse({"artifacts": told, "artifactContentInformation": addresses, "errors": {}})

    def _listed(self, folder: str, below: str) -> Response:
        found = [self._told(folder, path) for path in self._paths(folder, below.strip("/"))]
        return JSONResponse({"value": found, "continuationToken": None, "nextLink": None})

    def _paths(self, folder: str, below: str) -> Iterator[str]:
        container = self._account.container(ARTIFACTS)
        marker: str | None = ""
        while container is not None and marker is not None:
            found = container.list(f"{folder}/{below}", "", marker, _PAGE)
            yield from (file.path.removeprefix(f"{folder}/") for file in found.files)
            marker = found.marker

    def _content(self, folder: str, path: str) -> Response:
        container = self._account.container(ARTIFACTS)
        if container is None or container.stat(f"{folder}/{path}") is None:
            raise FileNotInJob(
                _("There is no artifact {path}.", path=path or "/"), _("The list of artifacts shows what is there.")
            )
        signature = self._account.signature(ARTIFACTS, "r")
        address = f"{self._account.address(ARTIFACTS, f'{folder}/{path}')}?{signature}"
        return JSONResponse({**self._told(folder, path), "contentUri": address})

    def _told(self, folder: str, path: str) -> dict[str, Any]:
        origin, _slash, container = folder.partition("/")
        return {"artifactId": f"{folder}/{path}", "origin": origin, "container": container, "path": path}


def _run(request: Request) -> str:
    return str(request.path_params["run"])


def _place(request: Request) -> str:
    """Raises UsageError for a run's own place, which has addresses of its own."""
    origin = str(request.path_params.get("origin") or "LocalUpload")
    if origin == ORIGIN:
        return f"{origin}/{request.path_params['container']}"
    container = str(request.path_params.get("container") or uuid4())
    if {origin, container} & {".", "..", ""}:
        raise UsageError(_("{path} is no place for artifacts.", path=f"{origin}/{container}"), _("Name another."))
    return f"{origin}/{container}"
