"""Notebooks of the server's own files: what they can be given, and whether they are saved."""

import json

from jupyter_server.auth.decorator import authorized
from pydantic import BaseModel, ConfigDict, JsonValue
from tornado.web import authenticated

from ...actions.notebook_parameters import notebook_parameters, unsaved_parameters
from ...actions.preview_snapshot import preview_snapshot
from ..saves import Saves
from .base import AzmlHandler


class SaveRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    path: str
    """The notebook, as the contents API names it."""


class UnsavedNotebook(BaseModel):
    model_config = ConfigDict(extra="forbid")

    path: str
    notebook: dict[str, JsonValue]
    """Its JSON, as a page shows it."""


class ParametersHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        path = self.on_disk(self.get_query_argument("path"))
        self.answer(await self.think(lambda: notebook_parameters(path)))

    @authenticated
    @authorized
    async def post(self) -> None:
        shown = self.body_as(UnsavedNotebook)
        path = self.on_disk(shown.path)
        self.answer(await self.think(lambda: unsaved_parameters(path, json.dumps(shown.notebook))))


class TravellingHandler(AzmlHandler):
    """``?path=deep/train.ipynb``: what would travel with the notebook, and what would not."""

    @authenticated
    @authorized
    async def get(self) -> None:
        path = self.on_disk(self.get_query_argument("path"))
        self.answer(await self.think(lambda: preview_snapshot(path)))


class SaveHandler(AzmlHandler):
    @authenticated
    @authorized
    async def post(self) -> None:
        request = self.body_as(SaveRequest)
        saves: Saves = self.settings["azml_saves"]
        self.answer(await saves.ask(request.path.strip("/")))
