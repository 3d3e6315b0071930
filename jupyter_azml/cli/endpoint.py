"""Endpoints and deployments on a terminal."""

import json

from rich.markup import escape

from ..actions.follow_logs import DeploymentLog
from ..entities import (
    EndpointKeys,
    EndpointState,
    EndpointToken,
    Invocation,
    OnlineDeployment,
    OnlineEndpoint,
)
from ..language import _
from .text import console, facts_table, print_text, show_in_columns

COLOURS = {EndpointState.SUCCEEDED: "green", EndpointState.FAILED: "red"}


@print_text.register
def _endpoint(endpoint: OnlineEndpoint) -> None:
    out = console()
    out.print(f"[bold]{escape(endpoint.name)}[/]  {_state(endpoint.state)}")
    if endpoint.reason:
        out.print(escape(endpoint.reason.message))
    out.print(
        facts_table(
            {
                _("Address"): endpoint.scoring_uri,
                _("Asks for"): endpoint.auth_mode,
                _("Traffic"): _shares(endpoint.traffic),
                _("Copies"): _shares(endpoint.mirror_traffic),
                _("Description"): endpoint.description,
                _("Tags"): ", ".join(f"{name} = {value}" for name, value in endpoint.tags.items()),
                _("Notes"): "\n".join(note.message for note in endpoint.notes),
            }
        )
    )


@print_text.register
def _deployment(deployment: OnlineDeployment) -> None:
    out = console()
    out.print(f"[bold]{escape(deployment.endpoint_name)}/{escape(deployment.name)}[/]  {_state(deployment.state)}")
    if deployment.reason:
        out.print(escape(deployment.reason.message))
        if trace := deployment.reason.values.get("traceback"):
            out.print(escape(str(trace)))
    code = deployment.code_configuration
    environment = deployment.environment
    out.print(
        facts_table(
            {
                _("Model"): deployment.model,
                _("Scoring script"): f"{code.code}/{code.scoring_script}" if code else "",
                _("Environment"): environment if isinstance(environment, str) else str(environment.get("name", "")),
                _("Instances"): str(deployment.instance_count),
                _("Answers"): _("yes") if deployment.is_answering else _("no"),
                _("Notes"): "\n".join(note.message for note in deployment.notes),
            }
        )
    )


@print_text.register
def _keys(keys: EndpointKeys) -> None:
    console().print(facts_table({_("Primary key"): keys.primary_key, _("Secondary key"): keys.secondary_key}))


@print_text.register
def _token(token: EndpointToken) -> None:
    facts = {_("Token"): token.access_token, _("Expires"): token.expiry.astimezone().isoformat(" ", "seconds")}
    console().print(facts_table(facts))


@print_text.register
def _invocation(invocation: Invocation) -> None:
    """What the model said and nothing else, so that it can be piped on."""
    try:
        print(json.dumps(json.loads(invocation.body), ensure_ascii=False))
    except ValueError:
        print(invocation.body)


@print_text.register
def _log(log: DeploymentLog) -> None:
    for part in log.parts():
        print(part, end="", flush=True)


def _state(state: EndpointState) -> str:
    return f"[{COLOURS.get(state, 'cyan')}]{state}[/]"


def _shares(shares: dict[str, int]) -> str:
    return ", ".join(f"{name} {share} %" for name, share in shares.items() if share)


show_in_columns(
    OnlineEndpoint,
    ("Name", "State", "Traffic", "Address"),
    lambda endpoint: (
        escape(endpoint.name),
        _state(endpoint.state),
        escape(_shares(endpoint.traffic)),
        endpoint.scoring_uri,
    ),
)
show_in_columns(
    OnlineDeployment,
    ("Name", "State", "Answers", "Model", "Instances", "Why"),
    lambda deployment: (
        escape(deployment.name),
        _state(deployment.state),
        "●" if deployment.is_answering else "",
        escape(deployment.model),
        str(deployment.instance_count),
        escape(deployment.reason.message[:80]) if deployment.reason else "",
    ),
)
