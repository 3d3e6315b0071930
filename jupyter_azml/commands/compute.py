"""``azml compute …``."""

import click

from ..entities import Compute, Page
from .options import named, paged
from .session import Grammar, Session, pass_session


@click.group(cls=Grammar)
def compute() -> None:
    """Where jobs run."""


@compute.command("list")
@paged
@pass_session
def list_computes(session: Session, limit: int, continuation: str | None) -> Page[Compute]:
    """The compute targets of the workspace."""
    return session.workspace.computes.list(limit=limit, continuation=continuation)


@compute.command("show")
@named
@pass_session
def show_compute(session: Session, name: str) -> Compute:
    """State and nodes of one compute target."""
    return session.workspace.computes.get(name)
