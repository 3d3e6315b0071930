"""The ARM routes of jobs. Starlette runs these functions in threads, as the port's calls block."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm import job_to_arm
from ..arm.command import command_from_arm
from ..arm.shape import mapping, texts
from ..entities import Job, JobQuery
from ..errors import Conflict, JobNotFound, NotFound, NotSupported, UsageError
from ..language import _
from ..workspace import Workspace
from .codes import CodeRoutes
from .door import Door, json_of, name_in, page_of
from .operations import Operations
from .output_addresses import OutputAddresses
from .private import make_private
from .table import WORKSPACE_PATH, route

_VIEWS = {
    "activeonly": JobQuery(),
    "archivedonly": JobQuery(archived="archived"),
    "all": JobQuery(archived="all"),
}
_LATER = {"pipeline", "sweep", "automl", "spark", "labeling", "finetuning"}
_CHANGEABLE = ("displayName", "description", "tags", "isArchived")


class JobRoutes:
    def __init__(
        self, workspace: Workspace, door: Door, operations: Operations, codes: CodeRoutes, folder: Path
    ) -> None:
        """``folder``: for what clients said of a job and the workspace has no word for."""
        self._workspace = workspace
        self._door = door
        self._operations = operations
        self._codes = codes
        self._folder = folder / "jobs"

    def routes(self) -> Iterator[Route]:
        yield route(f"{WORKSPACE_PATH}/jobs", self.list)
        job = f"{WORKSPACE_PATH}/jobs/{{name}}"
        yield route(job, self.get)
        yield route(job, self.put, "PUT")
        yield route(job, self.delete, "DELETE")
        yield route(f"{job}/cancel", self.cancel, "POST")
        for later in ("schedules", "components"):
            for method in ("GET", "PUT", "DELETE", "PATCH"):
                yield route(f"{WORKSPACE_PATH}/{later}/{{rest:path}}", self.later, method)
            yield route(f"{WORKSPACE_PATH}/{later}", self.later)

    def list(self, request: Request) -> Response:
        self._door.check(request, "tag", "jobtype", "properties", "scheduled", "scheduleid")
        query = _VIEWS.get(request.query_params.get("listViewType", "ActiveOnly").lower(), JobQuery())
        if tag := request.query_params.get("tag"):
            name, equals, value = tag.partition("=")
            query = query.model_copy(update={"tags": {name: value if equals else None}})
        page = self._workspace.jobs.list(
            query, limit=self._door.page_size, continuation=request.query_params.get("$skip")
        )
        addresses = OutputAddresses(self._workspace)
        return page_of(request, [addresses.told(self._arm(job)) for job in page.items], page.continuation)

    def get(self, request: Request) -> Response:
        self._door.check(request)
        return JSONResponse(self._told(self._workspace.jobs.get(name_in(request))))

    async def put(self, request: Request) -> Response:
        """Submits it, or, where there is one, changes what may be changed."""
        self._door.check(request)
        body = {**await json_of(request), "name": name_in(request)}
        made, status = await run_in_threadpool(self._put, body)
        return JSONResponse(made, status)

    def cancel(self, request: Request) -> Response:
        self._door.check(request)
        job = self._workspace.jobs.cancel(name_in(request))
        return self._operations.begun(request, None, 202, "canceled", job.name)

    def delete(self, request: Request) -> Response:
        self._door.check(request)
        name = name_in(request)
        self._workspace.jobs.delete(name)
        self._kept_file(name).unlink(missing_ok=True)
        return self._operations.begun(request, None, 202, "nojob", name)

    def later(self, request: Request) -> Response:
        """Raises NotSupported."""
        self._door.check_workspace(request)
        raise NotSupported(
            _("The emulator has no schedules, components and pipelines yet."),
            _("It runs jobs of type {kind}.", kind="Command"),
        )

    def _put(self, body: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
        with suppress(JobNotFound):
            there = self._workspace.jobs.get(str(body["name"]))
            return self._told(self._change(there, mapping(body.get("properties")))), 200
        return self._submit(body), 201

    def _change(self, job: Job, asked: Mapping[str, Any]) -> Job:
        """Raises Conflict for what cannot change once a job is there."""
        there = mapping(self._arm(job)["properties"])
        for field in ("command", "computeId", "experimentName", "environmentId"):
            if field in asked and str(asked[field] or "").lower() != str(there.get(field) or "").lower():
                raise Conflict(
                    _("{field} of the job {name} cannot be changed.", field=field, name=job.name),
                    _("Only these can: {names}. Submit it under another name.", names=", ".join(_CHANGEABLE)),
                )
        jobs = self._workspace.jobs
        tags = texts(asked["tags"]) if "tags" in asked else None
        gone = {name: None for name in job.tags if tags is not None and name not in tags}
        job = jobs.update(
            job.name,
            display_name=asked.get("displayName"),
            description=asked.get("description"),
            tags={**tags, **gone} if tags is not None else None,
        )
        if isinstance(asked.get("isArchived"), bool) and asked["isArchived"] != job.archived:
            job = jobs.archive(job.name) if asked["isArchived"] else jobs.restore(job.name)
        return job

    def _submit(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Raises UsageError, NotSupported, NotFound."""
        properties = mapping(body.get("properties"))
        kind = str(properties.get("jobType") or "")
        if kind.lower() in _LATER:
            raise NotSupported(
                _("The emulator does not run jobs of type {kind} yet.", kind=kind),
                _("It runs jobs of type {kind}.", kind="Command"),
            )
        code = properties.get("codeId")
        try:
            spec = command_from_arm(body, str(self._codes.folder(str(code))) if code else None)
        except ValueError as error:
            raise UsageError(
                _("The request's body is not a command job: {detail}", detail=_first_line(error)),
                _("Send JSON as Azure's API describes it."),
            ) from error
        if not spec.environment:
            raise UsageError(_("A job needs an environment."), _("Name one as environmentId."))
        job = self._workspace.jobs.submit(spec)
        make_private(self._kept_file(job.name), json.dumps(dict(properties)).encode(), replace=True)
        return self._arm(self._workspace.jobs.get(job.name))

    def _told(self, job: Job) -> dict[str, Any]:
        return OutputAddresses(self._workspace).told(self._arm(job))

    def _arm(self, job: Job) -> dict[str, Any]:
        return job_to_arm(job, self._door.identity, self._kept(job.name))

    def _kept(self, name: str) -> Mapping[str, Any]:
        """The properties that its client sent; {} for a job that did not come this way."""
        with suppress(OSError, ValueError):
            return mapping(json.loads(self._kept_file(name).read_text("utf-8")))
        return {}

    def _kept_file(self, name: str) -> Path:
        """Raises NotFound for what is no job's name."""
        if "/" in name or name in ("", ".", ".."):
            raise NotFound(_("There is nothing named “{name}”.", name=name), _("Check the name."))
        return self._folder / f"{name.lower()}.json"


def _first_line(error: ValueError) -> str:
    """pydantic's own text goes on with links to its documentation."""
    lines = str(error).splitlines()
    return " ".join(line.strip() for line in lines[1:3]) if len(lines) > 1 else str(error)
