"""``azml job update``; ``cancel``, ``archive``, ``restore`` and ``delete``: of one job by its name, or of many."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ..actions.change_jobs import Change, JobsChanged, change_jobs, select_jobs
from ..entities import Job, JobQuery
from ..errors import UsageError
from ..language import _, plural
from .confirmation import confirm_or_refuse
from .filters import filtered
from .options import job_named, job_names, pair, tagged
from .pairs import Pairs
from .session import Session, Verb, pass_session

Function = TypeVar("Function", bound=Callable[..., Any])


def _many(function: Function) -> Function:
    """Names, positional or by ``-n``, and the filters of ``azml job list``."""
    argument = click.argument("names", nargs=-1, shell_complete=job_names)
    option = click.option(
        "-n", "--name", "more_names", multiple=True, help="The name, as in az ml; it can also stand alone."
    )
    return argument(option(filtered(function)))


@click.command("update", cls=Verb)
@job_named
@click.option("--display-name", help="What the job is called in lists.")
@click.option("-d", "--description", help="What people should know of it.")
@tagged
@click.option("--remove-tag", "removed", multiple=True, help="Take this tag away.")
@click.option(
    "--set",
    "assignments",
    cls=Pairs,
    metavar="PATH=VALUE ...",
    help="The same as az ml has it: --set display_name=baseline tags.team=blue",
)
@pass_session
def update_job(
    session: Session,
    /,
    name: str,
    display_name: str | None,
    description: str | None,
    tags: dict[str, str],
    removed: tuple[str, ...],
    assignments: tuple[str, ...],
) -> Job:
    """Change what a job is called, its description or its tags; tags that are not named stay."""
    said = {"display_name": display_name, "description": description}
    changed: dict[str, str | None] = {**dict.fromkeys(removed), **tags}
    for path, value in map(pair, assignments):
        kind, _dot, tag = path.partition(".")
        if kind == "tags" and tag:
            changed[tag] = value
        elif path in said:
            said[path] = value
        else:
            raise UsageError(
                _("{field} of a job cannot be changed.", field=path),
                _("Only these can: {names}.", names="display_name, description, tags.NAME"),
            )
    if not changed and not any(value is not None for value in said.values()):
        raise UsageError(_("Nothing is to be changed."), _("Give --display-name, --description or --tags."))
    return session.workspace.jobs.update(name, **said, tags=changed or None)


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
