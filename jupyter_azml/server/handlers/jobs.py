"""Jobs over REST."""

from pathlib import Path
from typing import Any, get_args

from jupyter_server.auth.decorator import authorized
from pydantic import BaseModel, ConfigDict, Field, JsonValue
from tornado.web import authenticated

from ...actions.job_query import job_query
from ...actions.notebook_data import data_inputs
from ...actions.run_notebook import run_notebook
from ...entities import Axis, Job, JobQuery, Page, Priority, Series
from ...errors import UsageError
from ...language import _, spoken
from ...workspace import Workspace
from .base import AzmlHandler


class RunRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    path: str
    """The notebook, as the contents API names it."""
    parameters: dict[str, JsonValue] = {}
    texts: dict[str, str] = {}
    """Parameters as somebody typed them, read as ``azml run -p`` reads them."""
    inputs: dict[str, str] = {}
    """Data by any of its names; where it is becomes the parameter of that name."""
    secret_parameters: tuple[str, ...] = ()
    """Those whose values no record is to show, whatever they are called."""
    compute: str | None = None
    experiment: str | None = None
    display_name: str | None = None
    environment: str | None = None
    description: str = ""
    tags: dict[str, str] = {}
    timeout: float | None = Field(default=None, gt=0)
    """Seconds."""
    retries: int = Field(default=0, ge=0, le=100)
    priority: Priority = Priority.MEDIUM


class JobsHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        page, query = self.paging(), self._query()
        self.answer(await self.ask(lambda workspace: workspace.jobs.list(query, **page)))

    @authenticated
    @authorized
    async def post(self) -> None:
        request = self.body_as(RunRequest)
        path = self.on_disk(request.path)
        self.answer(await self.ask(lambda workspace: _run(workspace, path, request)), status=201)

    def _query(self) -> JobQuery:
        """``status`` and ``tag`` may come several times. Raises UsageError."""
        one = ("type", "experiment", "compute", "text", "created_after", "created_before", "sort", "parent", "archived")
        asked = {name: value for name in one if (value := self.get_query_argument(name, None))}
        with spoken(self.page_language()):
            return job_query(statuses=self.get_query_arguments("status"), tags=self.get_query_arguments("tag"), **asked)


def _run(workspace: Workspace, path: Path, request: RunRequest) -> Job:
    from ...commands.values import typed_value

    asked = request.model_dump(exclude={"path"})
    asked["parameters"] |= {name: typed_value(text) for name, text in request.texts.items()}
    asked["inputs"] = data_inputs(workspace, request.inputs.items())
    return run_notebook(workspace, path, **asked)


class JobHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        self.answer(await self.ask(lambda workspace: workspace.jobs.get(name)))

    @authenticated
    @authorized
    async def delete(self, name: str) -> None:
        await self.ask(lambda workspace: workspace.jobs.delete(name))
        self.set_status(204)
        self.finish()


class CancelHandler(AzmlHandler):
    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        self.answer(await self.ask(lambda workspace: workspace.jobs.cancel(name)))


class ArchiveHandler(AzmlHandler):
    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        self.answer(await self.ask(lambda workspace: workspace.jobs.archive(name)))


class RestoreHandler(AzmlHandler):
    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        self.answer(await self.ask(lambda workspace: workspace.jobs.restore(name)))


class SnapshotHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        page = self.paging()
        self.answer(await self.ask(lambda workspace: workspace.jobs.snapshot(name, **page)))


class FilesHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        page, path = self.paging(), self.get_query_argument("path", "")
        self.answer(await self.ask(lambda workspace: workspace.jobs.files(name, path, **page)))


class SeriesHandler(AzmlHandler):
    """``key`` may come several times; without one it is all of them."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        keys = self.get_query_arguments("key", strip=False)
        bounds = self._bounds()
        found = await self.ask(lambda workspace: workspace.jobs.series(name, keys, **bounds))
        self.answer(Page[Series](items=found))

    def _bounds(self) -> dict[str, Any]:
        """Raises UsageError."""
        axis, most = self.get_query_argument("axis", "step"), self.get_query_argument("most", "1000")
        given = {name: self.get_query_argument(name, "") for name in ("start", "end")}
        try:
            bounds = {name: float(value) if value else None for name, value in given.items()}
            if (
                axis not in get_args(Axis)
                or not 4 <= int(most) <= 100_000
                or any(bound != bound for bound in bounds.values())
            ):
                raise ValueError
        except ValueError:
            raise UsageError(
                _("What of the metrics is wanted is not understood: {query}", query=self.request.query[:200]),
                _("axis is step or time; start and end are numbers; most is one from 4 to 100000."),
            ) from None
        return {"axis": axis, "most": int(most), **bounds}
