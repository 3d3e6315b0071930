"""Run history: what Azure tells of jobs besides ARM, at ``REGION.api.azureml.ms``. The SDK streams by it."""

from collections.abc import Iterator, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..arm.job_services import service_instance
from ..arm.runs import details_to_history, output_of_id, run_to_history
from ..arm.shape import mapping, texts
from ..entities import CommandSpec, File, Job, JobQuery, JobStatus
from ..errors import NotFound, NotSupported, UsageError
from ..language import _
from ..workspace import Workspace
from .artifacts import folder_of_run
from .batch import ENDPOINT_TAG
from .child_runs import runs_inside
from .door import Door, json_of
from .output_addresses import OutputAddresses
from .storage import ARTIFACTS, StorageAccount
from .table import WORKSPACE_PATH, route

_LOGS = "user_logs"
_SDK = "azure-ai-ml/"
_MOST_CHILDREN = 500


class RunRoutes:
    def __init__(self, workspace: Workspace, door: Door, account: StorageAccount) -> None:
        self._workspace = workspace
        self._door = door
        self._account = account
        self._followed: set[str] = set()

    def routes(self) -> Iterator[Route]:
        history = f"/history/v1.0{WORKSPACE_PATH}"
        # The same by three names: of the run alone, below its experiment, and below its experiment's id.
        for above in ("", "/experiments/{experiment}", "/experimentids/{experiment}"):
            run = f"{history}{above}/runs/{{run}}"
            yield route(run, self.get)
            yield route(run, self.patch, "PATCH")
            yield route(f"{run}/details", self.details)
            yield route(f"{run}/children", self.children)
            yield route(f"{run}/tags", self.delete_tags, "DELETE")
            yield route(f"{run}/serviceinstances/{{node}}", self.services)
        yield route(f"{history}/rundata", self.data, "POST")
        yield route(f"/data/v1.0{WORKSPACE_PATH}/dataversion/batchGetResolvedUris", self.uris, "POST")

    def get(self, request: Request) -> Response:
        return JSONResponse(self._run(self._job(request)))

    def details(self, request: Request) -> Response:
        job = self._job(request)
        told = details_to_history(job, self._door.identity, self._logs(job.name))
        if _SDK in request.headers.get("user-agent", "") and job.name not in self._followed:
            # Of a job that has ended when it is followed the SDK prints nothing. In Azure none is that quick.
            self._followed.add(job.name)
            if job.status.is_terminal:
                told["status"] = JobStatus.FINALIZING.value
        return JSONResponse(told)

    def services(self, request: Request) -> Response:
        """JupyterLab and the like on a node, for which a job asked: none is started here, and it says so."""
        job = self._job(request)
        asked = job.spec.services if isinstance(job.spec, CommandSpec) else {}
        return JSONResponse({"instances": {name: service_instance(mapping(said)) for name, said in asked.items()}})

    def children(self, request: Request) -> Response:
        job = self._job(request)
        page = self._workspace.jobs.list(JobQuery(parent=job.name, archived="all"), limit=_MOST_CHILDREN)
        # Azure's batch job is a pipeline of one step, in which clients look for the scores: here it is both.
        found = page.items or ((job,) if ENDPOINT_TAG in job.tags else ())
        known = {child.name for child in found}
        runs = runs_inside(self._workspace, job, _MOST_CHILDREN)
        found = (*found, *(child for child in runs if child.name not in known))
        return JSONResponse({"value": [self._run(child) for child in found]})

    async def patch(self, request: Request) -> Response:
        """Archiving is ``hidden``; tags are added to those that there are."""
        body = await json_of(request)
        return JSONResponse(await run_in_threadpool(self._patch, request, body))

    async def delete_tags(self, request: Request) -> Response:
        try:
            named = [str(name) for name in await request.json()]
        except (ValueError, TypeError) as error:
            raise UsageError(_("The request's body is no list of tags."), _("Send their names.")) from error
        return JSONResponse(await run_in_threadpool(self._update, request, {"tags": dict.fromkeys(named)}))

    async def data(self, request: Request) -> Response:
        self._door.check_workspace(request)
        name = str((await json_of(request)).get("runId") or "")
        job = await run_in_threadpool(self._workspace.jobs.get, name)
        return JSONResponse({"runMetadata": self._run(job), "runDefinition": {}, "jobSpecification": None})

    async def uris(self, request: Request) -> Response:
        """Where outputs are that no data asset stands for."""
        self._door.check_workspace(request)
        values = (await json_of(request)).get("values")
        asked = [str(each) for each in values] if isinstance(values, list) else []
        return JSONResponse({"values": await run_in_threadpool(self._uris, asked)})

    def _uris(self, assets: list[str]) -> dict[str, Any]:
        found, addresses = {}, OutputAddresses(self._workspace)
        for asset in assets:
            if named := output_of_id(asset):
                output = self._workspace.jobs.get(named[0]).outputs.get(named[1])
                if output is not None:
                    found[asset] = {"uri": addresses.address(output.uri, output.type), "type": output.type.value}
        return found

    def _patch(self, request: Request, body: Mapping[str, Any]) -> dict[str, Any]:
        if isinstance(body.get("hidden"), bool):
            job = self._job(request)
            jobs = self._workspace.jobs
            (jobs.archive if body["hidden"] else jobs.restore)(job.name)
        changes = {
            "display_name": body.get("displayName") or body.get("name"),
            "description": body.get("description"),
            "tags": texts(body["tags"]) if mapping(body.get("tags")) else None,
        }
        return self._update(request, {field: value for field, value in changes.items() if value is not None})

    def _update(self, request: Request, changes: Mapping[str, Any]) -> dict[str, Any]:
        return self._run(self._workspace.jobs.update(self._job(request).name, **changes))

    def _job(self, request: Request) -> Job:
        self._door.check_workspace(request)
        return self._workspace.jobs.get(str(request.path_params["run"]))

    def _run(self, job: Job) -> dict[str, Any]:
        return run_to_history(job, self._door.identity, job.experiment)

    def _logs(self, job: str) -> dict[str, str]:
        signature = self._account.signature(ARTIFACTS, "r")
        return {
            file.path: f"{self._account.address(ARTIFACTS, f'{folder_of_run(job)}/{file.path}')}?{signature}"
            for file in self._files(job, _LOGS)
        }

    def _files(self, job: str, folder: str) -> list[File]:
        try:
            page = self._workspace.tracking.files(job).browse(folder, limit=_MOST_CHILDREN)
        except (NotFound, NotSupported, FileNotFoundError, NotADirectoryError):
            return []
        return [file for file in page.items if not file.is_folder]
