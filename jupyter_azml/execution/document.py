"""The notebook as it fills up, and when it is saved."""

import time
from contextlib import suppress
from typing import Any

from papermill.engines import NotebookExecutionManager
from papermill.log import logger

from .ending import Ending
from .notebook_file import NotebookFile, notebook_file
from .unsaved import UnsavedCells, said

INTERVAL = 0.5
"""Seconds between a change and the save that holds it, while saving is cheap."""
SHARE = 0.1
"""Of the time, for saving while the kernel is at work; papermill saves twice a cell, whatever it takes."""
PROMISE = 0.6
"""Seconds in which a cell that has ended is on the disk, in the notebook or beside it; twice that on a busy machine."""


class NotebookDocument(NotebookExecutionManager):
    """papermill's bookkeeping, metadata and progress bar, with another rule for when to save."""

    def __init__(self, nb: Any, output_path: str | None, unsaved: UnsavedCells | None, **kwargs: Any) -> None:
        super().__init__(nb, output_path=output_path, **kwargs)
        self._file: NotebookFile | None = notebook_file(output_path) if output_path else None
        self._unsaved = unsaved
        self._changed = 0.0
        """When the first change came that is not saved; 0 when there is none."""
        self._not_before = 0.0
        self._took = 0.0
        """Seconds, by the last save."""
        self._cell_started = self.now()

    def notebook_start(self, **kwargs: Any) -> None:
        super().notebook_start(**kwargs)
        self._changed = time.monotonic() - INTERVAL

    def cell_start(self, cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        self.touch(cell_index)
        self._cell_started = self.now()
        super().cell_start(cell, cell_index=cell_index, **kwargs)

    def cell_complete(self, cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        # papermill's own reads the start back from its text, which takes as long as all the rest.
        ended, facts = self.now(), cell.metadata.papermill
        facts["end_time"] = ended.isoformat()
        facts["duration"] = (ended - self._cell_started).total_seconds()
        if facts["status"] != self.FAILED:
            facts["status"] = self.COMPLETED
        if self.log_output:
            logger.info(f"Ending Cell {(cell_index or 0) + 1:-<43}")
        if self.pbar:
            self.pbar.update(1)
        self.touch(cell_index)
        if self._unsaved and cell_index is not None and self.seconds_to_save() + self._took > PROMISE:
            self._unsaved.add(cell_index, cell)

    @property
    def has_failed(self) -> bool:
        return bool(self.nb.metadata.papermill["exception"])

    def notebook_complete(self, ending: Ending | None = None, **kwargs: Any) -> None:
        """``ending``: why not all cells ran, when papermill has no words for it."""
        # papermill's own would say "completed" of cells that never ran.
        self.end_time = self.now()
        facts = self.nb.metadata.papermill
        facts["end_time"] = self.end_time.isoformat()
        facts["duration"] = (self.end_time - self.start_time).total_seconds()
        if ending:
            self.nb.metadata["azml"] = said(*ending)
        self.complete_pbar()
        self.cleanup_pbar()
        self._write()

    def touch(self, index: int | None) -> None:
        """This cell has changed."""
        if self._file and index is not None:
            self._file.touch(index)
        self._changed = self._changed or time.monotonic()

    def seconds_to_save(self) -> float:
        """Until a save is due; below zero when it is. Long when there is nothing to save."""
        if not (self._changed and self._file):
            return 3600.0
        return max(self._changed + INTERVAL, self._not_before) - time.monotonic()

    def save_when_due(self) -> None:
        """To be called while the kernel is at work, so that nothing waits for it."""
        if self.seconds_to_save() <= 0:
            is_first = not self._not_before
            with suppress(OSError):  # the next one, or the last, may do better
                self._write()
            if is_first:
                self._not_before = 1.0  # it took all cells, which none of the next saves has to

    def save(self, **kwargs: Any) -> None:
        """papermill asks for it when it has changed something."""

    def autosave_cell(self) -> None:
        """And when a message has come."""

    def _write(self) -> None:
        began = time.monotonic()
        if self._file:
            self._file.write(self.nb)
        self._changed = 0.0
        self.last_save_time = self.now()
        if self._unsaved:
            self._unsaved.clear()
        self._took = time.monotonic() - began
        self._not_before = time.monotonic() + self._took / SHARE
