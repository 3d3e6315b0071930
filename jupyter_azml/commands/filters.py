"""The options by which ``azml job list`` and the verbs that take many jobs say which ones are meant."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from ..actions.job_query import SORTS, job_query
from ..entities import JobQuery, JobStatus, JobType

Function = TypeVar("Function", bound=Callable[..., Any])

_WORDS = (
    click.option(
        "--status",
        "statuses",
        multiple=True,
        type=click.Choice([status.value for status in JobStatus], case_sensitive=False),
        help="Only jobs in this state; several are taken.",
    ),
    click.option("--experiment", help="Only jobs of this experiment."),
    click.option("--compute", help="Only jobs of this compute target."),
    click.option(
        "--type",
        type=click.Choice([kind.value for kind in JobType], case_sensitive=False),
        help="Only jobs of this type.",
    ),
    click.option("--tag", "tag", multiple=True, metavar="NAME[=VALUE]", help="Only jobs with this tag."),
    click.option("--text", help="Only jobs with this in their name, display name, description or experiment."),
    click.option("--created-after", metavar="WHEN", help="A date, or how long ago: 12h, 7d, 2w."),
    click.option("--created-before", metavar="WHEN", help="A date, or how long ago: 12h, 7d, 2w."),
    click.option("--parent-job-name", "parent", help="Only jobs that belong to this one."),
    click.option("--archived", "--archived-only", "archived_only", is_flag=True, help="Only archived jobs."),
    click.option("--all", "--include-archived", "archived_too", is_flag=True, help="Archived jobs too."),
)


def filtered(function: Function) -> Function:
    """The verb is handed ``query``: None when nothing was said."""

    @wraps(function)
    def with_query(*args: Any, **kwargs: Any) -> Any:
        query = _query_of(kwargs)
        return function(*args, query=query, **kwargs)

    found: Any = with_query
    for option in reversed(_WORDS):
        found = option(found)
    return found  # type: ignore[no-any-return]  # click's decorators are not typed


def sorted_by(function: Function) -> Function:
    """``sort``, as ``job_query`` reads it."""
    return click.option("--sort", metavar="FIELD[:asc|desc]", help=f"By one of: {', '.join(SORTS)}.")(function)


def _query_of(said: dict[str, Any]) -> JobQuery | None:
    statuses, type, tag = said.pop("statuses"), said.pop("type"), said.pop("tag")
    words = {name: said.pop(name) for name in ("experiment", "compute", "text", "created_after", "created_before")}
    parent, only, too = said.pop("parent"), said.pop("archived_only"), said.pop("archived_too")
    sort = said.pop("sort", None)
    if not any((statuses, type, tag, *words.values(), parent, only, too, sort)):
        return None
    # As in az: both together mean the archived ones.
    archived = "archived" if only else "all" if too else "active"
    return job_query(statuses=statuses, type=type, tags=tag, parent=parent, archived=archived, sort=sort, **words)
