"""``azml workspace …``."""

import click

from ..entities import WorkspaceInfo
from .session import Grammar, Session, pass_session


@click.group(cls=Grammar)
def workspace() -> None:
    """Show or repair the workspace."""


@workspace.command("show")
@pass_session
def show_workspace(session: Session) -> WorkspaceInfo:
    """Name, kind and place of the workspace in force."""
    return session.workspace.info()


@workspace.command("repair")
@pass_session
def repair_workspace(session: Session) -> WorkspaceInfo:
    """Set a damaged workspace.db aside and rebuild it from the jobs' folders."""
    return session.connector.repair().info()
