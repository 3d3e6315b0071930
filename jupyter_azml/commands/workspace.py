"""``azml workspace …``."""

import click

from ..entities import Page, WorkspaceInfo
from ..language import _
from .confirmation import confirm_or_refuse
from .options import named, tagged
from .session import Grammar, Session, pass_session


@click.group(cls=Grammar)
def workspace() -> None:
    """Create, list, show, repair and delete workspaces."""


@workspace.command("create")
@named
@click.option("--description", default="", help="What it is for.")
@tagged
@pass_session
def create_workspace(session: Session, name: str, description: str, tags: dict[str, str]) -> WorkspaceInfo:
    """Make a local workspace; `azml attach NAME` then uses it."""
    return session.connector.create(name, description=description, tags=tags)


@workspace.command("list")
@pass_session
def list_workspaces(session: Session) -> Page[WorkspaceInfo]:
    """Your local workspaces, and the one in force."""
    return session.connector.list()


@workspace.command("show")
@click.argument("name", required=False)
@click.option("-n", "--name", "name_option", help="The name, as in az ml; it can also stand alone.")
@pass_session
def show_workspace(session: Session, name: str | None, name_option: str | None) -> WorkspaceInfo:
    """Name, kind and place of a workspace, and what stands behind it. Default: the one in force."""
    wanted = name or name_option
    # Only Azure can say what stands behind a workspace of its own.
    return session.connector.show(wanted) if wanted else session.workspace.check()


@workspace.command("delete")
@named
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@pass_session
def delete_workspace(session: Session, name: str, yes: bool) -> None:
    """Remove a local workspace with its jobs, data and secrets."""
    info = session.connector.show(name)
    question = _("Remove the workspace {name} with all that is in {place}?", name=info.name, place=info.location)
    confirm_or_refuse(question, yes)
    session.connector.delete(name)


@workspace.command("repair")
@pass_session
def repair_workspace(session: Session) -> WorkspaceInfo:
    """Set a damaged workspace.db or mlflow.db aside and rebuild it from the jobs' folders."""
    return session.connector.repair(session.notes.append).info()
