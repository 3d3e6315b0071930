"""How the run of a notebook ended, from what was raised."""

import re
import signal
from typing import NamedTuple

from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillException, PapermillExecutionError

from ..entities import JobStatus, Reason
from .cancellation import CanceledError, Cancellation
from .cell_run import KernelDied
from .unseen import PreparationError

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Ending(NamedTuple):
    status: JobStatus
    reason: Reason


def ending_of(
    error: BaseException, cancellation: Cancellation, *, cell: int = 0, kernel: str = "", timeout: int | None = None
) -> Ending:
    """``cell``: the number of the one that ran last; 0 when none has."""
    if cancellation.expired:
        return Ending(JobStatus.FAILED, Reason.of("JobTimedOut", seconds=cancellation.seconds))
    if cancellation.requested:
        return Ending(JobStatus.CANCELED, Reason.of("CanceledByUser"))
    return Ending(JobStatus.FAILED, _reason(error, cell, kernel, timeout))


def _reason(error: BaseException, cell: int, kernel: str, timeout: int | None) -> Reason:
    match error:
        case PapermillExecutionError():
            value = _COLOUR.sub("", str(error.evalue)).strip()
            return Reason.of("CellFailed", cell=cell, ename=error.ename, evalue=value[:500])
        case CellTimeoutError():
            return Reason.of("TimedOut", cell=cell, seconds=timeout)
        case KernelDied(exit_code=code):
            return Reason.of("KernelDied", cell=cell, **_death(code))
        case DeadKernelError():
            return Reason.of("KernelDied", cell=cell)
        case NoSuchKernel():
            return Reason.of("KernelNotFound", kernel=str(error.name))
        case PreparationError():
            return Reason.of("CellNotRestored", detail=str(error))
        case CanceledError():
            return Reason.of("CanceledByUser")
        case RuntimeError() | OSError() if cell == 0:
            return Reason.of("KernelStartFailed", kernel=kernel, detail=_first_line(error))
        case PapermillException():
            return Reason.of("WorkerFailed", detail=_first_line(error))
    return Reason.of("WorkerFailed", detail=f"{type(error).__name__}: {_first_line(error)}")


def _death(code: int) -> dict[str, object]:
    """Of a process; whoever starts it may count signals from 128, as shells do."""
    number = -code if code < 0 else code - 128
    try:
        by = signal.Signals(number).name
    except ValueError:
        return {"how": "exit", "exit_code": code}
    return {"how": by if by == "SIGKILL" else "signal", "signal": by, "exit_code": 128 + number}


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [""])[0][:300]
