"""``azml deployment …``, also ``azml online-deployment …`` as in ``az ml``."""

from pathlib import Path

import click

from ..actions.deploy_model import give_traffic
from ..actions.follow_logs import DeploymentLog
from ..actions.settle_deployment import settle_deletion, settle_deployment
from ..entities import OnlineDeployment, Page
from ..errors import UsageError
from ..language import _
from ..schemas.assign import assign
from ..schemas.endpoint import deployment_data, read_deployment
from .confirmation import confirm_or_refuse
from .endpoint_options import FILE, NO_WAIT, SET, YES, deployment_named, read_file, split_name
from .options import paged
from .session import Grammar, Session, pass_session


@click.group(cls=Grammar)
def deployment() -> None:
    """The models behind an endpoint."""


@deployment.command("create")
@click.argument("name", required=False)
@click.option("-n", "--name", "name_option", help="The name, as in az ml; it can also stand alone.")
@click.option("-e", "--endpoint-name", "endpoint", help="The endpoint, where neither the name nor the file says it.")
@FILE
@SET
@click.option("--all-traffic", is_flag=True, help="Give it all of the traffic once it answers.")
@click.option("--skip-script-validation", is_flag=True, hidden=True)
@NO_WAIT
@pass_session
def create_deployment(
    session: Session,
    name: str | None,
    name_option: str | None,
    endpoint: str | None,
    file: Path | None,
    assignments: tuple[str, ...],
    all_traffic: bool,
    skip_script_validation: bool,
    no_wait: bool,
) -> OnlineDeployment:
    """Put a model behind an endpoint, or replace the one of that name without a gap. Waits until it answers."""
    if not file:
        raise UsageError(
            _("A deployment is created from a YAML file."),
            _("Write -f FILE.yml; or in one step: azml endpoint deploy NAME --model MODEL:VERSION"),
        )
    if all_traffic and no_wait:
        raise UsageError(
            _("Traffic can be given once it answers, so that --all-traffic has to wait."), _("Leave --no-wait out.")
        )
    endpoint, name = split_name(name or name_option, endpoint)
    data, place = read_file(file, assignments)
    wanted = read_deployment(data, place, name=name, endpoint=endpoint)
    share = 100 if all_traffic else None
    made = session.workspace.endpoints.deployments.create_or_update(wanted, share=share)
    if no_wait:
        return made
    made = settle_deployment(session.workspace, made.endpoint_name, made.name)
    if all_traffic:
        give_traffic(session.workspace, made.endpoint_name, made.name, 100)  # where the workspace leaves it to us
    return made


@deployment.command("update")
@deployment_named
@FILE
@SET
@click.option("--instance-count", type=click.IntRange(1, 64), help="Model servers at once.")
@NO_WAIT
@pass_session
def update_deployment(
    session: Session,
    name: str,
    endpoint: str,
    file: Path | None,
    assignments: tuple[str, ...],
    instance_count: int | None,
    no_wait: bool,
) -> OnlineDeployment:
    """Change a deployment. The one before answers until the new one does."""
    before = session.workspace.endpoints.deployments.get(endpoint, name)
    given, place = read_file(file, ())
    data = deployment_data(before, place.parent) | given
    assign(data, assignments)
    if instance_count:
        data["instance_count"] = instance_count
    wanted = read_deployment(data, place, name=before.name, endpoint=before.endpoint_name)
    made = session.workspace.endpoints.deployments.create_or_update(wanted)
    return made if no_wait else settle_deployment(session.workspace, made.endpoint_name, made.name)


@deployment.command("list")
@click.argument("endpoint", required=False)
@click.option("-e", "--endpoint-name", "endpoint_option", help="The endpoint, as in az ml; it can also stand alone.")
@paged
@pass_session
def list_deployments(
    session: Session, endpoint: str | None, endpoint_option: str | None, limit: int, continuation: str | None
) -> Page[OnlineDeployment]:
    """The deployments of an endpoint."""
    if not (name := endpoint or endpoint_option):
        raise UsageError(_("Of which endpoint? Give its name."), _("See: azml endpoint list"))
    return session.workspace.endpoints.deployments.list(name, limit=limit, continuation=continuation)


@deployment.command("show")
@deployment_named
@pass_session
def show_deployment(session: Session, name: str, endpoint: str) -> OnlineDeployment:
    """State of one deployment, and why it is so."""
    return session.workspace.endpoints.deployments.get(endpoint, name)


@deployment.command("delete")
@deployment_named
@YES
@NO_WAIT
@pass_session
def delete_deployment(session: Session, name: str, endpoint: str, yes: bool, no_wait: bool) -> None:
    """Remove a deployment; what it has begun is finished. Refused while it gets traffic."""
    found = session.workspace.endpoints.deployments.get(endpoint, name)
    confirm_or_refuse(
        _("Delete the deployment {name} of {endpoint}?", name=found.name, endpoint=found.endpoint_name), yes
    )
    session.workspace.endpoints.deployments.delete(found.endpoint_name, found.name)
    if not no_wait:
        settle_deletion(session.workspace, found.endpoint_name, found.name)


@deployment.command("get-logs")
@deployment_named
@click.option(
    "-l", "--lines", type=click.IntRange(0), default=50, show_default=True, help="How many of the last lines."
)
@click.option("-f", "--follow", is_flag=True, help="Go on with what is written from now on, until Ctrl-C.")
@click.option("-c", "--container", hidden=True)
@pass_session
def get_logs(
    session: Session, name: str, endpoint: str, lines: int, follow: bool, container: str | None
) -> DeploymentLog:
    """What the model servers of a deployment have printed."""
    found = session.workspace.endpoints.deployments.get(endpoint, name)
    return DeploymentLog(session.workspace, found.endpoint_name, found.name, lines=lines, follows=follow)
