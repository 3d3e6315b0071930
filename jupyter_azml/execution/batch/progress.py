"""How far a batch is, told in the words in which a notebook's cells are: mini-batch k of n."""

import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

from ..journal import Journal

_MOST_EVENTS = 1_000


class Progress:
    def __init__(self, total: int, *, events: Path | None, file: Path | None) -> None:
        self._total = total
        self._done = 0
        self._journal = Journal(events) if events else None
        self._file = file
        self._lock = threading.Lock()
        self._tell()

    def finished(self, files: int, seconds: float, *, failed: bool) -> None:
        """Of one mini-batch, whichever it was."""
        with self._lock:
            before = self._done * _MOST_EVENTS // self._total
            self._done += 1
            if self._done * _MOST_EVENTS // self._total == before and not failed:
                return
            self._tell()
            if self._journal:
                self._journal.write(
                    event="CellChanged",
                    at=datetime.now(UTC).isoformat(),
                    cell=self._done,
                    cells=self._total,
                    state="failed" if failed else "completed",
                    title=f"mini-batch: {files} files",
                    seconds=round(seconds, 3),
                )

    def _tell(self) -> None:
        if self._file:
            beside = self._file.with_name(f".{self._file.name}.{os.getpid()}")
            beside.write_text(json.dumps({"cell": self._done, "cells": self._total}), "utf-8")
            os.replace(beside, self._file)
