"""Data assets, and a look into data by whatever name it has."""

from jupyter_server.auth.decorator import authorized
from pydantic import BaseModel, ConfigDict
from tornado.web import authenticated

from ...actions.preview_data import MOST_ROWS, preview_data, profile_data
from ...entities import DataAsset, DataType
from ...errors import UsageError
from ...language import _
from ...schemas.places import is_local
from ...workspace import Workspace
from .base import AzmlHandler


class AssetRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    path: str
    """An address of the workspace, which stays where it is; or as the contents API names it, for a copy."""
    version: str = ""
    type: DataType | None = None
    """A file or a folder, as what is there, unless given."""
    description: str = ""
    tags: dict[str, str] = {}


class DataHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        page = self.paging()
        self.answer(await self.ask(lambda workspace: workspace.data.list(**page)))

    @authenticated
    @authorized
    async def post(self) -> None:
        asked = self.body_as(AssetRequest)
        is_here = is_local(asked.path)
        path = str(self.on_disk(asked.path)) if is_here else asked.path
        fields = asked.model_dump(exclude={"path", "type"})

        def made(workspace: Workspace) -> DataAsset:
            kind = asked.type or _kind_of(workspace, path)
            asset = DataAsset(**fields, path=path, type=kind)
            return workspace.data.upload(asset) if is_here else workspace.data.create(asset)

        self.answer(await self.ask_patiently(made), status=201)


class AssetHandler(AzmlHandler):
    """``?version=…``; without one it is the newest."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        version = self.get_query_argument("version", None)
        self.answer(await self.ask(lambda workspace: workspace.data.get(name, version)))


class AssetArchiveHandler(AzmlHandler):
    """``?version=…``; without one it is all of them."""

    @authenticated
    @authorized
    async def post(self, name: str, verb: str) -> None:
        version = self.get_query_argument("version", None)
        await self.ask(lambda workspace: getattr(workspace.data, verb)(name, version))
        self.answer(await self.ask(lambda workspace: workspace.data.get(name, version)))


class VersionsHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        page = self.paging()
        self.answer(await self.ask(lambda workspace: workspace.data.list(name, **page)))


class PreviewHandler(AzmlHandler):
    """``?path=azureml:diabetes:1&rows=100``: a name, a path or an address."""

    @authenticated
    @authorized
    async def get(self) -> None:
        path, rows = self.get_query_argument("path"), self.get_query_argument("rows", "50")
        if not rows.isdigit() or not 1 <= int(rows) <= MOST_ROWS:
            raise UsageError(
                _("rows must be a number from 1 to {most}, not {value}.", most=MOST_ROWS, value=rows[:50]),
                _("Reload the page and try again."),
            )
        self.answer(await self.ask(lambda workspace: preview_data(workspace, path, rows=int(rows))))


class ProfileHandler(AzmlHandler):
    """``?path=…``"""

    @authenticated
    @authorized
    async def get(self) -> None:
        path = self.get_query_argument("path")
        self.answer(await self.ask(lambda workspace: profile_data(workspace, path)))


def _kind_of(workspace: Workspace, path: str) -> DataType:
    return DataType.URI_FOLDER if workspace.data.stat(path).is_folder else DataType.URI_FILE
