"""A model behind an address, in one step: the endpoint where there is none, the deployment, and its traffic."""

from typing import Any

from ..entities import AuthMode, OnlineDeployment, OnlineEndpoint
from ..entities.traffic import with_share
from ..errors import EndpointNotFound, UsageError
from ..language import _
from ..workspace import Workspace
from .settle_deployment import settle_deployment

FIRST = "blue"


def deploy_model(
    workspace: Workspace,
    endpoint: str,
    *,
    name: str | None = None,
    traffic: int | None = None,
    auth_mode: AuthMode = AuthMode.KEY,
    **fields: Any,
) -> OnlineDeployment:
    """``fields`` are those of an OnlineDeployment. Without a name, one that is not there: blue, green, green2, …

    ``traffic`` in per cent; what is left stays with the others, in their proportions. Without it: all for the first
    deployment, none for another. Raises UsageError, DeploymentFailed and what the endpoint's operations raise.
    """
    made, share = begin_deployment(workspace, endpoint, name=name, traffic=traffic, auth_mode=auth_mode, **fields)
    return finish_deployment(workspace, made, share)


def begin_deployment(
    workspace: Workspace,
    endpoint: str,
    *,
    name: str | None = None,
    traffic: int | None = None,
    auth_mode: AuthMode = AuthMode.KEY,
    **fields: Any,
) -> tuple[OnlineDeployment, int | None]:
    """The deployment as it is asked for, and the share of the traffic that it is to get once it answers.

    A workspace that sees to that by itself gives it even if nobody waits.
    """
    if traffic is not None and not 0 <= traffic <= 100:
        raise UsageError(
            _("{share} % is no share of the traffic.", share=traffic), _("Give a number from 0 to 100: --traffic 10")
        )
    try:
        found = workspace.endpoints.get(endpoint)
    except EndpointNotFound:
        found = workspace.endpoints.create_or_update(OnlineEndpoint(name=endpoint, auth_mode=auth_mode))
    there = [each.name for each in workspace.endpoints.deployments.list(found.name, limit=1000).items]
    wanted = OnlineDeployment(name=name or free_name(there), endpoint_name=found.name, **fields)
    share = traffic if traffic is not None else (None if sum(found.traffic.values()) else 100)
    return workspace.endpoints.deployments.create_or_update(wanted, share=share), share


def finish_deployment(workspace: Workspace, made: OnlineDeployment, share: int | None) -> OnlineDeployment:
    """Waits until it answers, then gives it its traffic. Raises DeploymentFailed, UsageError."""
    made = settle_deployment(workspace, made.endpoint_name, made.name)
    if share is not None:
        give_traffic(workspace, made.endpoint_name, made.name, share)
    return made


def give_traffic(workspace: Workspace, endpoint: str, name: str, share: int) -> OnlineEndpoint:
    """This share to one deployment, and the rest to the others as it is split among them. Raises UsageError."""
    wanted = with_share(workspace.endpoints.get(endpoint), name, share)
    if sum(wanted.traffic.values()) not in (0, 100):
        raise UsageError(
            _("{name} is the only one that could answer, so that it gets all of the traffic or none.", name=name),
            _("Say --traffic 100, or deploy another one first."),
        )
    return workspace.endpoints.create_or_update(wanted)


def free_name(there: list[str]) -> str:
    taken = {name.lower() for name in there}
    names = (FIRST, "green", *(f"{colour}{number}" for number in range(2, 1000) for colour in (FIRST, "green")))
    return next(name for name in names if name not in taken)
