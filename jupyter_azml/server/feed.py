"""One look at every job that some page follows, many times a second, whatever the number of pages.

Nothing is queued: a page that has not taken what it was sent is left alone, and told the story since its own cursor
when it has, in fewer points and less output. So memory is bounded, and ends and last values are never lost.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple, Protocol, TypeVar

from ..entities import Event, StatusChanged
from ..errors import AzmlError, JobNotFound, WorkspaceDamaged
from ..language import _, spoken
from ..workspace import Connector, Workspace
from .detail import lessened

AFTER_ERROR = 1.0
"""Seconds."""

Answer = TypeVar("Answer")


class Subscription:
    """How far a page is with one job."""

    def __init__(self, cursor: str) -> None:
        self.cursor = cursor
        self.told = cursor
        """What the page knows of it: where nothing happened it is told nothing."""


class Page(Protocol):
    subscriptions: dict[str, Subscription]
    language: str | None

    def is_ready(self) -> bool:
        """It has taken everything that it was sent."""

    def push(self, messages: list[str]) -> None: ...

    def tell_error(self, job: str | None, error: AzmlError) -> None: ...

    def close(self, code: int) -> None: ...


class News(NamedTuple):
    cursor: str
    events: str
    """JSON; empty when nothing happened."""
    is_end: bool


Listeners = list[tuple[Page, Subscription]]


class Feed:
    def __init__(self, connector: Connector, report: Callable[[BaseException], None]) -> None:
        """``report`` is handed what must not happen."""
        self._connector = connector
        self._report = report
        self._pages: set[Page] = set()
        self._task: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()

    def join(self, page: Page) -> None:
        self._pages.add(page)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._serve())
            self._task.add_done_callback(self._stop_on_bug)

    def leave(self, page: Page) -> None:
        self._pages.discard(page)
        self._wake.set()

    def tell(self, message: dict[str, Any]) -> None:
        """To every page that is connected."""
        for page in list(self._pages):
            page.push([json.dumps(message)])

    def look(self) -> None:
        """At once: a page asked for something."""
        self._wake.set()

    async def _serve(self) -> None:
        await asyncio.to_thread(import_module, "numpy")  # no long course has to wait for it
        while self._pages:
            self._wake.clear()
            following = [page for page in self._pages if page.subscriptions]
            if not following:
                await self._wake.wait()
                continue
            ready = [page for page in following if page.is_ready()]
            for language in {page.language for page in ready}:
                await self._tell([page for page in ready if page.language == language], language)
            pause = await self._ask(None, lambda workspace: workspace.jobs.pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), pause)

    async def _tell(self, pages: list[Page], language: str | None) -> None:
        messages: dict[Page, list[str]] = defaultdict(list)
        for cursors, listeners in _rounds(pages):
            try:
                found = await self._ask(language, partial(news_of, cursors=cursors))
            except Exception as error:
                if isinstance(error, AzmlError) and not isinstance(error, JobNotFound):
                    for page in pages:
                        page.tell_error(None, error)
                    await asyncio.sleep(AFTER_ERROR)
                    return
                # One that was removed, or is damaged, must not keep the others from being told of.
                await self._drop_failing(cursors, listeners, language)
                continue
            for name, news in found.items():
                for page, subscription in listeners[name]:
                    # What arrived meanwhile counts: unsubscribed, or subscribed anew from another cursor.
                    if page.subscriptions.get(name) is subscription:
                        _deliver(name, news, page, subscription, messages)
        for page, texts in messages.items():
            page.push(texts)

    async def _drop_failing(
        self, cursors: dict[str, str], listeners: dict[str, Listeners], language: str | None
    ) -> None:
        for name, cursor in cursors.items():
            try:
                await self._ask(language, partial(news_of, cursors={name: cursor}))
            except Exception as error:
                if not isinstance(error, AzmlError):
                    self._report(error)
                told = error if isinstance(error, AzmlError) else _damaged(name, error)
                for page, _subscription in listeners[name]:
                    page.subscriptions.pop(name, None)
                    page.tell_error(name, told)

    async def _ask(self, language: str | None, function: Callable[[Workspace], Answer]) -> Answer:
        """In a thread: nothing may block the event loop."""
        with spoken(language):
            return await asyncio.to_thread(lambda: function(self._connector.workspace()))

    def _stop_on_bug(self, task: "asyncio.Task[None]") -> None:
        # The pages connect again and go on from their cursors, rather than wait for what never comes.
        if not task.cancelled() and (error := task.exception()):
            self._report(error)
            for page in list(self._pages):
                page.close(1011)
            self._pages.clear()


def news_of(workspace: Workspace, cursors: dict[str, str]) -> dict[str, News]:
    """Raises JobNotFound for any of them, WorkspaceError."""
    batch = workspace.jobs.events(cursors, brief=True)
    told: dict[str, list[Event]] = defaultdict(list)
    for event in batch.events:
        told[event.job.lower()].append(event)
    return {name: _news(told[name.lower()], batch.cursors[name]) for name in cursors}


def _news(events: list[Event], cursor: str) -> News:
    dumped = ",".join(event.model_dump_json() for event in lessened(events))
    return News(cursor, dumped, any(isinstance(event, StatusChanged) and event.status.is_terminal for event in events))


def _damaged(name: str, error: Exception) -> AzmlError:
    return WorkspaceDamaged(
        _("The job {name} cannot be followed: {detail}", name=name, detail=f"{type(error).__name__}: {error}"),
        _("This is a bug in jupyter_azml: the server's log has the details."),
    )


def _rounds(pages: list[Page]) -> Iterator[tuple[dict[str, str], dict[str, Listeners]]]:
    """Questions with one cursor a job: where two pages are not equally far, there are two."""
    waiting: dict[str, dict[str, Listeners]] = defaultdict(lambda: defaultdict(list))
    for page in pages:
        for name, subscription in page.subscriptions.items():
            waiting[name][subscription.cursor].append((page, subscription))
    while waiting:
        taken = {name: at.popitem() for name, at in waiting.items()}
        waiting = {name: at for name, at in waiting.items() if at}
        yield (
            {name: cursor for name, (cursor, _listeners) in taken.items()},
            {name: listeners for name, (_cursor, listeners) in taken.items()},
        )


def _deliver(name: str, news: News, page: Page, subscription: Subscription, messages: dict[Page, list[str]]) -> None:
    subscription.cursor = news.cursor
    if news.events:
        head = json.dumps({"op": "events", "job": name, "since": subscription.told, "cursor": news.cursor})
        messages[page].append(f'{head[:-1]}, "events": [{news.events}]}}')
        subscription.told = news.cursor
    if news.is_end:
        page.subscriptions.pop(name, None)
