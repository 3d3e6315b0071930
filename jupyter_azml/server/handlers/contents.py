"""The files of jobs in the form of Jupyter's contents API, read-only: JupyterLab mounts it as the drive ``azml:``.

Paths are ``JOB/path/in/job``.
"""

import base64
import json
import mimetypes
from datetime import UTC, datetime
from typing import Any

import nbformat
from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from ...entities import File
from ...errors import FileNotInJob, NotebookInvalid, NotSupported
from ...language import _
from ...workspace import Workspace
from .base import AzmlHandler

MOST_BYTES = 100 * 1024 * 1024


class ContentsHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, path: str | None) -> None:
        wanted = (path or "").strip("/")
        with_content = self.get_query_argument("content", "1") != "0"
        kind = self.get_query_argument("type", None)
        text_format = self.get_query_argument("format", None)
        model = await self.ask(lambda workspace: read_model(workspace, wanted, with_content, kind, text_format))
        self.finish(json.dumps(model))

    @authenticated
    @authorized
    async def put(self, path: str | None) -> None:
        raise NotSupported(
            _("What a job left behind cannot be changed."),
            _("Save a copy in your own folder: File > Save Notebook As."),
        )

    post = patch = delete = put


class CheckpointsHandler(AzmlHandler):
    @authenticated
    @authorized
    async def get(self, path: str | None) -> None:
        self.finish("[]")


def read_model(
    workspace: Workspace, path: str, with_content: bool, kind: str | None, text_format: str | None
) -> dict[str, Any]:
    """Raises JobNotFound, FileNotInJob."""
    job, _slash, inside = path.partition("/")
    if not job:
        return _model(File(path="", is_folder=True), "", "directory", "json", [] if with_content else None)
    file = _find(workspace, job, inside)
    if file.is_folder:
        listed = workspace.jobs.files(job, inside).items if with_content else ()
        items = [_listed(entry, job) for entry in listed]
        return _model(file, path, "directory", "json", items if with_content else None)
    if not with_content:
        return _listed(file, job)
    if file.size > MOST_BYTES:
        raise FileNotInJob(
            _("{path} is too large to open here: {size} MB.", path=inside, size=file.size // 1024**2),
            _("It is among the job's outputs on disk: azml job show {name}", name=job),
        )
    with workspace.jobs.open(job, inside) as opened:
        data = opened.read()
    if kind == "notebook" or (kind is None and path.endswith(".ipynb")):
        return _model(file, path, "notebook", "json", _notebook(data, inside))
    try:
        if text_format == "base64":
            raise ValueError
        return _model(file, path, "file", "text", data.decode("utf-8"))
    except ValueError:
        return _model(file, path, "file", "base64", base64.b64encode(data).decode("ascii"))


def _notebook(data: bytes, path: str) -> Any:
    try:
        return nbformat.reads(data.decode("utf-8"), as_version=4)
    except ValueError as error:
        raise NotebookInvalid(
            _("{path} is not a valid notebook: {detail}", path=path, detail=str(error).partition("\n")[0][:200]),
            _("It may be half written: try again in a moment."),
        ) from error


def _find(workspace: Workspace, job: str, inside: str) -> File:
    if not inside:
        workspace.jobs.get(job)
        return File(path="", is_folder=True)
    parent = inside.rpartition("/")[0]
    continuation: str | None = None
    while True:
        page = workspace.jobs.files(job, parent, continuation=continuation)
        if found := next((file for file in page.items if file.path == inside), None):
            return found
        if page.continuation is None:
            raise FileNotInJob(
                _("The job {name} has no file {path}.", name=job, path=inside),
                _("See what it has with: azml job show {name}", name=job),
            )
        continuation = page.continuation


def _listed(file: File, job: str) -> dict[str, Any]:
    kind = "directory" if file.is_folder else "notebook" if file.path.endswith(".ipynb") else "file"
    return _model(file, f"{job}/{file.path}", kind, None, None)


def _model(file: File, path: str, kind: str, text_format: str | None, content: Any) -> dict[str, Any]:
    moment = (file.modified or datetime.now(UTC)).isoformat()
    is_file = kind == "file"
    return {
        "name": path.rpartition("/")[2],
        "path": path,
        "type": kind,
        "format": text_format if content is not None else None,
        "mimetype": (mimetypes.guess_type(path)[0] or "text/plain") if is_file and content is not None else None,
        "content": content,
        "writable": False,
        "created": moment,
        "last_modified": moment,
        "size": None if file.is_folder else file.size,
    }
