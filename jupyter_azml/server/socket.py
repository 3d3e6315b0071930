"""One WebSocket a page: jobs are followed from a cursor, so a page can leave, come back and miss nothing.

A page says {"op": "subscribe", "jobs": {NAME: CURSOR}}, {"op": "unsubscribe", "jobs": [NAME]},
{"op": "list", "on": BOOL, "query": {…}}, each with an optional "language"; it is told
{"op": "events"|"jobs"|"error", …}. A query has the names of REST's ``GET /jobs``; "status" and "tag" are lists. A job
that the query no longer admits is told by name: {"op": "jobs", "jobs": […], "gone": [NAME]}.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import ensure_async
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from ..actions.job_query import job_query
from ..entities import Event, EventBatch, JobQuery, Page, StatusChanged
from ..errors import AzmlError, JobNotFound, UsageError
from ..language import _, spoken

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
        self._cursors: dict[str, str] = {}
        self._wants_list = False
        self._query = JobQuery()
        self._language: str | None = None
        self._told: dict[str, str] = {}
        self._wake = asyncio.Event()
        self._tasks = [asyncio.create_task(self._push_events()), asyncio.create_task(self._push_list())]
        for task in self._tasks:
            task.add_done_callback(self._stop_on_bug)

    async def on_message(self, message: str | bytes) -> None:
        try:
            said = json.loads(message)
            self._language = said.get("language", self._language)
            match said["op"]:
                case "subscribe":
                    for name, cursor in said["jobs"].items():
                        await self._subscribe(str(name), str(cursor))
                case "unsubscribe":
                    for name in said["jobs"]:
                        self._cursors.pop(str(name), None)
                case "list":
                    self._query = _query_of(said.get("query") or {}, self._language)
                    self._wants_list = bool(said["on"])
                    self._told = {}
                case other:
                    raise UsageError(
                        _("{name} is not something this socket does.", name=other), _("Reload the page and try again.")
                    )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            await self._tell_error(
                None,
                UsageError(
                    _("The message is not understood: {detail}", detail=repr(error)),
                    _("Reload the page and try again."),
                ),
            )
        except AzmlError as error:
            await self._tell_error(None, error)
        self._wake.set()

    def on_close(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _stop_on_bug(self, task: "asyncio.Task[None]") -> None:
        # The page connects again and goes on from its cursors, rather than wait for what never comes.
        if not task.cancelled() and (error := task.exception()):
            self.log.error("The live socket failed", exc_info=error)
            self.close(1011)

    async def _subscribe(self, name: str, cursor: str) -> None:
        try:
            await self._ask(lambda workspace: workspace.jobs.get(name))
            self._cursors[name] = cursor
        except AzmlError as error:
            await self._tell_error(name, error)

    async def _push_events(self) -> None:
        while True:
            if not self._cursors:
                await self._sleep(None)
                continue
            asked = dict(self._cursors)
            try:
                batch: EventBatch = await self._ask(lambda workspace, asked=asked: workspace.jobs.events(asked))
            except JobNotFound:
                # One that was removed meanwhile must not keep the others from being told of.
                await self._drop_removed(list(asked))
                continue
            except AzmlError as error:
                await self._tell_error(None, error)
                await self._sleep(LIST_PAUSE)
                continue
            for name in asked:
                await self._push_job(name, asked[name], batch)
            if not batch.events:
                await self._sleep(await self._pause())

    async def _drop_removed(self, names: list[str]) -> None:
        for name in names:
            try:
                await self._ask(lambda workspace, name=name: workspace.jobs.get(name))
            except JobNotFound as error:
                self._cursors.pop(name, None)
                await self._tell_error(name, error)

    async def _push_job(self, name: str, before: str, batch: EventBatch) -> None:
        # What arrived meanwhile counts: an unsubscribed job is not told of, one from another cursor starts there.
        if self._cursors.get(name) != before:
            return
        events = [event for event in batch.events if event.job.lower() == name.lower()]
        self._cursors[name] = batch.cursors[name]
        if events:
            dumped = [event.to_data() for event in events]
            cursor = batch.cursors[name]
            await self._tell({"op": "events", "job": name, "since": before, "cursor": cursor, "events": dumped})
        if any(_is_end(event) for event in events):
            self._cursors.pop(name, None)

    async def _push_list(self) -> None:
        while True:
            if not self._wants_list:
                await self._sleep(None)
                continue
            try:
                query = self._query
                page: Page[Any] = await self._ask(lambda workspace, query=query: workspace.jobs.list(query))
                if query is not self._query:
                    continue
                now = {job.name: job.model_dump_json() for job in page.items}
                changed = [json.loads(text) for name, text in now.items() if self._told.get(name) != text]
                gone = _gone(list(self._told), now, is_cut=page.continuation is not None)
                if changed or gone or not self._told:
                    await self._tell({"op": "jobs", "jobs": changed, **({"gone": gone} if gone else {})})
                self._told = now
            except AzmlError as error:
                await self._tell_error(None, error)
                await asyncio.sleep(LIST_PAUSE)
                continue
            await asyncio.sleep(max(LIST_PAUSE, await self._pause()))

    async def _pause(self) -> float:
        pause: float = await self._ask(lambda workspace: workspace.jobs.pause)
        return pause

    async def _ask(self, function: Callable[..., Answer]) -> Answer:
        connector = self.settings["azml_connector"]
        with spoken(self._language):
            return await asyncio.to_thread(lambda: function(connector.workspace()))

    async def _sleep(self, seconds: float | None) -> None:
        """Until the page says something, at most so long."""
        self._wake.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)

    async def _tell_error(self, job: str | None, error: AzmlError) -> None:
        await self._tell({"op": "error", "job": job, "error": error.to_dict()})

    async def _tell(self, message: dict[str, Any]) -> None:
        # Waiting for the write is the back-pressure: a slow page is sent less often, and larger pieces.
        try:
            await self.write_message(json.dumps(message))
        except WebSocketClosedError:
            self.on_close()


def _query_of(said: dict[str, Any], language: str | None) -> JobQuery:
    """Raises UsageError, TypeError for names that it does not know."""
    many: dict[str, Any] = {
        key: [said[name]] if isinstance(said[name], str) else said[name]
        for name, key in (("status", "statuses"), ("tag", "tags"))
        if name in said
    }
    with spoken(language):
        return job_query(**many, **{name: value for name, value in said.items() if name not in ("status", "tag")})


def _gone(before: list[str], now: Mapping[str, str], *, is_cut: bool) -> list[str]:
    """Who left the list; those at the end of a page that others follow may only have been pushed out by newer ones."""
    kept = [number for number, name in enumerate(before) if name in now]
    end = max(kept, default=-1) if is_cut else len(before)
    return [name for name in before[: max(end, 0)] if name not in now]


def _is_end(event: Event) -> bool:
    return isinstance(event, StatusChanged) and event.status.is_terminal
