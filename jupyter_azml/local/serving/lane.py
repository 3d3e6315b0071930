"""The queue before one deployment: so many requests at once, and the others wait, but not for long."""

import asyncio
from collections import deque

MOST_WAITING = 2000
QUICK = 0.05
"""Seconds."""
AHEAD = 2
OUTAGE = 15.0
"""Seconds that requests wait for a model server that has ended and is being started again."""
_LOOK = 0.1


class Lane:
    def __init__(self) -> None:
        self._slots = 1
        self._taken = 0
        self._waiting: deque[asyncio.Future[bool]] = deque()
        self._usual = 1.0
        self._is_quick = False
        self.is_down = False
        """Whether nobody listened when it was last tried, and nobody has answered since."""

    def resize(self, slots: int) -> None:
        self._slots = slots
        self._let_in()

    def took(self, seconds: float) -> None:
        """What an answer took: where it is little, the next request goes to the server ahead of its turn, so that the
        server does not wait for it.
        """
        self.is_down = False
        self._usual += (seconds - self._usual) * 0.1
        self._is_quick = self._usual < QUICK

    async def enter(self, seconds: float) -> bool:
        """Whether there was a place within that time. While the server is away it is not the queue that is long."""
        if self._taken < self._places:
            self._taken += 1
            return True
        if len(self._waiting) >= MOST_WAITING:
            return False
        loop = asyncio.get_running_loop()
        place: asyncio.Future[bool] = loop.create_future()
        patience = loop.time() + OUTAGE

        def give_up() -> None:
            if place.done():
                return
            if self.is_down and loop.time() < patience:
                loop.call_later(_LOOK + seconds, give_up)
            else:
                place.set_result(False)

        timer = loop.call_later(seconds, give_up)
        self._waiting.append(place)
        try:
            return await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled() and place.result():
                self.leave()
            raise
        finally:
            timer.cancel()

    def leave(self) -> None:
        self._taken -= 1
        self._let_in()

    @property
    def _places(self) -> int:
        return self._slots * AHEAD if self._is_quick else self._slots

    def _let_in(self) -> None:
        while self._waiting and self._taken < self._places:
            place = self._waiting.popleft()
            if not place.done():
                self._taken += 1
                place.set_result(True)
