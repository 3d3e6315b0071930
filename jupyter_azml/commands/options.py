"""Options that several verbs share."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from ..errors import UsageError
from ..language import _
from .pairs import Pairs

Function = TypeVar("Function", bound=Callable[..., Any])
Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def paged(function: Function) -> Function:
    """``--max-results`` as in ``az ml``, and the token of the page before."""
    function = click.option("--continuation", help="The token that the page before ended with.")(function)
    return click.option(
        "--max-results", "limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Length of a page."
    )(function)


def tagged(function: Function) -> Function:
    """``--tags`` as in ``az ml``; the verb is handed a dictionary."""

    @wraps(function)
    def with_tags(*args: Any, tags: tuple[str, ...], **kwargs: Any) -> Any:
        return function(*args, tags=dict(pair(text) for text in tags), **kwargs)

    option = click.option("--tags", cls=Pairs, help="Tags, as in: --tags team=blue cost=low")
    return option(with_tags)  # type: ignore[return-value]  # click keeps it


def job_named(function: Function) -> Function:
    """``named`` for a job, whose names Tab completes."""
    return named(function, job_names)


def environment_named(function: Function) -> Function:
    """The same for an environment."""
    return named(function, environment_names)


def named(function: Function, complete: Complete | None = None) -> Function:
    """The name of the thing: positional, or by ``-n/--name`` as in ``az ml``."""

    @wraps(function)
    def with_name(*args: Any, name: str | None, name_option: str | None, **kwargs: Any) -> Any:
        if not (name or name_option):
            raise click.UsageError(_("Which one? Give its name."))
        return function(*args, name=name or name_option, **kwargs)

    option = click.option("-n", "--name", "name_option", help="The name, as in az ml; it can also stand alone.")
    argument = click.argument("name", required=False, shell_complete=complete)
    return argument(option(with_name))  # type: ignore[return-value]  # click keeps it


def job_names(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    newest = ctx.find_root().obj.workspace.jobs.list(limit=100).items
    return [job.name for job in newest if job.name.startswith(incomplete)]


def environment_names(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """One's own first, then those of Azure."""
    environments = ctx.find_root().obj.workspace.environments
    found = (*environments.list(limit=200).items, *environments.list(curated=True).items)
    return [each.name for each in found if each.name.startswith(incomplete)]


def pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise UsageError(_("{text} is no tag.", text=text), _("Write it as in: --tags team=blue"))
    return name, value
