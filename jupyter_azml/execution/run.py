"""Runs one notebook through papermill and says how it ended."""

import json
import traceback
from collections.abc import Collection
from pathlib import Path
from typing import Any

from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook

from ..entities import JobStatus, Reason
from .cancellation import Cancellation
from .ending import Ending, ending_of
from .journal import CellJournal

START_TIMEOUT = 60
"""Seconds, as with papermill."""


def run_notebook(
    notebook: Path,
    output: Path,
    *,
    journal: CellJournal,
    cancellation: Cancellation,
    parameters: dict[str, Any],
    kernel_name: str | None = None,
    execution_timeout: int | None = None,
    start_timeout: int | None = None,
    language: str | None = None,
    report_mode: bool = False,
    before: str = "",
    secret_parameters: Collection[str] = (),
    python: Path | None = None,
) -> Ending:
    """Executes in the current folder. Never raises for what a notebook, a kernel or a user can do: the outcome says it.

    The output is written whatever happens; the input never is. ``before`` is code that the kernel runs first, unseen.
    ``python`` runs the kernel, in place of the one that the kernel's own command names.
    """
    try:
        execute_notebook(
            str(notebook),
            str(output),
            parameters=parameters or None,
            engine_name="azml",
            kernel_name=kernel_name,
            progress_bar=False,
            execution_timeout=execution_timeout,
            start_timeout=start_timeout or START_TIMEOUT,
            language=language,
            report_mode=report_mode,
            before=before,
            python=python,
            secret_parameters=secret_parameters,
            journal=journal,
            cancellation=cancellation,
        )
    except Exception as error:  # the worker's last word: whatever it was becomes the job's reason
        if isinstance(error, PapermillExecutionError) and not cancellation.requested and _has_run_to_its_end(output):
            return Ending(JobStatus.COMPLETED, Reason.of("Finished"))
        ending = ending_of(error, cancellation, cell=journal.cell, kernel=kernel_name or "", timeout=execution_timeout)
        if ending.reason.code == "WorkerFailed":
            journal.output("error", traceback.format_exc())
        return ending
    return Ending(JobStatus.COMPLETED, Reason.of("Finished"))


def _has_run_to_its_end(output: Path) -> bool:
    """papermill raises for any error that it finds, also in cells that are tagged "raises-exception"."""
    facts = json.loads(output.read_text("utf-8"))["metadata"]["papermill"]
    return facts["exception"] is not True
