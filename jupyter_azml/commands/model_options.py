"""Options that verbs of ``azml model`` share."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ..entities import ModelQuery
from .options import named, pair, tagged
from .pairs import Pairs

Function = TypeVar("Function", bound=Callable[..., Any])


def model_names(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    newest = ctx.find_root().obj.workspace.models.list(limit=100).items
    return [model.name for model in newest if model.name.startswith(incomplete)]


def model_versions(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names; after a colon, the versions of the one before it."""
    name, colon, version = incomplete.partition(":")
    if not colon:
        return model_names(ctx, param, incomplete)
    versions = ctx.find_root().obj.workspace.models.list(ModelQuery(name=name), limit=100).items
    return [f"{name}:{model.version}" for model in versions if model.version.startswith(version)]


def model_named(function: Function) -> Function:
    """``named`` for a model, whose names and versions Tab completes."""
    return named(function, model_versions)


def of_version(function: Function) -> Function:
    function = click.option("-l", "--label", help="latest, an alias, or a stage, whose newest version is meant.")(
        function
    )
    return click.option("-v", "--version", help="Default: the newest one.")(function)


def described(function: Function) -> Function:
    """What people should know of a version."""
    function = click.option("-d", "--description", help="What people should know of it.")(tagged(function))
    function = click.option("--stage", help="Staging, Production, Archived, or a word of your own.")(function)
    return click.option(
        "--properties", cls=Pairs, callback=_as_dictionary, help="As in: --properties owner=me reviewed=yes"
    )(function)


def changing(function: Function) -> Function:
    return click.option("--remove-tag", "removed", multiple=True, help="Take this tag away.")(function)


def _as_dictionary(_ctx: click.Context, _param: click.Parameter, texts: tuple[str, ...]) -> dict[str, str]:
    return dict(pair(text) for text in texts)
