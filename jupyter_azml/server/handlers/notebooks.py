"""Notebooks of the server's own files: what they can be given, and whether they are saved."""

from jupyter_server.auth.decorator import authorized
from pydantic import BaseModel, ConfigDict
from tornado.web import authenticated

from ...actions.notebook_parameters import notebook_parameters
from ..saves import Saves
from .base import AzmlHandler


class SaveRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    path: str
    """The notebook, as the contents API names it."""


class ParametersHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        path = self.on_disk(self.get_query_argument("path"))
        self.answer(await self.think(lambda: notebook_parameters(path)))


class SaveHandler(AzmlHandler):
    @authenticated
    @authorized
    async def post(self) -> None:
        request = self.body_as(SaveRequest)
        saves: Saves = self.settings["azml_saves"]
        self.answer(await saves.ask(request.path.strip("/")))
