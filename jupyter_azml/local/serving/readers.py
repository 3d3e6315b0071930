"""Waiting until sockets of model servers can be read: one entry of the loop's for all of them.

Each is read once or twice and closed. A loop is made for sockets that stay: with uvloop, adding one and removing it are
eight system calls and two objects, an eighth of what the gateway does for a request.
"""

import asyncio
import select
import sys
from collections.abc import Callable


class Readers:
    """Those of the running loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._reads: dict[int, Callable[[], None]] = {}
        if sys.platform == "linux":
            self._epoll = select.epoll()
            self._loop.add_reader(self._epoll.fileno(), self._read)

    def add(self, number: int, read: Callable[[], None]) -> None:
        """``read`` may be called though there is nothing."""
        if sys.platform == "linux":
            self._reads[number] = read
            self._epoll.register(number, select.EPOLLIN)
        else:
            self._loop.add_reader(number, read)

    def remove(self, number: int) -> None:
        if sys.platform == "linux":
            del self._reads[number]
            self._epoll.unregister(number)
        else:
            self._loop.remove_reader(number)

    def _read(self) -> None:
        if sys.platform == "linux":
            for number, _events in self._epoll.poll(0):
                if read := self._reads.get(number):  # not removed by one of those before it
                    read()
