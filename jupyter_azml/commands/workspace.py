"""``azml workspace …``."""

import click

from ..entities import Page, RoleAssignment, WorkspaceInfo
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
@click.option("-s", "--subscription", help="Azure subscription: the workspace is made there.")
@click.option("-g", "--resource-group", help="Azure resource group.")
@click.option("-l", "--location", help="Azure region.")
@pass_session
def create_workspace(
    session: Session,
    name: str,
    description: str,
    tags: dict[str, str],
    subscription: str | None,
    resource_group: str | None,
    location: str | None,
) -> WorkspaceInfo:
    """Make a local workspace; `azml attach NAME` then uses it. With -s, -g and -l, one in Azure."""
    return session.connector.create(
        name,
        description=description,
        tags=tags,
        subscription=subscription,
        resource_group=resource_group,
        location=location,
    )


@workspace.command("list")
@click.option("--azure", is_flag=True, help="Those of all Azure subscriptions that the sign-in sees, too.")
@click.option("-s", "--subscription", help="Those of one Azure subscription.")
@pass_session
def list_workspaces(session: Session, azure: bool, subscription: str | None) -> Page[WorkspaceInfo]:
    """Your local workspaces, and the one in force; --azure: those in Azure, too."""
    return session.connector.list(azure=azure or bool(subscription), subscription=subscription)


@workspace.command("access")
@pass_session
def list_access(session: Session) -> Page[RoleAssignment]:
    """Who may do what in the workspace in force."""
    return session.workspace.roles.list(limit=500)


@workspace.command("show")
@click.argument("name", required=False)
@click.option("-n", "--name", "name_option", help="The name, as in az ml; it can also stand alone.")
@pass_session
def show_workspace(session: Session, name: str | None, name_option: str | None) -> WorkspaceInfo:
    """Name, kind and place of a workspace, and what stands behind it. Default: the one in force."""
    wanted = name or name_option
    # Only Azure can say what stands behind a workspace of its own.
    return session.connector.show(wanted) if wanted else session.workspace.check()


@workspace.command("update")
@click.option("--description", help="What it is for.")
@tagged
@pass_session
def update_workspace(session: Session, description: str | None, tags: dict[str, str]) -> WorkspaceInfo:
    """Change description and tags of the workspace in force; the tags that are given are all that it has then."""
    return session.workspace.update(description=description, tags=tags or None)


@workspace.command("delete")
@named
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("-s", "--subscription", help="Azure subscription that the workspace is in.")
@click.option("-g", "--resource-group", help="Azure resource group.")
@pass_session
def delete_workspace(
    session: Session, name: str, yes: bool, subscription: str | None, resource_group: str | None
) -> None:
    """Remove a local workspace with its jobs, data and secrets; with -s and -g, one in Azure."""
    if subscription or resource_group:
        place = f"{subscription}/{resource_group}"
        confirm_or_refuse(_("Remove the workspace {name} in {place}, with all jobs?", name=name, place=place), yes)
        session.connector.delete(name, subscription=subscription, resource_group=resource_group)
        return
    info = session.connector.show(name)
    question = _("Remove the workspace {name} with all that is in {place}?", name=info.name, place=info.location)
    confirm_or_refuse(question, yes)
    session.connector.delete(name)


@workspace.command("repair")
@pass_session
def repair_workspace(session: Session) -> WorkspaceInfo:
    """Set a damaged workspace.db or mlflow.db aside and rebuild it from the jobs' folders."""
    return session.connector.repair(session.notes.append).info()
