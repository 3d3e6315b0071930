"""The gateway's hand: counts each request, and writes what was counted once a second."""

import threading
import time
from contextlib import suppress
from pathlib import Path

from .segments import SECONDS, SegmentFolder
from .tally import Series, Tally

METRICS = "metrics"
"""The folder in that of an endpoint."""
PERIOD = 1.0
"""Seconds; what a process that is killed can lose."""

_Key = tuple[str, Series]


class Recorder:
    """Any number of processes may have one for the same endpoints."""

    def __init__(self, endpoints: Path) -> None:
        self._endpoints = endpoints
        self._lock = threading.Lock()
        self._pending: dict[_Key, Tally] = {}
        self._folded: dict[str, int] = {}
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def record(self, endpoint: str, deployment: str, status: int, seconds: float, *, mirrored: bool = False) -> None:
        key = endpoint, Series(deployment, mirrored)
        with self._lock:
            tally = self._pending.get(key)
            if tally is None:
                tally = self._pending[key] = Tally()
                if self._thread is None:
                    self._start()
            tally.add(status, seconds)

    def close(self) -> None:
        """Writes what is left; what is recorded afterwards is written as before."""
        self._stop.set()
        with self._lock:
            thread, self._thread = self._thread, None
        if thread:
            thread.join()
        self._stop.clear()
        self.write()

    def write(self, now: float | None = None) -> None:
        """What could not be written is tried again with what comes next."""
        now = time.time() if now is None else now
        with self._lock:
            pending, self._pending = self._pending, {}
        for endpoint in {endpoint for endpoint, _series in pending}:
            home = self._endpoints / endpoint.lower()
            if not home.is_dir():
                continue  # it was deleted
            folder = SegmentFolder(home / METRICS)
            counted = {series: tally for (name, series), tally in pending.items() if name == endpoint}
            try:
                folder.append(now, [(int(now), series, tally) for series, tally in counted.items()])
            except OSError:
                self._put_back(endpoint, counted)
            self._fold(endpoint, folder, now)

    def _start(self) -> None:
        self._thread = threading.Thread(target=self._write_on, name="azml-recorder", daemon=True)
        self._thread.start()

    def _write_on(self) -> None:
        while not self._stop.wait(PERIOD):
            self.write()

    def _fold(self, endpoint: str, folder: SegmentFolder, now: float) -> None:
        segment = int(now) // SECONDS.span
        if self._folded.get(endpoint) != segment:
            self._folded[endpoint] = segment
            with suppress(OSError):
                folder.fold(now)

    def _put_back(self, endpoint: str, counted: dict[Series, Tally]) -> None:
        with self._lock:
            for series, tally in counted.items():
                self._pending.setdefault((endpoint, series), Tally()).merge(tally)
