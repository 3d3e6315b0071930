"""The workspace itself, its computes, its experiments."""

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from .base import AzmlHandler


class WorkspaceHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        self.answer(await self.ask(lambda workspace: workspace.info()))


class ComputesHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        page = self.paging()
        self.answer(await self.ask(lambda workspace: workspace.computes.list(**page)))


class ExperimentsHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        page = self.paging()
        self.answer(await self.ask(lambda workspace: workspace.experiments.list(**page)))
