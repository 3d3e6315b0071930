"""The cells of a job's notebook as they stand: what was run, and what came of it so far."""

import json
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from ..entities import CellSpec, Job, NotebookCell, NotebookCells, NotebookSpec
from ..errors import AzmlError, NotSupported
from ..execution.notebook import cells_to_run
from ..execution.parameters import language_of
from ..language import _
from ..workspace import Workspace
from .notebook_cells import executed_notebook

MOST_OUTPUT = 5 * 1024 * 1024
"""Characters of one cell's outputs; what is longer is for the notebook itself."""
MOST_TEXT = 200_000
"""Characters of what was printed in one go: its end."""


def read_cells(workspace: Workspace, name: str, first: int = 0) -> NotebookCells:
    """From the cell of that index on. Raises JobNotFound, and NotSupported for a job that has no cells."""
    job = workspace.jobs.get(name)
    notebook = _read(executed_notebook(workspace, job))
    if not notebook.cells:
        notebook = _read(_as_submitted(workspace, job))
    cells, first = notebook.cells, max(0, first)
    numbers = cells_to_run(notebook)
    return NotebookCells(
        count=len(cells),
        first=first,
        language=language_of(notebook),
        cells=tuple(_cell(raw, index, numbers.get(index)) for index, raw in enumerate(cells[first:], start=first)),
    )


def _as_submitted(workspace: Workspace, job: Job) -> bytes | None:
    """Before its first cell has run."""
    if isinstance(job.spec, CellSpec):
        return json.dumps({"cells": [{"cell_type": "code", "source": job.spec.source}]}).encode()
    if not isinstance(job.spec, NotebookSpec):
        raise NotSupported(
            _("{name} is a job of type {kind}, which has no cells.", name=job.name, kind=job.type.value),
            _("See what it printed: azml job stream {name}", name=job.name),
        )
    try:
        with workspace.jobs.open_snapshot(job.name, job.spec.notebook) as file:
            return file.read()
    except AzmlError:
        return None


def _read(content: bytes | None) -> SimpleNamespace:
    try:
        found = json.loads(content or b"{}")
        cells = [_whole(raw) for raw in found["cells"] if isinstance(raw, dict) and not _is_banner(raw)]
        metadata = found.get("metadata")
    except (ValueError, KeyError, TypeError, AttributeError):
        return SimpleNamespace(cells=[], metadata={})  # half written, or no notebook of version 4
    return SimpleNamespace(cells=cells, metadata=metadata if isinstance(metadata, dict) else {})


def _is_banner(raw: dict[str, Any]) -> bool:
    """Papermill puts words of its own before a cell that failed, in large letters."""
    return "papermill-error-cell-tag" in (raw.get("metadata") or {}).get("tags", ())


def _whole(raw: dict[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(
        cell_type=raw.get("cell_type"),
        source=_text(raw.get("source", "")),
        metadata=raw.get("metadata") or {},
        outputs=raw.get("outputs") or [],
        execution_count=raw.get("execution_count"),
    )


def _cell(raw: SimpleNamespace, index: int, number: int | None) -> NotebookCell:
    outputs, is_cut = _bounded(_joined(raw.outputs))
    return NotebookCell(
        index=index,
        number=number,
        kind=raw.cell_type if raw.cell_type in ("code", "markdown") else "raw",
        source=raw.source,
        execution_count=raw.execution_count if isinstance(raw.execution_count, int) else None,
        is_done=raw.metadata.get("papermill", {}).get("status") in ("completed", "failed"),
        outputs=tuple(outputs),
        is_cut=is_cut,
    )


def _joined(outputs: list[Any]) -> list[Any]:
    """The kernel sends what is printed in pieces, which a page would have to put together one by one."""
    found: list[Any] = []
    for name, pieces in groupby(outputs, key=_stream):
        if name is None:
            found += pieces
        else:
            text = "".join(_text(piece.get("text", "")) for piece in pieces)
            found.append({"output_type": "stream", "name": name, "text": text})
    return found


def _stream(output: Any) -> str | None:
    """The name of the stream that it is a piece of; None for anything else."""
    is_text = isinstance(output, dict) and output.get("output_type") == "stream"
    return str(output.get("name")) if is_text else None


def _bounded(outputs: list[Any]) -> tuple[list[Any], bool]:
    kept: list[Any] = []
    size = 0
    for output in outputs:
        if isinstance(output, dict) and len(output.get("text") or "") > MOST_TEXT:
            text = output["text"]
            kept.append({**output, "text": f"[…]\n{text[-MOST_TEXT:].partition(chr(10))[2]}"})
            return kept, True
        size += len(json.dumps(output))
        if size > MOST_OUTPUT:
            return kept, True
        kept.append(output)
    return kept, False


def _text(source: Any) -> str:
    return source if isinstance(source, str) else "".join(source)
