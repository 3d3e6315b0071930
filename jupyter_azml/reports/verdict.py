"""How a notebook ended, in one word."""

from enum import StrEnum

from ..entities import Job, JobStatus
from ..language import _


class Verdict(StrEnum):
    """A job's last status, or a closer word where exit codes tell them apart."""

    COMPLETED = "Completed"
    FAILED = "Failed"
    CANCELED = "Canceled"
    TIMED_OUT = "TimedOut"
    KERNEL_DIED = "KernelDied"
    INVALID = "Invalid"
    """It could not become a job."""
    NOT_RUN = "NotRun"
    """Others failed before its turn, or somebody interrupted."""


_BY_REASON = {
    "TimedOut": Verdict.TIMED_OUT,
    "JobTimedOut": Verdict.TIMED_OUT,
    "KernelDied": Verdict.KERNEL_DIED,
}


def verdict_of(job: Job) -> Verdict:
    if job.status is JobStatus.COMPLETED:
        return Verdict.COMPLETED
    if job.status is JobStatus.CANCELED:
        return Verdict.CANCELED
    return _BY_REASON.get(job.reason.code if job.reason else "", Verdict.FAILED)


def verdict_name(verdict: Verdict) -> str:
    """For people."""
    return {
        Verdict.COMPLETED: _("Completed"),
        Verdict.FAILED: _("Failed"),
        Verdict.CANCELED: _("Canceled"),
        Verdict.TIMED_OUT: _("Timed out"),
        Verdict.KERNEL_DIED: _("Kernel died"),
        Verdict.INVALID: _("Invalid"),
        Verdict.NOT_RUN: _("Not run"),
    }[verdict]
