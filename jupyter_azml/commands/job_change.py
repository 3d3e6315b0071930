"""``azml job cancel``, ``archive``, ``restore`` and ``delete``: of one job by its name, or of many."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ..actions.change_jobs import Change, JobsChanged, change_jobs, select_jobs
from ..entities import Job, JobQuery
from ..language import plural
from .confirmation import confirm_or_refuse
from .filters import filtered
from .options import job_names
from .session import Session, Verb, pass_session

Function = TypeVar("Function", bound=Callable[..., Any])


def _many(function: Function) -> Function:
    """Names, positional or by ``-n``, and the filters of ``azml job list``."""
    argument = click.argument("names", nargs=-1, shell_complete=job_names)
    option = click.option(
        "-n", "--name", "more_names", multiple=True, help="The name, as in az ml; it can also stand alone."
    )
    return argument(option(filtered(function)))


@click.command("cancel", cls=Verb)
@_many
@pass_session
def cancel_jobs(
    session: Session, names: tuple[str, ...], more_names: tuple[str, ...], query: JobQuery | None
) -> Job | JobsChanged:
    """Ask jobs to stop: the running cell is interrupted and the notebook saved."""
    return _change(session, "cancel", (*names, *more_names), query)


@click.command("archive", cls=Verb)
@_many
@pass_session
def archive_jobs(
    session: Session, names: tuple[str, ...], more_names: tuple[str, ...], query: JobQuery | None
) -> Job | JobsChanged:
    """Take jobs out of lists; nothing of them is removed."""
    return _change(session, "archive", (*names, *more_names), query)


@click.command("restore", cls=Verb)
@_many
@pass_session
def restore_jobs(
    session: Session, names: tuple[str, ...], more_names: tuple[str, ...], query: JobQuery | None
) -> Job | JobsChanged:
    """Bring archived jobs back into lists."""
    return _change(session, "restore", (*names, *more_names), query)


@click.command("delete", cls=Verb)
@_many
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@pass_session
def delete_jobs(
    session: Session, names: tuple[str, ...], more_names: tuple[str, ...], query: JobQuery | None, yes: bool
) -> JobsChanged:
    """Remove jobs that have ended, with all their files."""
    chosen = select_jobs(session.workspace, "delete", (*names, *more_names), query)
    if query is not None or len(chosen) > 1:
        if not chosen:
            return JobsChanged(change="delete")
        question = plural(
            "Remove {count} job with all its files?", "Remove {count} jobs with all their files?", len(chosen)
        )
        confirm_or_refuse(question, yes)
        return change_jobs(session.workspace, "delete", chosen)
    # One that was named fails as itself, so that a script can tell why.
    session.workspace.jobs.delete(chosen[0])
    return JobsChanged(change="delete", done=chosen)


def _change(session: Session, change: Change, names: tuple[str, ...], query: JobQuery | None) -> Job | JobsChanged:
    chosen = select_jobs(session.workspace, change, names, query)
    if query is None and len(chosen) == 1:
        job: Job = getattr(session.workspace.jobs, change)(chosen[0])
        return job
    return change_jobs(session.workspace, change, chosen)
