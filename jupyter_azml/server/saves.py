"""Asking the pages that are open to save a notebook, so that a job runs what its user sees.

A page is told {"op": "save", "id": NUMBER, "path": PATH} and says {"op": "saved", "id": NUMBER, "result": RESULT}.
"""

import asyncio
import json
from contextlib import suppress
from itertools import count
from typing import Literal, Protocol, get_args

from pydantic import BaseModel

PATIENCE = 5.0
"""Seconds until the pages that have not answered are not waited for."""
PATIENCE_AFTER_ONE = 1.0
"""The same, once one page has saved it: another one may be asleep."""

Result = Literal["saved", "clean", "absent", "failed"]


class Saved(BaseModel):
    is_saved: bool
    """Whether what the pages show is what the file holds."""
    pages: int
    """How many have the notebook open, or did not say."""


class Page(Protocol):
    def push(self, messages: list[str]) -> None: ...


class _Request:
    def __init__(self, pages: set[Page]) -> None:
        self.silent = pages
        self.results: list[Result] = []
        self.changed = asyncio.Event()


class Saves:
    def __init__(self) -> None:
        self._pages: set[Page] = set()
        self._requests: dict[int, _Request] = {}
        self._numbers = count(1)

    def join(self, page: Page) -> None:
        self._pages.add(page)

    def leave(self, page: Page) -> None:
        self._pages.discard(page)
        for request in self._requests.values():
            request.silent.discard(page)
            request.changed.set()

    async def ask(self, path: str) -> Saved:
        """``path`` as the contents API names it."""
        number, request = next(self._numbers), _Request(set(self._pages))
        self._requests[number] = request
        try:
            for page in self._pages:
                page.push([json.dumps({"op": "save", "id": number, "path": path})])
            await self._wait(request)
        finally:
            del self._requests[number]
        open_there = [result for result in request.results if result != "absent"]
        is_saved = bool(open_there) and "failed" not in open_there
        return Saved(is_saved=is_saved, pages=len(open_there) + (0 if is_saved else len(request.silent)))

    def hear(self, page: Page, number: int, result: Result) -> None:
        request = self._requests.get(number)
        if request and page in request.silent and result in get_args(Result):
            request.silent.discard(page)
            request.results.append(result)
            request.changed.set()

    async def _wait(self, request: _Request) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while request.silent and loop.time() < end:
            request.changed.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(request.changed.wait(), end - loop.time())
            if "saved" in request.results:
                end = min(end, loop.time() + PATIENCE_AFTER_ONE)
