"""Waiting until a deployment answers, or does not."""

import time

from ..entities import EndpointState, OnlineDeployment
from ..errors import DeploymentFailed, DeploymentNotFound, EndpointNotFound
from ..language import _
from ..workspace import Workspace

PATIENCE = 1800.0
"""Seconds; packages may have to be installed first."""


def settle_deployment(workspace: Workspace, endpoint: str, name: str, patience: float = PATIENCE) -> OnlineDeployment:
    """The deployment once it answers as it was asked for. Raises DeploymentFailed."""
    deadline = time.monotonic() + patience
    found = workspace.endpoints.deployments.get(endpoint, name)
    while not found.state.is_settled:
        if time.monotonic() >= deadline:
            raise DeploymentFailed(
                _("{name} is still {state} after {seconds} s.", name=name, state=found.state, seconds=round(patience)),
                _("Look again with: azml deployment show {endpoint}/{name}", endpoint=endpoint, name=name),
            )
        time.sleep(workspace.jobs.pause)
        found = workspace.endpoints.deployments.get(endpoint, name)
    if found.state is not EndpointState.SUCCEEDED:
        why = found.reason.message if found.reason else found.state
        trace = found.reason.values.get("traceback") if found.reason else None
        kept = _("The one before goes on answering.") if found.is_answering else _("Traffic stays where it was.")
        raise DeploymentFailed(
            _("The deployment {name} has failed. {why}", name=found.name, why=why) + (f"\n{trace}" if trace else ""),
            kept + " " + _("Its log: azml deployment get-logs {endpoint}/{name}", endpoint=endpoint, name=found.name),
        )
    return found


def settle_deletion(workspace: Workspace, endpoint: str, name: str | None = None, patience: float = 120.0) -> None:
    """Until the deployment, or the endpoint, is no longer there."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            if name is None:
                workspace.endpoints.get(endpoint)
            else:
                workspace.endpoints.deployments.get(endpoint, name)
        except (DeploymentNotFound, EndpointNotFound):
            return
        time.sleep(workspace.jobs.pause)
