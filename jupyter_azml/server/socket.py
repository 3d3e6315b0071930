"""One WebSocket a page: jobs are followed from a cursor, so a page can leave, come back and miss nothing.

A page says {"op": "subscribe", "jobs": {NAME: CURSOR}}, {"op": "unsubscribe", "jobs": [NAME]},
{"op": "list", "on": BOOL, "query": {…}}, each with an optional "language"; it is told
{"op": "events"|"jobs"|"error", …}, or a list of these. A query has the names of REST's ``GET /jobs``; "status" and
"tag" are lists. A job that the query no longer admits is told by name: {"op": "jobs", "jobs": […], "gone": [NAME]}.
{"op": "alerts", "on": BOOL} asks for the alerts that fire: {"op": "alerts", "alerts": […]}, all, whenever that changes.
What pages are asked to save is in ``saves.py``, and what they are told of alerts in ``alerts.py``.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import ensure_async
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from ..actions.job_query import job_query
from ..entities import JobQuery
from ..errors import AzmlError, UsageError
from ..language import _, spoken
from ..workspace import Workspace
from .alerts import AlertFeed
from .feed import Feed, Subscription
from .saves import Saves

LIST_PAUSE = 1.0

Answer = TypeVar("Answer")


class LiveSocket(JupyterHandler, WebSocketHandler):
    auth_resource = "jupyter_azml"
    ping_interval = 30

    async def prepare(self) -> None:  # type: ignore[override]  # tornado calls it without arguments
        # Whoever is not signed in gets 403, not a redirect to a login page that a socket cannot show.
        await super().prepare(_redirect_to_login=False)

    @ws_authenticated
    async def get(self, *args: Any, **kwargs: Any) -> None:
        allowed = self.authorizer.is_authorized(self, self.current_user, "read", self.auth_resource)
        if not await ensure_async(allowed):
            raise HTTPError(403)
        opened = super().get(*args, **kwargs)
        if opened is not None:
            await opened

    def open(self) -> None:
        self.subscriptions: dict[str, Subscription] = {}
        self.language: str | None = None
        self._wants_list = False
        self._query = JobQuery()
        self._told: dict[str, str] = {}
        self._wake = asyncio.Event()
        self._written: asyncio.Future[None] | None = None
        self._listing = asyncio.create_task(self._push_list())
        self._listing.add_done_callback(self._stop_on_bug)
        self._feed.join(self)
        self._saves.join(self)

    async def on_message(self, message: str | bytes) -> None:
        try:
            said = json.loads(message)
            if "language" in said:
                self.language = _text(said["language"])
            match said["op"]:
                case "subscribe":
                    for name, cursor in said["jobs"].items():
                        self.subscriptions[_text(name)] = Subscription(_text(cursor))
                    self._feed.look()
                case "unsubscribe":
                    for name in said["jobs"]:
                        self.subscriptions.pop(str(name), None)
                case "list":
                    self._query = _query_of(said.get("query") or {}, self.language)
                    self._wants_list = bool(said["on"])
                    self._told = {}
                case "alerts":
                    (self._alerts.join if said["on"] else self._alerts.leave)(self)
                case "saved":
                    self._saves.hear(self, said["id"], said["result"])
                case other:
                    raise UsageError(
                        _("{name} is not something this socket does.", name=other), _("Reload the page and try again.")
                    )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            refusal = UsageError(
                _("The message is not understood: {detail}", detail=repr(error)), _("Reload the page and try again.")
            )
            self.tell_error(None, refusal)
        except AzmlError as error:
            self.tell_error(None, error)
        self._wake.set()

    def on_close(self) -> None:
        self._feed.leave(self)
        self._alerts.leave(self)
        self._saves.leave(self)
        self._listing.cancel()

    def is_ready(self) -> bool:
        # A write is done when the network has taken it: a slow page is sent less often.
        return self._written is None or self._written.done()

    def push(self, messages: list[str]) -> None:
        self._write(messages[0] if len(messages) == 1 else f"[{','.join(messages)}]")

    def tell_error(self, job: str | None, error: AzmlError) -> None:
        self._write(json.dumps({"op": "error", "job": job, "error": error.to_dict()}))

    @property
    def _feed(self) -> Feed:
        feed: Feed = self.settings["azml_feed"]
        return feed

    @property
    def _alerts(self) -> AlertFeed:
        alerts: AlertFeed = self.settings["azml_alerts"]
        return alerts

    @property
    def _saves(self) -> Saves:
        saves: Saves = self.settings["azml_saves"]
        return saves

    def _stop_on_bug(self, task: "asyncio.Task[None]") -> None:
        # The page connects again and goes on from its cursors, rather than wait for what never comes.
        if not task.cancelled() and (error := task.exception()):
            self.log.error("The live socket failed", exc_info=error)
            self.close(1011)

    async def _push_list(self) -> None:
        while True:
            if not self._wants_list:
                await self._sleep(None)
                continue
            try:
                query = self._query
                now, is_cut = await self._ask(partial(_listed, query))
                if query is not self._query:
                    continue
                changed = [json.loads(text) for name, text in now.items() if self._told.get(name) != text]
                gone = _gone(list(self._told), now, is_cut=is_cut)
                if changed or gone or not self._told:
                    message = {"op": "jobs", "jobs": changed, **({"gone": gone} if gone else {})}
                    await self.write_message(json.dumps(message))
                self._told = now
            except WebSocketClosedError:
                return
            except AzmlError as error:
                self.tell_error(None, error)
                await asyncio.sleep(LIST_PAUSE)
                continue
            await asyncio.sleep(max(LIST_PAUSE, await self._pause()))

    async def _pause(self) -> float:
        pause: float = await self._ask(lambda workspace: workspace.jobs.pause)
        return pause

    async def _ask(self, function: Callable[..., Answer]) -> Answer:
        connector = self.settings["azml_connector"]
        with spoken(self.language):
            return await asyncio.to_thread(lambda: function(connector.workspace()))

    async def _sleep(self, seconds: float | None) -> None:
        """Until the page says something, at most so long."""
        self._wake.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)

    def _write(self, text: str) -> None:
        try:
            self._written = asyncio.ensure_future(self.write_message(text))
            self._written.add_done_callback(_ignore_closing)
        except WebSocketClosedError:
            self.on_close()


def _text(said: Any) -> str:
    """Raises TypeError, ValueError for what is no text: half a character that JSON can spell."""
    if not isinstance(said, str):
        raise TypeError(said)
    said.encode()
    return said


def _query_of(said: dict[str, Any], language: str | None) -> JobQuery:
    """Raises UsageError, TypeError for names that it does not know."""
    many: dict[str, Any] = {
        key: [said[name]] if isinstance(said[name], str) else said[name]
        for name, key in (("status", "statuses"), ("tag", "tags"))
        if name in said
    }
    with spoken(language):
        return job_query(**many, **{name: value for name, value in said.items() if name not in ("status", "tag")})


def _listed(query: JobQuery, workspace: Workspace) -> tuple[dict[str, str], bool]:
    """Each job as it is told, in the words of whoever asks; and whether others follow."""
    page = workspace.jobs.list(query)
    return {job.name: job.model_dump_json() for job in page.items}, page.continuation is not None


def _gone(before: list[str], now: Mapping[str, str], *, is_cut: bool) -> list[str]:
    """Who left the list; those at the end of a page that others follow may only have been pushed out by newer ones."""
    kept = [number for number, name in enumerate(before) if name in now]
    end = max(kept, default=-1) if is_cut else len(before)
    return [name for name in before[: max(end, 0)] if name not in now]


def _ignore_closing(written: "asyncio.Future[None]") -> None:
    # The page has left while it was being told something: on_close knows.
    if not written.cancelled():
        written.exception()
