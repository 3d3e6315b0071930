"""Exit codes that tell how jobs ended. Those of errors are in ``errors.py``."""

from typing import TYPE_CHECKING

from .. import errors
from ..entities import Job
from ..reports.verdict import Verdict, verdict_of

if TYPE_CHECKING:
    from ..reports.report import NotebookReport, RunReport

JOB_FAILED = 1
JOB_CANCELED = 3
JOB_TIMED_OUT = 4
KERNEL_DIED = 138
"""papermill's."""
INTERRUPTED = {"SIGINT": 130, "SIGTERM": 143}
"""As shells tell it."""

_BY_VERDICT = {
    Verdict.COMPLETED: 0,
    Verdict.FAILED: JOB_FAILED,
    Verdict.CANCELED: JOB_CANCELED,
    Verdict.TIMED_OUT: JOB_TIMED_OUT,
    Verdict.KERNEL_DIED: KERNEL_DIED,
    Verdict.NOT_RUN: JOB_CANCELED,
}


def exit_code_of(job: Job) -> int:
    return _BY_VERDICT[verdict_of(job)]


def exit_code_of_report(report: "RunReport") -> int:
    """The largest of the notebooks'; those that only another one's failure stopped do not count."""
    if report.interrupted:
        return INTERRUPTED[report.interrupted]
    return max((_code(notebook) for notebook in report.notebooks if not notebook.is_consequence), default=0)


def exit_code_of_error(name: str) -> int:
    """By the error's class, as its ``code`` names it."""
    code: int = getattr(errors, name, errors.AzmlError).exit_code
    return code


def _code(notebook: "NotebookReport") -> int:
    return exit_code_of_error(notebook.error) if notebook.error else _BY_VERDICT[notebook.verdict]
