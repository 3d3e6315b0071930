"""What becomes of an executed notebook: a copy where the user wants one, or its outputs in the notebook handed in."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..execution.whole_file import write_whole
from ..language import _
from ..reports.report import NotebookReport
from ..reports.verdict import Verdict
from ..workspace import Workspace
from .notebook_cells import executed_notebook
from .run_notebooks import Run

_OURS = {"injected-parameters", "papermill-error-cell-tag"}
"""Tags of cells that papermill puts in."""


@dataclass(frozen=True)
class Keeping:
    """What is done with each notebook at its end, failed ones too."""

    workspace: Workspace
    folder: Path | None = None
    file: Path | None = None
    update: bool = False
    streams: Mapping[str, Path | None] = field(default_factory=dict)
    """``stdout`` and ``stderr``, each with the file that takes what was printed on it."""

    def __call__(self, run: Run, report: NotebookReport) -> NotebookReport:
        """The report, with where the copy is, and notes about what could not be done."""
        target = self.file or (self.folder / run.found.target if self.folder else None)
        updates = self.update and report.verdict is Verdict.COMPLETED
        if not (target or updates or any(self.streams.values())) or report.job is None:
            return report
        content = executed_notebook(self.workspace, report.job)
        if content is None:
            faults = [_("The job left no executed notebook.")]
            return report.model_copy(update={"notes": (*report.notes, *faults)})
        faults = [update_outputs(run.found.path, run.content, content)] if updates else []
        for stream, path in self.streams.items():
            if path:
                faults.append(keep_copy(_printed(content, stream), path))
        kept = ""
        if target:
            faults.append(fault := keep_copy(content, target))
            kept = "" if fault else str(target)
        return report.model_copy(update={"kept": kept, "notes": (*report.notes, *filter(None, faults))})


def keep_copy(content: bytes, target: Path) -> str:
    """Writes the file whole, and its folder; the answer is what went wrong, or empty."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
    except OSError as error:
        return _("{file} cannot be written: {detail}.", file=target, detail=error.strerror or error)
    return ""


def update_outputs(path: Path, before: bytes, executed: bytes) -> str:
    """Outputs and execution counts of the executed notebook go into the notebook that was handed in; nothing else does.

    The answer is why it was left alone, or empty. ``before`` is what it was when it was submitted.
    """
    path = Path(os.path.realpath(path))
    try:
        if path.read_bytes() != before:
            return _("{file} has changed while it ran, so its outputs were left alone.", file=path.name)
        notebook = json.loads(before)
        ran = json.loads(executed)
        ours, theirs = _of_the_user(notebook), _of_the_user(ran)
        if [_code(cell) for cell in ours] != [_code(cell) for cell in theirs]:
            return _("{file} is not the notebook that ran, so its outputs were left alone.", file=path.name)
        for cell, done in zip(ours, theirs, strict=True):
            if cell["cell_type"] == "code":
                cell["outputs"] = done.get("outputs", [])
                cell["execution_count"] = done.get("execution_count")
        text = before.decode("utf-8")
        whole = json.dumps(notebook, indent=_indent(text.lstrip()), ensure_ascii=False)
        content = (whole + text[len(text.rstrip()) :]).encode("utf-8", "surrogatepass")
        if content != before:
            write_whole(path, content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return _("The outputs of {file} were left alone: {detail}.", file=path.name, detail=error)
    return ""


def _printed(content: bytes, stream: str) -> bytes:
    texts = [
        output["text"]
        for cell in json.loads(content)["cells"]
        for output in cell.get("outputs", [])
        if output.get("name") == stream
    ]
    return "".join(text if isinstance(text, str) else "".join(text) for text in texts).encode(
        "utf-8", "backslashreplace"
    )


def _of_the_user(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = notebook["cells"]
    return [cell for cell in cells if not _OURS & set(cell.get("metadata", {}).get("tags", []))]


def _code(cell: dict[str, Any]) -> tuple[str, str]:
    source = cell.get("source", "")
    return cell["cell_type"], source if isinstance(source, str) else "".join(source)


def _indent(text: str) -> int | None:
    """As the file has it: Jupyter writes 1."""
    lines = text.split("\n", 2)
    return len(lines[1]) - len(lines[1].lstrip()) if len(lines) > 1 else None
