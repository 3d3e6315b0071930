"""``azml experiment …``."""

import click

from ..entities import Experiment, Page
from .options import paged
from .session import Grammar, Session, pass_session


@click.group(cls=Grammar)
def experiment() -> None:
    """Names under which jobs are grouped."""


@experiment.command("list")
@paged
@pass_session
def list_experiments(session: Session, limit: int, continuation: str | None) -> Page[Experiment]:
    """The experiments, the last used first."""
    return session.workspace.experiments.list(limit=limit, continuation=continuation)
