"""Jobs over REST."""

from pathlib import Path

from jupyter_server.auth.decorator import authorized
from jupyter_server.utils import ApiPath, to_os_path
from pydantic import BaseModel, ConfigDict, JsonValue
from tornado.web import authenticated

from ...actions.run_notebook import run_notebook
from ...entities import JobStatus
from ...errors import NotebookMissing, UsageError
from ...language import _
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
        page = self.paging()
        status = self.get_query_argument("status", None)
        if status and status not in list(JobStatus):
            raise UsageError(_("{name} is not a status.", name=status), ", ".join(JobStatus))
        experiment = self.get_query_argument("experiment", None)
        wanted = JobStatus(status) if status else None
        self.answer(await self.ask(lambda ws: ws.jobs.list(status=wanted, experiment=experiment, **page)))

    @authenticated
    @authorized
    async def post(self) -> None:
        request = self.body_as(RunRequest)
        path = self._on_disk(request.path)
        asked = request.model_dump(exclude={"path"})
        self.answer(await self.ask(lambda workspace: run_notebook(workspace, path, **asked)), status=201)

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


class CancelHandler(AzmlHandler):
    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        self.answer(await self.ask(lambda workspace: workspace.jobs.cancel(name)))


class FilesHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        page, path = self.paging(), self.get_query_argument("path", "")
        self.answer(await self.ask(lambda workspace: workspace.jobs.files(name, path, **page)))
