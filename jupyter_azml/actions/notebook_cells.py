"""The cells of a notebook that ran: what its executed copy holds, and what the job's journal told of each."""

import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from ..entities import CellChanged, CellState, Job, JobStatus, NotebookSpec
from ..errors import AzmlError
from ..execution.notebook import cell_title, cells_to_run
from ..reports.report import CellError, CellReport
from ..reports.terminal_text import settled, without_colours
from ..reports.traceback import failed_line, plain_traceback
from ..workspace import Workspace

_LONGEST_TEXT = 100_000
"""Characters of output that a report keeps of a cell: its beginning and its end."""


def executed_notebook(workspace: Workspace, job: Job) -> bytes | None:
    """The file as it was saved last; None when there is none, or none that can be had."""
    output = job.outputs.get("notebook")
    if output is None or not output.path:
        return None
    try:
        with workspace.jobs.open(job.name, output.path) as file:
            return file.read()
    except (AzmlError, OSError):
        return None


def failed_cell(workspace: Workspace, job: Job, told: Mapping[int, CellChanged]) -> CellReport | None:
    """The one that ended the job, if it was a cell and its notebook can be had."""
    content = executed_notebook(workspace, job)
    cells = cells_of(content, job, told) if content else ()
    return next((cell for cell in cells if cell.state == "failed"), None)


def cells_of(content: bytes, job: Job, told: Mapping[int, CellChanged]) -> tuple[CellReport, ...]:
    """Every code cell that says something, in order. ``content`` is the executed notebook, or else the one handed in.

    ``told`` has the last event of each cell by its number: where a kernel died, it knows more than the file.
    """
    try:
        cells = [_cell(raw) for raw in json.loads(content)["cells"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()
    counted = cells_to_run(SimpleNamespace(cells=cells))
    if isinstance(job.spec, NotebookSpec) and max([*told, 0]) > len(counted):
        return ()  # the notebook has changed since
    return tuple(
        _report(cell, counted.get(index), told, job)
        for index, cell in enumerate(cells)
        if cell.cell_type == "code" and cell.source.strip()
    )


def _cell(raw: dict[str, Any]) -> SimpleNamespace:
    source = raw.get("source", "")
    return SimpleNamespace(
        cell_type=raw.get("cell_type"),
        source=source if isinstance(source, str) else "".join(source),
        metadata=raw.get("metadata", {}),
        outputs=raw.get("outputs", []),
        execution_count=raw.get("execution_count"),
    )


def _report(cell: SimpleNamespace, number: int | None, told: Mapping[int, CellChanged], job: Job) -> CellReport:
    event = told.get(number or 0)
    state, error = "skipped", None
    if event and event.state is CellState.COMPLETED:
        state = "completed"
    elif event and job.status is JobStatus.FAILED:
        # One that was running when all was over did not end by itself. Of a canceled job no cell is to blame.
        state, error = "failed", _error(cell, job)
    return CellReport(
        number=number,
        title=event.title if event else cell_title(cell.source),
        source=cell.source,
        state=state,  # type: ignore[arg-type]  # one of three words
        seconds=event.seconds if event else None,
        error=error,
        text=_text(cell.outputs),
        outputs=tuple(cell.outputs),
    )


def _error(cell: SimpleNamespace, job: Job) -> CellError:
    """What the cell raised; of one that the kernel or the time limit ended, what the job says."""
    raised = [output for output in cell.outputs if output.get("output_type") == "error"]
    entries = raised[-1].get("traceback", []) if raised else []
    where, line = plain_traceback(entries), failed_line(entries, cell.execution_count)
    if raised and (job.reason is None or job.reason.code == "CellFailed"):
        name, value = str(raised[-1].get("ename", "")), str(raised[-1].get("evalue", ""))
        return CellError(name=name, value=without_colours(value), traceback=where, line=line)
    code, message = (job.reason.code, job.reason.message) if job.reason else (str(job.status), str(job.status))
    # One whose time was over may have been interrupted, and then tells where it was.
    return CellError(name=code, value=message, traceback=f"{message}\n{where}".strip(), line=line)


def _text(outputs: list[dict[str, Any]]) -> str:
    pieces = []
    for output in outputs:
        if output.get("output_type") == "stream":
            text = output.get("text", "")
        else:
            text = output.get("data", {}).get("text/plain", "")
            text = (text if isinstance(text, str) else "".join(text)) + ("\n" if text else "")
        pieces.append(text if isinstance(text, str) else "".join(text))
    whole = settled("".join(pieces))
    if len(whole) <= _LONGEST_TEXT:
        return whole
    half = _LONGEST_TEXT // 2
    return f"{whole[:half]}\n[…]\n{whole[-half:]}"
