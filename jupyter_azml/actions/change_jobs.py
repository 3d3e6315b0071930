"""One change to many jobs: cancel, archive, restore, delete."""

from collections.abc import Sequence
from typing import Literal

from ..entities import Job, JobQuery
from ..entities.base import Entity
from ..errors import AzmlError, UsageError
from ..language import _
from ..workspace import Workspace

Change = Literal["cancel", "archive", "restore", "delete"]

_PAGE = 500


class JobRefused(Entity):
    name: str
    code: str
    """The error's, as in its ``to_dict``."""
    message: str


class JobsChanged(Entity):
    """What became of each: a job that could not be changed stops none of the others."""

    change: Change
    done: tuple[str, ...] = ()
    failed: tuple[JobRefused, ...] = ()


def select_jobs(workspace: Workspace, change: Change, names: Sequence[str], query: JobQuery | None) -> tuple[str, ...]:
    """The jobs that are meant: those named, those that the query admits, or with both, those named that it admits.

    What the change would do nothing to is left out of a query's jobs: ended ones of a cancel, archived ones of an
    archive. Raises UsageError when there is neither, and JobNotFound.
    """
    if query is None:
        if not names:
            raise UsageError(
                _("Which jobs? Give names, or say which by --status, --experiment, --tag, --created-before, …"),
                _("See them first: azml job list --status Failed --created-before 30d"),
            )
        return tuple(dict.fromkeys(names))
    if change == "restore" and query.archived == "active":
        query = query.model_copy(update={"archived": "archived"})
    if names:
        jobs = [job for name in dict.fromkeys(names) if query.admits(job := workspace.jobs.get(name))]
    else:
        jobs = _all(workspace, query)
    return tuple(job.name for job in jobs if not (change == "cancel" and job.status.is_terminal))


def change_jobs(workspace: Workspace, change: Change, names: Sequence[str]) -> JobsChanged:
    """Goes on after a failure."""
    done: list[str] = []
    failed: list[JobRefused] = []
    for name in names:
        try:
            getattr(workspace.jobs, change)(name)
            done.append(name)
        except AzmlError as error:
            failed.append(JobRefused(name=name, code=error.code, message=error.message))
    return JobsChanged(change=change, done=tuple(done), failed=tuple(failed))


def _all(workspace: Workspace, query: JobQuery) -> list[Job]:
    # All of them before the first is changed: what is changed would leave the list that is being read.
    jobs: list[Job] = []
    continuation = None
    while True:
        page = workspace.jobs.list(query, limit=_PAGE, continuation=continuation)
        jobs += page.items
        if (continuation := page.continuation) is None:
            return jobs
