"""Alerts that fire, told to every page that wants to know: one look for all pages, every few seconds."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from ..entities import Alert, AlertState
from ..errors import AzmlError
from ..language import spoken
from ..workspace import Connector

PERIOD = 5.0
"""Seconds, as between two looks of whoever watches the rules."""
AFTER_ERROR = 60.0
"""Where a workspace has no alerts, or cannot be asked."""
MOST = 1000


class AlertPage(Protocol):
    language: str | None

    def is_ready(self) -> bool: ...

    def push(self, messages: list[str]) -> None: ...


class AlertFeed:
    def __init__(self, connector: Connector, report: Callable[[BaseException], None]) -> None:
        self._connector = connector
        self._report = report
        self._told: dict[AlertPage, str] = {}
        self._task: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()

    def join(self, page: AlertPage) -> None:
        """It is told what fires now, and again whenever that changes."""
        self._told[page] = ""
        self._wake.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._serve())

    def leave(self, page: AlertPage) -> None:
        self._told.pop(page, None)
        self._wake.set()

    async def _serve(self) -> None:
        while self._told:
            self._wake.clear()
            pause = PERIOD
            for language in {page.language for page in self._told}:
                try:
                    with spoken(language):
                        said = await asyncio.to_thread(self._look)
                except AzmlError:
                    said, pause = _message([]), AFTER_ERROR
                except Exception as error:  # the next look may do better, and must not be missed
                    self._report(error)
                    pause = AFTER_ERROR
                    continue
                for page, before in list(self._told.items()):
                    if page.language == language and before != said and page.is_ready():
                        self._told[page] = said
                        page.push([said])
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), pause)

    def _look(self) -> str:
        monitoring = self._connector.workspace().monitoring
        found: list[Alert] = []
        continuation: str | None = None
        while True:
            page = monitoring.alerts(limit=MOST, continuation=continuation)
            found += [each for each in page.items if each.state is AlertState.FIRING]
            if (continuation := page.continuation) is None:
                return _message(found)


def _message(alerts: list[Alert]) -> str:
    return json.dumps({"op": "alerts", "alerts": [json.loads(each.model_dump_json()) for each in alerts]})
