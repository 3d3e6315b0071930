"""``azml run``: papermill's words for a job."""

from pathlib import Path
from typing import Any

import click

from ..actions.follow_job import JobStream
from ..actions.run_notebook import run_notebook
from ..entities import Priority
from ..workspace import Workspace
from .pairs import Pairs
from .session import Session, Verb, pass_session
from .values import typed_value


def _tags(_ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    if bad := next((tag for tag in value if "=" not in tag or tag.startswith("=")), None):
        raise click.BadParameter(f"{bad}: NAME=VALUE", param=param)
    return dict(tag.split("=", 1) for tag in value)


@click.command(cls=Verb)
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option(
    "-p",
    "--parameters",
    "typed",
    nargs=2,
    multiple=True,
    metavar="NAME VALUE",
    help="A parameter; numbers, True, False and None are recognised.",
)
@click.option(
    "-r", "--parameters_raw", "raw", nargs=2, multiple=True, metavar="NAME VALUE", help="A parameter that stays text."
)
@click.option("-k", "--kernel", "kernel_name", help="Kernel to run with, instead of the notebook's own.")
@click.option("--compute", help="Where to run. Default: this machine.")
@click.option("--experiment", help="Name under which the job is grouped. Default: the folder's name.")
@click.option("--display-name", help="What the job is called in lists. Default: the notebook's name.")
@click.option("--description", default="", help="What people should know of it.")
@click.option("--tag", "tags", cls=Pairs, callback=_tags, metavar="NAME=VALUE", help="A tag; several are taken.")
@click.option("--execution-timeout", type=click.IntRange(min=1), metavar="SECONDS", help="Longest time for one cell.")
@click.option(
    "--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS", help="Longest time for the whole job."
)
@click.option("--retries", type=click.IntRange(min=0), default=0, help="How often a job that failed is run again.")
@click.option(
    "--priority",
    type=click.Choice([priority.value for priority in Priority]),
    default=Priority.MEDIUM.value,
    help="Which jobs of a queue come first.",
)
@click.option("--secret", "secrets", multiple=True, metavar="NAME", help="A secret of the workspace that it may read.")
@click.option(
    "--connection", "connections", multiple=True, metavar="NAME", help="A connection of the workspace that it may read."
)
@click.option(
    "--save-as", type=click.Path(path_type=Path), help="Also write a YAML file from which it can be created again."
)
@click.option("--wait", is_flag=True, help="Return when the job has ended.")
@click.option("--stream", is_flag=True, help="Show cells, output and metrics until the job has ended.")
@pass_session
def run(
    session: Session,
    /,
    notebook: Path,
    typed: tuple[tuple[str, str], ...],
    raw: tuple[tuple[str, str], ...],
    wait: bool,
    stream: bool,
    **asked: Any,
) -> JobStream:
    """Run NOTEBOOK as a job and return at once; the job goes on without this terminal."""
    parameters: dict[str, Any] = {name: typed_value(value) for name, value in typed}
    job = run_notebook(session.workspace, notebook, parameters={**parameters, **dict(raw)}, **asked)
    return answer(session.workspace, job.name, wait=wait, stream=stream)


def answer(workspace: Workspace, name: str, *, wait: bool, stream: bool) -> JobStream:
    """A job that was submitted, and how much of it is to be shown."""
    kind = JobStream if stream else Waiting if wait else Submitted
    return kind(workspace, name)


class Waiting(JobStream):
    """A stream of which only the end is of interest."""


class Submitted(JobStream):
    """A stream that nobody reads for now."""
