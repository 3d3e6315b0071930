"""Experiments: the names under which jobs are grouped."""

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from .base import AzmlHandler


class ExperimentsHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        page = self.paging()
        self.answer(await self.ask(lambda workspace: workspace.experiments.list(**page)))
