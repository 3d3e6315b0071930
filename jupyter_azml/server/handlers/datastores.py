"""Datastores and their files; what is uploaded is never in memory."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated, stream_request_body

from ...entities import File
from ...errors import UsageError
from ...language import _
from .base import AzmlHandler

LARGEST = 64 * 1024**3
"""Bytes of one upload; what is larger is for the command line."""


class DatastoresHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self) -> None:
        page = self.paging()
        self.answer(await self.ask(lambda workspace: workspace.datastores.list(**page)))


@stream_request_body
class FilesInStoreHandler(AzmlHandler):
    """``?path=folder`` lists, page by page; PUT to ``?path=folder/file&overwrite=true`` puts a file there."""

    _arriving: Any = None

    async def prepare(self) -> None:  # type: ignore[override]  # as APIHandler's own
        # Who may not, uploads nothing: the base class finds out who it is, and checks the token against forgery.
        await super().prepare()
        if self.request.method == "PUT":
            await self._begin()  # type: ignore[misc]  # what authorized makes of it is a coroutine

    async def data_received(self, chunk: bytes) -> None:
        if self._arriving is not None:
            await asyncio.to_thread(self._arriving.write, chunk)

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        page, path = self.paging(), self.get_query_argument("path", "")
        self.answer(await self.ask(lambda workspace: workspace.datastores.browse(name, path, **page)))

    @authenticated
    @authorized
    async def put(self, name: str) -> None:
        path, overwrite = self._asked_path(), self.get_query_argument("overwrite", "") == "true"
        await asyncio.to_thread(self._arriving.flush)
        source = Path(self._arriving.name)
        await self.ask(lambda workspace: workspace.datastores.upload(name, source, path, overwrite=overwrite))
        self.answer(File(path=path, is_folder=False, size=source.stat().st_size), status=201)

    @authenticated
    @authorized
    async def delete(self, name: str) -> None:
        path = self._asked_path()
        await self.ask(lambda workspace: workspace.datastores.remove(name, path))
        self.set_status(204)
        self.finish()

    def on_finish(self) -> None:
        self._forget()
        super().on_finish()

    def on_connection_close(self) -> None:
        self._forget()
        super().on_connection_close()

    @authenticated
    @authorized
    async def _begin(self) -> None:
        self.request.connection.set_max_body_size(LARGEST)  # type: ignore[union-attr]  # of HTTP/1
        self._arriving = tempfile.NamedTemporaryFile(prefix="azml-upload-")  # noqa: SIM115 - on_finish closes it

    def _forget(self) -> None:
        if self._arriving is not None:
            self._arriving.close()
            self._arriving = None

    def _asked_path(self) -> str:
        path = self.get_query_argument("path", "").strip("/")
        if not path:
            raise UsageError(_("Which file? Its path is missing."), _("Say ?path=folder/file."))
        return path
