"""Jobs over REST."""

from pathlib import Path

from jupyter_server.auth.decorator import authorized
from jupyter_server.utils import ApiPath, to_os_path
from pydantic import BaseModel, ConfigDict, JsonValue
from tornado.web import authenticated

from ...actions.job_query import job_query
from ...actions.run_notebook import run_notebook
from ...entities import JobQuery
from ...errors import NotebookMissing
from ...language import _, spoken
from .base import AzmlHandler


class RunRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    path: str
    """The notebook, as the contents API names it."""
    parameters: dict[str, JsonValue] = {}
    compute: str | None = None
    experiment: str | None = None
    display_name: str | None = None


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
        path = self._on_disk(request.path)
        asked = request.model_dump(exclude={"path"})
        self.answer(await self.ask(lambda workspace: run_notebook(workspace, path, **asked)), status=201)

    def _query(self) -> JobQuery:
        """``status`` and ``tag`` may come several times. Raises UsageError."""
        one = ("type", "experiment", "compute", "text", "created_after", "created_before", "sort", "parent", "archived")
        asked = {name: value for name in one if (value := self.get_query_argument(name, None))}
        with spoken(self.page_language()):
            return job_query(statuses=self.get_query_arguments("status"), tags=self.get_query_arguments("tag"), **asked)

    def _on_disk(self, path: str) -> Path:
        root = Path(self.contents_manager.root_dir).absolute()
        found = Path(to_os_path(ApiPath(path), str(root)))
        if ".." in found.parts or not found.is_relative_to(root):
            raise NotebookMissing(
                _("{path} is not below Jupyter's folder.", path=path),
                _("Check the path: it is read from {folder}.", folder=root),
            )
        return found


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
