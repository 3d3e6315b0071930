"""``azml attach``."""

import click

from ..entities import WorkspaceInfo
from .session import Session, Verb, pass_session


@click.command(cls=Verb)
@click.argument("workspace", required=False)
@click.option("-s", "--subscription", help="Azure subscription.")
@click.option("-g", "--resource-group", help="Azure resource group.")
@click.option("-w", "--workspace-name", help="Azure Machine Learning workspace.")
@pass_session
def attach(
    session: Session,
    workspace: str | None,
    subscription: str | None,
    resource_group: str | None,
    workspace_name: str | None,
) -> WorkspaceInfo:
    """Choose the workspace that the other commands use.

    WORKSPACE is a name, a folder or a config.json; a local workspace is made on first use. Without one: "local".
    """
    attached = session.connector.attach(
        workspace, subscription=subscription, resource_group=resource_group, workspace_name=workspace_name
    )
    return attached.info()
