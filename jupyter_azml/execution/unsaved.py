"""Cells that have ended and are not in the notebook's file yet, since a large one is not saved at every cell.

When the worker was killed, the notebook is put together from its file and from these.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..entities import JobStatus, Reason
from .whole_file import encoded, saving_name, write_whole


class UnsavedCells:
    """A file beside the job's journals, one cell a line; empty while the notebook's own file has all."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._is_empty = False

    def add(self, index: int, cell: Any) -> None:
        os.write(self._file, json.dumps({"index": index, "cell": cell}).encode("ascii") + b"\n")
        self._is_empty = False

    def clear(self) -> None:
        """They have been saved."""
        if not self._is_empty:
            os.ftruncate(self._file, 0)
            self._is_empty = True

    def close(self) -> None:
        os.close(self._file)


def mend_notebook(notebook: Path, unsaved: Path, status: JobStatus, reason: Reason) -> None:
    """What a run that was killed has left: the cells that had ended, and a word on how it ended.

    A notebook that says itself how it ended is left as it is. Raises OSError.
    """
    saving_name(notebook).unlink(missing_ok=True)
    with suppress(FileNotFoundError, ValueError, LookupError, TypeError):  # nothing that this engine has written
        document = json.loads(notebook.read_text("utf-8"))
        if document["metadata"]["papermill"]["end_time"] is None:
            _mend(document, unsaved, status, reason)
            # As nbformat lays it out, but for the text of cells, in one piece instead of lines, which it reads as well.
            text = json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True)
            write_whole(notebook, encoded(text))
    unsaved.unlink(missing_ok=True)


def said(status: JobStatus, reason: Reason) -> dict[str, Any]:
    """What the notebook's metadata tell of an end that papermill has no words for."""
    return {"status": status, "reason": reason.code, "message": reason.message}


def _mend(document: dict[str, Any], unsaved: Path, status: JobStatus, reason: Reason) -> None:
    for index, cell in _cells(unsaved):
        if index < len(document["cells"]):
            document["cells"][index] = cell
    for cell in document["cells"]:
        of_cell = cell["metadata"].get("papermill", {})
        if of_cell.get("status") == "running":
            of_cell |= {"status": "failed", "exception": True}
            document["metadata"]["papermill"]["exception"] = True
    document["metadata"]["azml"] = said(status, reason)


def _cells(unsaved: Path) -> list[tuple[int, Any]]:
    found = []
    with suppress(FileNotFoundError), unsaved.open("rb") as lines:
        for line in lines:
            with suppress(ValueError, LookupError):  # cut by the kill
                entry = json.loads(line)
                found.append((entry["index"], entry["cell"]))
    return found
