"""``azml endpoint …``, also ``azml online-endpoint …`` as in ``az ml``."""

import sys
from pathlib import Path
from typing import Any

import click

from ..actions.deploy_model import deploy_model
from ..actions.settle_deployment import settle_deletion
from ..entities import (
    AuthMode,
    CodeConfiguration,
    EndpointKeys,
    EndpointToken,
    Invocation,
    OnlineDeployment,
    OnlineEndpoint,
    Page,
)
from ..errors import Conflict, UsageError
from ..language import _
from ..schemas.assign import assign
from ..schemas.endpoint import endpoint_data, read_endpoint
from .confirmation import confirm_or_refuse
from .endpoint_metrics import alert, drift, metrics
from .endpoint_options import FILE, NO_WAIT, SET, YES, read_file, shares_of
from .options import named, paged
from .pairs import Pairs
from .session import Grammar, Session, pass_session


@click.group(cls=Grammar)
def endpoint() -> None:
    """Addresses at which models answer."""


_MODE = click.option("--auth-mode", type=click.Choice([mode.value for mode in AuthMode]), help="What callers show.")
_TRAFFIC = click.option("--traffic", cls=Pairs, metavar="NAME=PERCENT ...", help='Who answers: "blue=90 green=10".')
_MIRROR = click.option(
    "--mirror-traffic", cls=Pairs, metavar="NAME=PERCENT", help="Who is sent copies, of at most 50 % of the requests."
)


@endpoint.command("create")
@click.argument("name", required=False)
@click.option("-n", "--name", "name_option", help="The name, as in az ml; it can also stand alone.")
@FILE
@SET
@_MODE
@NO_WAIT
@pass_session
def create_endpoint(
    session: Session,
    name: str | None,
    name_option: str | None,
    file: Path | None,
    assignments: tuple[str, ...],
    auth_mode: str | None,
    no_wait: bool,
) -> OnlineEndpoint:
    """Make an address, or change the one of that name. A deployment lets it answer."""
    if not (file or name or name_option):
        raise UsageError(
            _("Which endpoint? Give its name."), _("For example: azml endpoint create churn; or -f FILE.yml")
        )
    data, place = read_file(file, assignments)
    if auth_mode:
        data["auth_mode"] = auth_mode
    wanted = read_endpoint(data, place, name=name or name_option)
    return session.workspace.endpoints.create_or_update(wanted)


@endpoint.command("update")
@named
@FILE
@SET
@_TRAFFIC
@_MIRROR
@NO_WAIT
@pass_session
def update_endpoint(
    session: Session,
    name: str,
    file: Path | None,
    assignments: tuple[str, ...],
    traffic: tuple[str, ...],
    mirror_traffic: tuple[str, ...],
    no_wait: bool,
) -> OnlineEndpoint:
    """Split the traffic anew, or change description and tags."""
    before = session.workspace.endpoints.get(name)
    given, place = read_file(file, ())
    data = endpoint_data(before) | given
    assign(data, assignments)
    if traffic:
        data["traffic"] = shares_of(traffic)
    if mirror_traffic:
        data["mirror_traffic"] = shares_of(mirror_traffic)
    return session.workspace.endpoints.create_or_update(read_endpoint(data, place, name=before.name))


@endpoint.command("list")
@paged
@pass_session
def list_endpoints(session: Session, limit: int, continuation: str | None) -> Page[OnlineEndpoint]:
    """The endpoints of the workspace."""
    return session.workspace.endpoints.list(limit=limit, continuation=continuation)


@endpoint.command("show")
@named
@pass_session
def show_endpoint(session: Session, name: str) -> OnlineEndpoint:
    """Address, state and traffic of one endpoint."""
    return session.workspace.endpoints.get(name)


@endpoint.command("delete")
@named
@YES
@NO_WAIT
@pass_session
def delete_endpoint(session: Session, name: str, yes: bool, no_wait: bool) -> None:
    """Remove an endpoint with its deployments and its keys."""
    found = session.workspace.endpoints.get(name)
    confirm_or_refuse(_("Delete the endpoint {name} with all its deployments?", name=found.name), yes)
    session.workspace.endpoints.delete(found.name)
    if not no_wait:
        settle_deletion(session.workspace, found.name)


