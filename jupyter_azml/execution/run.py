"""Runs one notebook through papermill and says how it ended."""

import re
import traceback
from pathlib import Path
from typing import Any, NamedTuple

from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillException, PapermillExecutionError
from papermill.execute import execute_notebook

from ..entities import JobStatus, Reason
from .cancellation import CanceledError, Cancellation
from .journal import CellJournal

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Outcome(NamedTuple):
    status: JobStatus
    reason: Reason


def run_notebook(
    notebook: Path,
    output: Path,
    *,
    journal: CellJournal,
    cancellation: Cancellation,
    parameters: dict[str, Any],
    kernel_name: str | None = None,
    execution_timeout: int | None = None,
) -> Outcome:
    """Executes in the current folder. Never raises for what a notebook, a kernel or a user can do: the outcome says it.

    The output is written whatever happens; the input never is.
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
            journal=journal,
            cancellation=cancellation,
        )
    except Exception as error:  # the worker's last word: whatever it was becomes the job's reason
        if cancellation.requested:
            return Outcome(JobStatus.CANCELED, Reason.of("CanceledByUser"))
        reason = _reason(error, journal, kernel_name, execution_timeout)
        if reason.code == "WorkerFailed":
            journal.output("error", traceback.format_exc())
        return Outcome(JobStatus.FAILED, reason)
    return Outcome(JobStatus.COMPLETED, Reason.of("Finished"))


def _reason(error: Exception, journal: CellJournal, kernel_name: str | None, timeout: int | None) -> Reason:
    match error:
        case PapermillExecutionError():
            value = _COLOUR.sub("", str(error.evalue)).strip()
            return Reason.of("CellFailed", cell=journal.cell, ename=error.ename, evalue=value[:500])
        case CellTimeoutError():
            return Reason.of("TimedOut", cell=journal.cell, seconds=timeout)
        case DeadKernelError():
            return Reason.of("KernelDied", cell=journal.cell)
        case NoSuchKernel():
            return Reason.of("KernelNotFound", kernel=str(error.name))
        case CanceledError():
            return Reason.of("CanceledByUser")
        case RuntimeError() if journal.cell == 0:
            return Reason.of("KernelStartFailed", kernel=kernel_name or "", detail=_first_line(error))
        case PapermillException():
            return Reason.of("WorkerFailed", detail=_first_line(error))
    return Reason.of("WorkerFailed", detail=f"{type(error).__name__}: {_first_line(error)}")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [""])[0][:300]
