"""What each route answers. Starlette runs these functions in threads, as the port's calls block."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..arm import WorkspaceId, compute_to_arm, job_to_arm, workspace_to_arm
from ..arm.ids import PROVIDER
from ..errors import NotSupported, WorkspaceNotFound
from ..language import _
from ..workspace import Workspace

_IGNORED_QUERY = {"api-version", "$skip", "listviewtype"}


class Routes:
    def __init__(self, workspace: Workspace, identity: WorkspaceId, page_size: int) -> None:
        self._workspace = workspace
        self._identity = identity
        self._page_size = page_size

    def workspace(self, request: Request) -> Response:
        self._check(request)
        return JSONResponse(workspace_to_arm(self._workspace.info(), self._identity))

    def jobs(self, request: Request) -> Response:
        self._check(request)
        page = self._workspace.jobs.list(limit=self._page_size, continuation=request.query_params.get("$skip"))
        return _page(request, [job_to_arm(job, self._identity) for job in page.items], page.continuation)

    def job(self, request: Request) -> Response:
        self._check(request)
        return JSONResponse(job_to_arm(self._workspace.jobs.get(_name(request)), self._identity))

    def cancel_job(self, request: Request) -> Response:
        self._check(request)
        return self._accepted(request, self._workspace.jobs.cancel(_name(request)).name)

    def cancel_result(self, request: Request) -> Response:
        """202 until the job has ended, as clients that wait for a cancel expect."""
        job = self._workspace.jobs.get(_name(request))
        return JSONResponse({}) if job.status.is_terminal else self._accepted(request, job.name)

    def computes(self, request: Request) -> Response:
        self._check(request)
        page = self._workspace.computes.list(limit=self._page_size, continuation=request.query_params.get("$skip"))
        return _page(request, [compute_to_arm(item, self._identity) for item in page.items], page.continuation)

    def compute(self, request: Request) -> Response:
        self._check(request)
        return JSONResponse(compute_to_arm(self._workspace.computes.get(_name(request)), self._identity))

    def _check(self, request: Request) -> None:
        asked = WorkspaceId(*(request.path_params[part] for part in ("subscription", "group", "workspace")))
        if asked != self._identity:
            raise WorkspaceNotFound(
                _("There is no workspace named {name}.", name=asked.name),
                _("This emulator serves {identity}", identity=self._identity),
            )
        for parameter in request.query_params:
            # A filter that is passed over would answer with things that were not asked for.
            if parameter.lower() not in _IGNORED_QUERY:
                raise NotSupported(
                    _("The emulator does not filter by {parameter}.", parameter=parameter),
                    _("Ask for the whole list and filter it."),
                )

    def _accepted(self, request: Request, job: str) -> Response:
        version = request.query_params["api-version"]
        path = f"/subscriptions/{self._identity.subscription}/providers/{PROVIDER}/locations/local/mfeOperationResults"
        location = request.url.replace(path=f"{path}/cancel.{job}", query=f"api-version={version}")
        return Response(status_code=202, headers={"Location": str(location), "Retry-After": "1"})


def _name(request: Request) -> str:
    return str(request.path_params["name"])


def _page(request: Request, items: list[dict[str, Any]], continuation: str | None) -> Response:
    body: dict[str, Any] = {"value": items}
    if continuation:
        body["nextLink"] = str(request.url.include_query_params(**{"$skip": continuation}))
    return JSONResponse(body)
