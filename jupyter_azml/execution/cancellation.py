"""How running work is asked to stop: first by an interrupt, then by killing it."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from .. import settings


class CanceledError(Exception):
    """Raised between cells once a stop was asked for."""


class Cancellation:
    """Safe to call from a signal handler: it only sends signals and sets flags."""

    def __init__(self) -> None:
        self.requested = False
        self.expired = False
        """The stop was not asked for by anybody: the time was over."""
        self.seconds: float | None = None
        """The time that there is."""
        self._since = 0.0
        self._process: Callable[[], int | None] = lambda: None
        self._takes_sigint = True

    def watch(self, process: Callable[[], int | None], *, takes_sigint: bool = True) -> None:
        """``process`` answers with the id of the process that does the work, or None before it has started."""
        self._process = process
        self._takes_sigint = takes_sigint

    def process(self) -> int | None:
        """The one that does the work, once it has started."""
        return self._process()

    def request(self) -> None:
        """The first call interrupts what runs, a further one kills it."""
        again, self.requested = self.requested, True
        if not again:
            self._since = time.monotonic()
        self._signal(signal.SIGKILL if again else signal.SIGINT)

    def interrupt_again(self) -> None:
        """For what began after the request, and so was not interrupted."""
        if self.requested:
            self._signal(signal.SIGINT)

    def insist(self) -> None:
        """Kills what goes on after the time of grace."""
        if self.requested and time.monotonic() - self._since > settings.cancel_grace_seconds():
            self._signal(signal.SIGKILL)

    def bound(self, seconds: float) -> None:
        """Requests a stop when this time is over, whatever the clock of the machine says, and insists on it."""
        self.seconds = seconds

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

    def _signal(self, number: signal.Signals) -> None:
        if (self._takes_sigint or number != signal.SIGINT) and (process := self._process()):
            with suppress(ProcessLookupError):
                os.killpg(os.getpgid(process), number)


@contextmanager
def canceled_by_signals() -> Iterator[Cancellation]:
    """SIGINT and SIGTERM ask for a stop; when it has come, they end the program as they would have done at once."""
    cancellation = Cancellation()
    caught: list[int] = []

    def ask(number: int, _frame: object) -> None:
        caught.append(number)
        cancellation.request()

    is_main = threading.current_thread() is threading.main_thread()
    numbers = [n for n in (signal.SIGINT, signal.SIGTERM) if is_main and signal.getsignal(n) is not signal.SIG_IGN]
    before = {number: signal.signal(number, ask) for number in numbers}
    try:
        yield cancellation
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
        if caught:
            raise KeyboardInterrupt if caught[0] == signal.SIGINT else SystemExit(128 + caught[0])
