"""What a notebook and a cell can be asked for alike, when they become a job."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ..entities import Priority
from .options import environment_names
from .pairs import Pairs

Function = TypeVar("Function", bound=Callable[..., Any])


def _tags(_ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    if bad := next((tag for tag in value if "=" not in tag or tag.startswith("=")), None):
        raise click.BadParameter(f"{bad}: NAME=VALUE", param=param)
    return dict(tag.split("=", 1) for tag in value)


_OPTIONS = (
    click.option("-k", "--kernel", "kernel_name", help="Kernel to run with, instead of the notebook's own."),
    click.option(
        "--environment",
        shell_complete=environment_names,
        metavar="NAME[:VERSION]",
        help="What its Python finds; see: azml environment list. Default: what is installed here.",
    ),
    click.option("--compute", help="Where to run. Default: this machine."),
    click.option("--experiment", help="Name under which the job is grouped. Default: the folder's name."),
    click.option("-n", "--name", help="What the job is named; one is made up when nobody says."),
    click.option("--display-name", help="What the job is called in lists. Default: the notebook's name."),
    click.option("--description", default="", help="What people should know of it."),
    click.option("--tag", "tags", cls=Pairs, callback=_tags, metavar="NAME=VALUE", help="A tag; several are taken."),
    click.option(
        "--execution-timeout", type=click.IntRange(min=1), metavar="SECONDS", help="Longest time for one cell."
    ),
    click.option(
        "--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS", help="Longest time for the whole job."
    ),
    click.option("--retries", type=click.IntRange(min=0), default=0, help="How often a job that failed is run again."),
    click.option(
        "--priority",
        type=click.Choice([priority.value for priority in Priority]),
        default=Priority.MEDIUM.value,
        help="Which jobs of a queue come first.",
    ),
    click.option(
        "--secret", "secrets", multiple=True, metavar="NAME", help="A secret of the workspace that it may read."
    ),
    click.option(
        "--connection",
        "connections",
        multiple=True,
        metavar="NAME",
        help="A connection of the workspace that it may read.",
    ),
    click.option("--wait", is_flag=True, help="Return when the job has ended."),
    click.option("--stream", is_flag=True, help="Show cells, output and metrics until the job has ended."),
)


def asks_for_a_job(function: Function) -> Function:
    """The verb is handed ``wait`` and ``stream``, and the rest under the names of ``NotebookSpec`` and ``CellSpec``."""
    found: Any = function
    for option in reversed(_OPTIONS):
        found = option(found)
    return found  # type: ignore[no-any-return]  # click's decorators are not typed
