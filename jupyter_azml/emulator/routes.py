"""The workspace and its jobs. Starlette runs these functions in threads, as the port's calls block."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..arm import job_to_arm, workspace_to_arm
from ..entities import JobQuery
from ..workspace import Workspace
from .door import Door, name_in, page_of

_VIEWS = {
    "activeonly": JobQuery(),
    "archivedonly": JobQuery(archived="archived"),
    "all": JobQuery(archived="all"),
}


class Routes:
    def __init__(self, workspace: Workspace, door: Door) -> None:
        self._workspace = workspace
        self._door = door

    def workspace(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(workspace_to_arm(self._workspace.info(), self._door.identity))

    def jobs(self, request: Request) -> Response:
        self._door.check(request)
        query = _VIEWS.get(request.query_params.get("listViewType", "ActiveOnly").lower(), JobQuery())
        continuation = request.query_params.get("$skip")
        page = self._workspace.jobs.list(query, limit=self._door.page_size, continuation=continuation)
        return page_of(request, [job_to_arm(job, self._door.identity) for job in page.items], page.continuation)

    def job(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(job_to_arm(self._workspace.jobs.get(name_in(request)), self._door.identity))

    def cancel_job(self, request: Request) -> Response:
        self._door.check(request)
        return self._door.accepted(request, f"cancel.{self._workspace.jobs.cancel(name_in(request)).name}")

    def cancel_result(self, request: Request) -> Response:
        """202 until the job has ended, as clients that wait for a cancel expect."""
        job = self._workspace.jobs.get(name_in(request))
        return JSONResponse({}) if job.status.is_terminal else self._door.accepted(request, f"cancel.{job.name}")
