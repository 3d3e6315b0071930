"""Models over REST."""

import asyncio
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from jupyter_server.auth.decorator import authorized
from pydantic import BaseModel, ConfigDict
from tornado.iostream import StreamClosedError
from tornado.web import authenticated

from ...actions.compare_models import compare_models
from ...entities import Model, ModelQuery, ModelType
from ...errors import UsageError
from ...language import _, spoken
from ...schemas.places import is_local
from ...workspace import Workspace
from ..download import CHUNK, disposition, packed
from .base import AzmlHandler


class RegisterRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    path: str
    """As the contents API names it; or ``azureml://…``, ``runs:/…``."""
    version: str = ""
    type: ModelType | None = None
    description: str = ""
    stage: str = ""
    tags: dict[str, str] = {}
    properties: dict[str, str] = {}


class ChangeRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    description: str = ""
    stage: str = ""
    tags: dict[str, str] = {}
    properties: dict[str, str] = {}


class AliasRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: str


class ModelsHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        page, query = self.paging(), self._query()
        self.answer(await self.ask(lambda workspace: workspace.models.list(query, **page)))

    @authenticated
    @authorized
    async def post(self) -> None:
        request = self.body_as(RegisterRequest)
        asked = request.model_dump(exclude_unset=True, exclude={"type"} if request.type is None else None)
        if is_local(request.path):
            asked["path"] = str(self.on_disk(request.path))
        model = Model.model_validate(asked)
        # Files are copied, which takes as long as they are large.
        made = await self.ask_patiently(lambda workspace: workspace.models.create_or_update(model))
        self.answer(made, status=201)

    def _query(self) -> ModelQuery:
        """``tag`` may come several times, as ``name`` or ``name=value``. Raises UsageError."""
        one = ("name", "text", "type", "stage", "job", "archived")
        asked = {name: value for name in one if (value := self.get_query_argument(name, None))}
        pairs = (each.partition("=") for each in self.get_query_arguments("tag"))
        tags = {name: value if equals else None for name, equals, value in pairs}
        try:
            return ModelQuery.model_validate({**asked, "tags": tags})
        except ValueError as error:
            with spoken(self.page_language()):
                raise UsageError(
                    _("Which models are wanted is not understood: {query}", query=self.request.query[:200]),
                    _("Reload the page and try again."),
                ) from error


class ModelHandler(AzmlHandler):
    """Without a version, the newest one; ``label`` may name another."""

    @authenticated
    @authorized
    async def get(self, name: str, version: str | None = None) -> None:
        label = self.get_query_argument("label", None)
        self.answer(await self.ask(lambda workspace: workspace.models.get(name, version, label=label)))

    @authenticated
    @authorized
    async def patch(self, name: str, version: str) -> None:
        changes = self.body_as(ChangeRequest).model_dump(exclude_unset=True)
        model = Model(name=name, version=version, **changes)
        self.answer(await self.ask(lambda workspace: workspace.models.create_or_update(model)))

    @authenticated
    @authorized
    async def delete(self, name: str, version: str | None = None) -> None:
        await self.ask(lambda workspace: workspace.models.delete(name, version))
        self.set_status(204)
        self.finish()


class ModelArchiveHandler(AzmlHandler):
    @authenticated
    @authorized
    async def post(self, name: str, version: str | None, verb: str) -> None:
        await self.ask(lambda workspace: getattr(workspace.models, verb)(name, version))
        self.answer(await self.ask(lambda workspace: workspace.models.get(name, version)))


class ModelFilesHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str, version: str) -> None:
        page, path = self.paging(), self.get_query_argument("path", "")
        self.answer(await self.ask(lambda workspace: workspace.models.files(name, version, path, **page)))


class ModelDownloadHandler(AzmlHandler):
    """The files of a version: one as it is, several as a zip file."""

    _folder: Path | None = None

    @authenticated
    @authorized
    async def get(self, name: str, version: str) -> None:
        folder = self._folder = Path(tempfile.mkdtemp(prefix="azml-download-"))

        def fetched(workspace: Workspace) -> tuple[Path, str]:
            found = workspace.models.get(name, version)
            place = workspace.models.download(found.name, found.version, folder / "files")
            return packed(place, f"{found.name}-{found.version}")

        file, title = await self.ask_patiently(fetched)
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Content-Disposition", disposition(title))
        self.set_header("Content-Length", str(file.stat().st_size))
        self.set_header("X-Content-Type-Options", "nosniff")
        with file.open("rb") as opened, suppress(StreamClosedError):
            while chunk := await asyncio.to_thread(opened.read, CHUNK):
                self.write(chunk)
                await self.flush()
            self.finish()

    def on_finish(self) -> None:
        self._forget()
        super().on_finish()

    def on_connection_close(self) -> None:
        self._forget()
        super().on_connection_close()

    def _forget(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


class ModelAliasHandler(AzmlHandler):
    @authenticated
    @authorized
    async def put(self, name: str, alias: str) -> None:
        version = self.body_as(AliasRequest).version
        self.answer(await self.ask(lambda workspace: workspace.models.set_alias(name, alias, version)))

    @authenticated
    @authorized
    async def delete(self, name: str, alias: str) -> None:
        await self.ask(lambda workspace: workspace.models.delete_alias(name, alias))
        self.set_status(204)
        self.finish()


class ModelComparisonHandler(AzmlHandler):
    """``model`` comes twice or more, as ``NAME:VERSION``."""

    @authenticated
    @authorized
    async def get(self) -> None:
        models = self.get_query_arguments("model")
        self.answer(await self.ask(lambda workspace: compare_models(workspace, models)))
