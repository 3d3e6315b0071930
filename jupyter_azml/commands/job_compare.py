"""``azml job compare`` and ``azml job best``."""

from typing import cast

import click

from ..actions.best_job import Goal, best_job
from ..actions.compare_jobs import compare_jobs
from ..entities import Comparison, Job
from .options import job_names
from .session import Session, Verb, pass_session


@click.command("compare", cls=Verb)
@click.argument("names", nargs=-1, required=True, shell_complete=job_names)
@pass_session
def compare(session: Session, names: tuple[str, ...]) -> Comparison:
    """Jobs side by side: parameters, metrics, source, environment, data."""
    return compare_jobs(session.workspace, names)


@click.command("best", cls=Verb)
@click.option("-e", "--experiment", required=True, help="The experiment whose jobs are looked at.")
@click.option("-m", "--metric", required=True, help="The name under which the jobs logged it.")
@click.option(
    "--goal", type=click.Choice(("maximize", "minimize")), default="maximize", show_default=True, help="What is better."
)
@pass_session
def best(session: Session, experiment: str, metric: str, goal: str) -> Job:
    """The job of an experiment whose metric got best."""
    return best_job(session.workspace, experiment, metric, cast(Goal, goal))
