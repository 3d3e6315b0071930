"""Exit codes that tell how a job ended. Those of errors are in ``errors.py``."""

from ..entities import Job, JobStatus

JOB_FAILED = 1
JOB_CANCELED = 3
JOB_TIMED_OUT = 4
KERNEL_DIED = 138
"""papermill's."""

_BY_REASON = {"TimedOut": JOB_TIMED_OUT, "JobTimedOut": JOB_TIMED_OUT, "KernelDied": KERNEL_DIED}


def exit_code_of(job: Job) -> int:
    if job.status is JobStatus.COMPLETED:
        return 0
    if job.status is JobStatus.CANCELED:
        return JOB_CANCELED
    return _BY_REASON.get(job.reason.code if job.reason else "", JOB_FAILED)
