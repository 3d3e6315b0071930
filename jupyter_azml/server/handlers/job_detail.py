"""What the page shows of one job: its cells, logs, code, files and lineage."""

import asyncio
import json
from pathlib import Path
from typing import BinaryIO

from jupyter_server.auth.decorator import authorized
from tornado.iostream import StreamClosedError
from tornado.web import authenticated

from ...actions.compare_snapshot import compare_file, compare_snapshot
from ...actions.read_cells import read_cells
from ...actions.read_log import STD_LOG, read_log
from ...actions.trace_job import trace_job
from ...entities import NotebookSpec
from ...errors import UsageError
from ...language import _, spoken
from ..download import CHUNK, disposition
from .base import AzmlHandler


class DetailHandler(AzmlHandler):
    def number(self, name: str, text: str) -> int | None:
        """None where it is not said. Raises UsageError."""
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 16):
            with spoken(self.page_language()):
                raise UsageError(
                    _("{name} must be a whole number, not {value}.", name=name, value=text[:50]),
                    _("Reload the page and try again."),
                )
        return int(text)


class CellsHandler(DetailHandler):
    """``?first=12``: from the cell of that index on; those before it are as they were."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        first = self.number("first", self.get_query_argument("first", "")) or 0
        self.answer(await self.ask(lambda workspace: read_cells(workspace, name, first)))


class LogHandler(DetailHandler):
    """``?path=logs/user_logs/std_log.txt&start=BYTE``; without ``start`` the last part, or that before ``end``."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        path = self.get_query_argument("path", STD_LOG)
        start = self.number("start", self.get_query_argument("start", ""))
        end = self.number("end", self.get_query_argument("end", ""))
        self.answer(await self.ask(lambda workspace: read_log(workspace, name, path, start=start, end=end)))


class LineageHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        self.answer(await self.ask(lambda workspace: trace_job(workspace, name)))


class SnapshotChangesHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        self.answer(await self.ask(lambda workspace: compare_snapshot(workspace, name)))


class SnapshotFileHandler(AzmlHandler):
    """``?path=train.py``: the file as it travelled, and how it has changed since."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        path = self.get_query_argument("path", strip=False)
        self.answer(await self.ask(lambda workspace: compare_file(workspace, name, path)))


class OriginHandler(AzmlHandler):
    """The notebook that was submitted, as the contents API names it; null where it is not among the server's files."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        job = await self.ask(lambda workspace: workspace.jobs.get(name))
        root = Path(self.contents_manager.root_dir).absolute()
        found = Path(job.spec.code) / job.spec.notebook if isinstance(job.spec, NotebookSpec) else None
        is_here = found is not None and found.is_relative_to(root) and found.is_file()
        self.finish(json.dumps({"path": found.relative_to(root).as_posix() if found and is_here else None}))


class DownloadHandler(AzmlHandler):
    """``?path=outputs/model.pkl``: the file itself, piece by piece."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        path = self.get_query_argument("path", strip=False)
        file: BinaryIO = await self.ask(lambda workspace: workspace.jobs.open(name, path))
        with file:
            self.set_header("Content-Type", "application/octet-stream")
            self.set_header("Content-Disposition", disposition(path.rpartition("/")[2]))
            self.set_header("X-Content-Type-Options", "nosniff")
            while piece := await asyncio.to_thread(file.read, CHUNK):
                self.write(piece)
                try:
                    await self.flush()
                except StreamClosedError:
                    return
        await self.finish()