@endpoint.command("invoke")
@named
@click.option(
    "-r", "--request-file", type=click.Path(path_type=Path), required=True, help="What is sent; - is standard input."
)
@click.option("-d", "--deployment-name", "deployment", help="This deployment, whatever the traffic.")
@click.option("--content-type", default="application/json", show_default=True, help="What the file is.")
@pass_session
def invoke_endpoint(
    session: Session, name: str, request_file: Path, deployment: str | None, content_type: str
) -> Invocation:
    """Send a file to an endpoint and print what the model answers."""
    body = _read_bytes(request_file)
    return session.workspace.endpoints.invoke(name, body, deployment=deployment, content_type=content_type)


@endpoint.command("get-credentials")
@named
@pass_session
def get_credentials(session: Session, name: str) -> EndpointKeys | EndpointToken:
    """The keys of an endpoint, or a new token. They are printed as they are."""
    found = session.workspace.endpoints.get(name)
    if found.auth_mode is AuthMode.KEY:
        return session.workspace.endpoints.keys(found.name)
    return session.workspace.endpoints.token(found.name)


@endpoint.command("regenerate-keys")
@named
@click.option(
    "--key-type", type=click.Choice(["primary", "secondary"]), default="primary", show_default=True, help="Which key."
)
@YES
@NO_WAIT
@pass_session
def regenerate_keys(session: Session, name: str, key_type: Any, yes: bool, no_wait: bool) -> EndpointKeys:
    """Make a new key; the old one is refused from then on."""
    found = session.workspace.endpoints.get(name)
    if found.auth_mode is not AuthMode.KEY:
        raise Conflict(
            _("{name} takes tokens, and has no keys.", name=found.name),
            _("See: azml endpoint get-credentials {name}", name=found.name),
        )
    confirm_or_refuse(_("Refuse the {key} key of {name} from now on?", key=key_type, name=found.name), yes)
    return session.workspace.endpoints.regenerate_key(found.name, key_type)


@endpoint.command("deploy")
@named
@click.option("--model", help="NAME:VERSION, azureml:NAME:VERSION, or a file or folder, which is registered.")
@click.option("--code", type=click.Path(path_type=Path), help="The folder of the scoring script.")
@click.option("--scoring-script", help="Relative to --code, or a path. MLflow models need none.")
@click.option("--environment", help="azureml:NAME:VERSION; default: the Python that deploys.")
@click.option("--deployment-name", "deployment", help="Default: blue, then green, …")
@click.option("--traffic", type=int, help="Per cent that it gets once it answers. Default: all for the first one.")
@click.option(
    "--instance-count", type=click.IntRange(1, 64), default=1, show_default=True, help="Model servers at once."
)
@_MODE
@pass_session
def deploy(
    session: Session,
    name: str,
    code: Path | None,
    scoring_script: str | None,
    deployment: str | None,
    traffic: int | None,
    auth_mode: str | None,
    model: str | None,
    environment: str | None,
    instance_count: int,
) -> OnlineDeployment:
    """Put a model behind an address, in one step: what is missing is made."""
    return deploy_model(
        session.workspace,
        name,
        name=deployment,
        traffic=traffic,
        auth_mode=AuthMode(auth_mode or "key"),
        model=model or "",
        environment=environment or "",
        instance_count=instance_count,
        code_configuration=_code(code, scoring_script),
    )


def _code(code: Path | None, script: str | None) -> CodeConfiguration | None:
    if script is None:
        if code is None:
            return None
        script = "score.py"
    folder = (code.expanduser() if code else Path(script).expanduser().parent).absolute()
    return CodeConfiguration(code=str(folder), scoring_script=script if code else Path(script).name)


def _read_bytes(file: Path) -> bytes:
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read()
        return file.expanduser().read_bytes()
    except OSError as error:
        raise UsageError(
            _("{file} cannot be read: {detail}", file=file, detail=error.strerror or error),
            _("Check the path, the file's permissions and its encoding."),
        ) from None


for verb in (metrics, drift, alert):
    endpoint.add_command(verb)
