"""How a running notebook is asked to stop: first by interrupting the cell, then by killing the kernel."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress


class CanceledError(Exception):
    """Raised between cells once a stop was asked for."""


class Cancellation:
    """Safe to call from a signal handler: it only sends signals and sets flags."""

    def __init__(self) -> None:
        self.requested = False
        self._kernel_process: Callable[[], int | None] = lambda: None

    def watch(self, kernel_process: Callable[[], int | None]) -> None:
        """``kernel_process`` answers with the process id of the kernel, or None before it has started."""
        self._kernel_process = kernel_process

    def request(self) -> None:
        """The first call interrupts the running cell, a further one kills the kernel."""
        again, self.requested = self.requested, True
        if process := self._kernel_process():
            _signal_group(process, signal.SIGKILL if again else signal.SIGINT)

    def check(self) -> None:
        """Raises CanceledError when a stop was asked for."""
        if self.requested:
            raise CanceledError


def _signal_group(process: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(os.getpgid(process), number)
