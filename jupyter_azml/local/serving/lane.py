"""The queue before one deployment: so many requests at once, and the others wait, but not for long."""

import asyncio
from collections import deque
from typing import NamedTuple

MOST_WAITING = 2000
AHEAD = 0.05
"""Seconds of work that may wait at the server itself, so that it never waits for the next request. Whichever of its
workers is free takes the next one from there, and what is there when it ends is sent again.
"""
MOST_AHEAD = 15
"""Requests for each slot."""
_FORGETTING = 1.02
OUTAGE = 15.0
"""Seconds that requests wait for a model server that has ended and is being started again."""
_LOOK = 0.1


class _Place(NamedTuple):
    since: float
    patience: float
    turn: asyncio.Future[bool]


class Lane:
    def __init__(self) -> None:
        self._slots = 1
        self._taken = 0
        self._waiting: deque[_Place] = deque()
        self._watch: asyncio.TimerHandle | None = None
        """One for all that wait, who come and lose their patience in the same order."""
        self._quickest = 0.0
        """Seconds that an answer takes at least; 0 before the first one."""
        self._up_since = 0.0
        """When the first answer came after an outage: those who wait are patient from then on."""
        self.is_down = False
        """Whether nobody listened when it was last tried, and nobody has answered since."""

    def resize(self, slots: int) -> None:
        self._slots = slots
        self._let_in()

    @property
    def taken(self) -> int:
        """Requests with the server."""
        return self._taken

    def took(self, seconds: float, among: int) -> None:
        """What an answer took that was one ``among`` so many at the server. Those before it had to be answered first,
        so that the model needs a part of it. The quickest of late counts, as the others may have waited for a core.
        """
        if self.is_down:
            self.is_down, self._up_since = False, asyncio.get_running_loop().time()
        seconds *= min(1, self._slots / among)
        self._quickest = min(seconds, self._quickest * _FORGETTING) if self._quickest else seconds

    async def enter(self, seconds: float) -> bool:
        """Whether there was a place within that time. While the server is away it is not the queue that is long."""
        if self._taken < self.places:
            self._taken += 1
            return True
        if len(self._waiting) >= MOST_WAITING:
            return False
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[bool] = loop.create_future()
        self._waiting.append(_Place(loop.time(), seconds, turn))
        if self._watch is None:
            self._watch = loop.call_later(seconds, self._dismiss, loop)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.result():
                self.leave()
            raise

    def leave(self) -> None:
        self._taken -= 1
        self._let_in()

    @property
    def places(self) -> int:
        """How many may be there."""
        ahead = min(AHEAD / self._quickest, MOST_AHEAD) if self._quickest else 0
        return int(self._slots * (1 + ahead))

    def _let_in(self) -> None:
        while self._waiting and self._taken < self.places:
            turn = self._waiting.popleft().turn
            if not turn.done():
                self._taken += 1
                turn.set_result(True)

    def _dismiss(self, loop: asyncio.AbstractEventLoop) -> None:
        """Tells those who have waited for long enough."""
        self._watch, now = None, loop.time()
        while self._waiting:
            place = self._waiting[0]
            if self.is_down:
                rest = place.since + OUTAGE - now
            else:
                rest = max(place.since, self._up_since) + place.patience - now
            if not place.turn.done() and rest > 0:
                self._watch = loop.call_later(min(rest, _LOOK) if self.is_down else rest, self._dismiss, loop)
                return
            self._waiting.popleft()
            if not place.turn.done():
                place.turn.set_result(False)
