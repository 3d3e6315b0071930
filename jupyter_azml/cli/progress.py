"""A bar for what takes long, on a terminal only."""

import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bar:
    """Called with the bytes done and all bytes; appears at the first call, and goes when all are done."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._lock = threading.Lock()

    def __call__(self, done: int, size: int) -> None:
        if not sys.stderr.isatty():
            return
        with self._lock:
            if self._bar is None:
                self._open()
            if self._bar is not None and self._task is not None:
                self._bar.update(self._task, completed=done, total=size)
                if done >= size:
                    self.close()

    def close(self) -> None:
        """What was on the screen is taken away."""
        if self._bar is not None:
            self._bar.stop()
        self._bar = None

    def _open(self) -> None:
        from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

        from .text import console

        columns = (BarColumn(bar_width=None), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=None)
        self._bar.start()
