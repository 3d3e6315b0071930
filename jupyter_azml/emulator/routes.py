"""The workspace and its jobs. Starlette runs these functions in threads, as the port's calls block."""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..arm import job_to_arm, workspace_to_arm
from ..arm.command import command_from_arm
from ..arm.shape import mapping
from ..entities import JobQuery
from ..errors import UsageError
from ..language import _
from ..workspace import Workspace
from .codes import CodeRoutes
from .door import Door, json_of, name_in, page_of

_VIEWS = {
    "activeonly": JobQuery(),
    "archivedonly": JobQuery(archived="archived"),
    "all": JobQuery(archived="all"),
}


class Routes:
    def __init__(self, workspace: Workspace, door: Door, codes: CodeRoutes) -> None:
        self._workspace = workspace
        self._door = door
        self._codes = codes

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

    async def put_job(self, request: Request) -> Response:
        """Submits it, or, where there is one, changes what may be changed."""
        self._door.check(request)
        body = {**await json_of(request), "name": name_in(request)}
        return JSONResponse(await run_in_threadpool(self._submit, body), 201)

    def _submit(self, body: Mapping[str, Any]) -> dict[str, Any]:
        properties = mapping(body.get("properties"))
        code = properties.get("codeId")
        try:
            spec = command_from_arm(body, str(self._codes.folder(str(code))) if code else None)
        except ValueError as error:
            raise UsageError(
                _("The request's body is not a command job: {detail}", detail=error),
                _("The emulator runs jobs of type Command so far."),
            ) from error
        self._workspace.computes.get(spec.compute)
        return job_to_arm(self._workspace.jobs.submit(spec), self._door.identity)

    def cancel_job(self, request: Request) -> Response:
        self._door.check(request)
        return self._door.accepted(request, f"cancel.{self._workspace.jobs.cancel(name_in(request)).name}")

    def cancel_result(self, request: Request) -> Response:
        """202 until the job has ended, as clients that wait for a cancel expect."""
        job = self._workspace.jobs.get(name_in(request))
        return JSONResponse({}) if job.status.is_terminal else self._door.accepted(request, f"cancel.{job.name}")
