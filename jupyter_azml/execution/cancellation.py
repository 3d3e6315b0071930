"""How running work is asked to stop: first by an interrupt, then by killing it."""

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress

from .. import settings


class CanceledError(Exception):
    """Raised between cells once a stop was asked for."""


class Cancellation:
    """Safe to call from a signal handler: it only sends signals and sets flags."""

    def __init__(self) -> None:
        self.requested = False
        self.expired = False
        """The stop was not asked for by anybody: the time was over."""
        self._process: Callable[[], int | None] = lambda: None

    def watch(self, process: Callable[[], int | None]) -> None:
        """``process`` answers with the id of the process that does the work, or None before it has started."""
        self._process = process

    def request(self) -> None:
        """The first call interrupts what runs, a further one kills it."""
        again, self.requested = self.requested, True
        if process := self._process():
            _signal_group(process, signal.SIGKILL if again else signal.SIGINT)

    def bound(self, seconds: float) -> None:
        """Requests a stop when this time is over, whatever the clock of the machine says, and insists on it."""

        def expire() -> None:
            if not self.requested:
                self.expired = True
            self.request()
            again = threading.Timer(settings.cancel_grace_seconds(), self.request)
            again.daemon = True
            again.start()

        timer = threading.Timer(seconds, expire)
        timer.daemon = True
        timer.start()

    def check(self) -> None:
        """Raises CanceledError when a stop was asked for."""
        if self.requested:
            raise CanceledError


def _signal_group(process: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(os.getpgid(process), number)
