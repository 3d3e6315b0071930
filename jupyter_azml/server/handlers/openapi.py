"""What this API is, for tools and people."""

from pathlib import Path

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from .base import AzmlHandler

DOCUMENT = Path(__file__).parents[1] / "openapi.json"
"""Written by ``make fix``."""


class OpenapiHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        self.finish(await self.think(DOCUMENT.read_bytes))
