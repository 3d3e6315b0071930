"""Data assets, and a look into data by whatever name it has."""

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from ...actions.preview_data import MOST_ROWS, preview_data, profile_data
from ...errors import UsageError
from ...language import _
from .base import AzmlHandler


class DataHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        page = self.paging()
        self.answer(await self.ask(lambda workspace: workspace.data.list(**page)))


class AssetHandler(AzmlHandler):
    """``?version=…``; without one it is the newest."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        version = self.get_query_argument("version", None)
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
