"""The journal of a run: one JSON object a line, appended whole, so that a reader can follow by byte offset."""

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .masking import Mask
from .unsaved import UnsavedCells

LONGEST_TEXT = 16_384
"""Characters of output that one line carries; a longer output is cut into several lines."""


class Journal:
    """Appends with one O_APPEND write a line: writers never mix, and a line that was acknowledged survives a kill."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def write(self, **fields: Any) -> None:
        os.write(self._file, (json.dumps(fields) + "\n").encode("ascii"))

    def close(self) -> None:
        os.close(self._file)


class CellJournal:
    """What happens to the cells of one notebook, in the words of ``entities/event.py``.

    ``log`` takes the same text for people: Azure keeps it as ``user_logs/std_log.txt``.
    """

    def __init__(self, events: Path, log: Path, mask: Sequence[str] = (), unsaved: Path | None = None) -> None:
        """``mask``: values that must not be written down, since they are secrets."""
        self.mask = Mask(mask)
        self.unsaved = UnsavedCells(unsaved) if unsaved else None
        self._events = Journal(events)
        self._log = log.open("a", encoding="utf-8", errors="backslashreplace")
        self.cell = 0
        self.cells = 0

    def cell_started(self, cell: int, cells: int, title: str) -> None:
        self.cell, self.cells = cell, cells
        self._cell_changed("running", title)

    def cell_ended(self, state: str, title: str, seconds: float) -> None:
        self._cell_changed(state, title, seconds=round(seconds, 3))

    def output(self, stream: str, text: str) -> None:
        text = self.mask(text.encode("utf-8", "backslashreplace").decode("utf-8"))
        for start in range(0, len(text), LONGEST_TEXT):
            piece = text[start : start + LONGEST_TEXT]
            self._events.write(event="LogLines", at=_now(), cell=self.cell, stream=stream, text=piece)
        self._log.write(text)
        self._log.flush()

    def close(self) -> None:
        self._events.close()
        self._log.close()
        if self.unsaved:
            self.unsaved.close()

    def _cell_changed(self, state: str, title: str, seconds: float | None = None) -> None:
        self._events.write(
            event="CellChanged",
            at=_now(),
            cell=self.cell,
            cells=self.cells,
            state=state,
            title=title,
            seconds=seconds,
        )


def _now() -> str:
    return datetime.now(UTC).isoformat()
