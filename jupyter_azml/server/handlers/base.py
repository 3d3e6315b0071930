"""What every handler shares: who may, in which language, and the one shape of an error."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import ApiPath, to_os_path
from pydantic import BaseModel
from tornado.web import HTTPError

from ...errors import AzmlError, NotebookMissing, UsageError
from ...language import _, spoken
from ...workspace import Workspace
from ..patience import in_own_thread

Answer = TypeVar("Answer")
Body = TypeVar("Body", bound=BaseModel)


class AzmlHandler(APIHandler):
    auth_resource = "jupyter_azml"

    async def ask(self, function: Callable[[Workspace], Answer]) -> Answer:
        """Calls the port in a thread: nothing may block the event loop. The thread speaks the page's language."""
        connector = self.settings["azml_connector"]
        return await self.think(lambda: function(connector.workspace()))

    async def ask_patiently(self, function: Callable[[Workspace], Answer]) -> Answer:
        """The same for what may take minutes: nobody else has to wait for it."""
        connector = self.settings["azml_connector"]
        return await self.think_patiently(lambda: function(connector.workspace()))

    async def think_patiently(self, function: Callable[[], Answer]) -> Answer:
        """The same for what needs no workspace, or another one."""
        with spoken(self.page_language()):
            return await in_own_thread(function)

    async def think(self, function: Callable[[], Answer]) -> Answer:
        """The same for what needs no workspace."""
        with spoken(self.page_language()):
            return await asyncio.to_thread(function)

    def answer(self, entity: BaseModel, status: int = 200) -> None:
        self.set_status(status)
        # Reasons are put into words when they are written.
        with spoken(self.page_language()):
            self.finish(entity.model_dump_json())

    def body_as(self, model: type[Body]) -> Body:
        """Raises UsageError, naming the field."""
        with spoken(self.page_language()):
            try:
                return model.model_validate_json(self.request.body)
            except ValueError as error:
                faults = error.errors() if hasattr(error, "errors") else [{"loc": (), "msg": str(error)}]
                told = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults)
                raise UsageError(
                    _("The request is not understood: {detail}", detail=told), _("Reload the page and try again.")
                ) from error

    def on_disk(self, path: str) -> Path:
        """Of a path as the contents API names it. Raises NotebookMissing."""
        root = Path(self.contents_manager.root_dir).absolute()
        found = Path(to_os_path(ApiPath(path), str(root)))
        if ".." in found.parts or not found.is_relative_to(root):
            raise NotebookMissing(
                _("{path} is not below Jupyter's folder.", path=path),
                _("Check the path: it is read from {folder}.", folder=root),
            )
        return found

    def paging(self) -> dict[str, Any]:
        limit = self.get_query_argument("limit", "50")
        if not limit.isdigit() or not 1 <= int(limit) <= 1000:
            raise UsageError(
                _("limit must be a number from 1 to 1000, not {value}.", value=limit),
                _("Reload the page and try again."),
            )
        return {"limit": int(limit), "continuation": self.get_query_argument("continuation", None)}

    def page_language(self) -> str | None:
        first = self.request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
        return first or None

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        self.set_header("Content-Type", "application/json")
        error = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(error, AzmlError):
            self.set_status(error.http_status)
            self.finish(json.dumps(error.to_dict()))
            return
        is_bug = not isinstance(error, HTTPError)
        with spoken(self.page_language()):
            hint = _("This is a bug in jupyter_azml: the server's log has the details.") if is_bug else ""
        said = getattr(error, "log_message", None) or self._reason
        self.finish(json.dumps({"code": type(error).__name__, "message": str(said), "hint": hint}))

    def log_exception(self, *exc_info: Any) -> None:
        # An expected error is the user's to read, not a stack in the server's log.
        if not isinstance(exc_info[1], AzmlError):
            super().log_exception(*exc_info)
