"""Environments: what a job's Python finds."""

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from .base import AzmlHandler


class EnvironmentsHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        """The newest version of each, or with ``name`` its versions; with ``curated=1`` those of Azure."""
        page = self.paging()
        name = self.get_query_argument("name", None)
        curated = self.get_query_argument("curated", "") == "1"
        self.answer(await self.ask(lambda workspace: workspace.environments.list(name, curated=curated, **page)))


class EnvironmentHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        version = self.get_query_argument("version", None)
        self.answer(await self.ask(lambda workspace: workspace.environments.get(name, version)))
