"""Waiting until an instance is up or down."""

import time

from ..entities import Compute, ComputeState
from ..errors import Conflict
from ..language import _
from ..workspace import Workspace

PATIENCE = 600.0
"""Seconds; in Azure it takes minutes."""


def settle_compute(workspace: Workspace, name: str, patience: float = PATIENCE) -> Compute:
    """The compute once it neither starts nor stops. Raises Conflict when that takes longer than ``patience``."""
    deadline = time.monotonic() + patience
    compute = workspace.computes.get(name)
    while compute.state in (ComputeState.STARTING, ComputeState.STOPPING):
        if time.monotonic() >= deadline:
            raise Conflict(
                _(
                    "{name} is still {state} after {seconds} s.",
                    name=name,
                    state=compute.state,
                    seconds=round(patience),
                ),
                _("Look again with: azml compute show {name}", name=name),
            )
        time.sleep(workspace.jobs.pause)
        compute = workspace.computes.get(name)
    return compute
