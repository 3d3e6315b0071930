"""``azml run``: papermill's words for a job."""

from pathlib import Path
from typing import Any

import click

from ..actions.follow_job import JobStream
from ..actions.run_notebook import run_notebook
from .session import Session, Verb, pass_session
from .values import typed_value


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
@click.option("-k", "--kernel", help="Kernel to run with, instead of the notebook's own.")
@click.option("--compute", help="Where to run. Default: this machine.")
@click.option("--experiment", help="Name under which the job is grouped. Default: the folder's name.")
@click.option("--display-name", help="What the job is called in lists. Default: the notebook's name.")
@click.option("--execution-timeout", type=click.IntRange(min=1), metavar="SECONDS", help="Longest time for one cell.")
@click.option("--wait", is_flag=True, help="Return when the job has ended.")
@click.option("--stream", is_flag=True, help="Show cells, output and metrics until the job has ended.")
@pass_session
def run(
    session: Session,
    notebook: Path,
    typed: tuple[tuple[str, str], ...],
    raw: tuple[tuple[str, str], ...],
    kernel: str | None,
    compute: str | None,
    experiment: str | None,
    display_name: str | None,
    execution_timeout: int | None,
    wait: bool,
    stream: bool,
) -> JobStream:
    """Run NOTEBOOK as a job and return at once; the job goes on without this terminal."""
    parameters: dict[str, Any] = {name: typed_value(value) for name, value in typed}
    job = run_notebook(
        session.workspace,
        notebook,
        parameters={**parameters, **dict(raw)},
        kernel_name=kernel,
        compute=compute,
        experiment=experiment,
        display_name=display_name,
        execution_timeout=execution_timeout,
    )
    kind = JobStream if stream else Waiting if wait else Submitted
    return kind(session.workspace, job.name)


class Waiting(JobStream):
    """A stream of which only the end is of interest."""


class Submitted(JobStream):
    """A stream that nobody reads for now."""
