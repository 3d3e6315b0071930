"""What a job takes of machines: their size, how many, and for how long."""

from datetime import UTC, datetime

from ..entities import CommandSpec, Compute
from ..entities.cost import JobCost
from ..errors import ComputeNotFound
from ..workspace import Workspace

_HOUR = 3600.0


def job_cost(workspace: Workspace, name: str) -> JobCost:
    """Of a job that has not begun, 0 hours. Raises JobNotFound."""
    job = workspace.jobs.get(name)
    compute = _compute(workspace, job.compute)
    resources = job.spec.resources if isinstance(job.spec, CommandSpec) else None
    nodes = resources.instance_count if resources else 1
    size = (resources.instance_type if resources else "") or (compute.size if compute else "")
    machine = next((each for each in workspace.computes.sizes().items if each.name.lower() == size.lower()), None)
    ended = job.ended or (None if job.status.is_terminal else datetime.now(UTC))
    hours = (ended - job.started).total_seconds() / _HOUR if job.started and ended else 0.0
    cores = machine.cores * nodes if machine and size else 0
    return JobCost(
        job=job.name,
        compute=job.compute,
        size=size,
        tier=compute.tier if compute and size else "",
        nodes=nodes,
        cores=cores,
        gpus=machine.gpus * nodes if machine and size else 0,
        hours=round(hours, 4),
        node_hours=round(hours * nodes, 4),
        core_hours=round(hours * cores, 4),
        is_running=not job.status.is_terminal,
    )


def _compute(workspace: Workspace, name: str) -> Compute | None:
    """None for one that was deleted meanwhile, or that is Azure's own."""
    try:
        return workspace.computes.get(name)
    except ComputeNotFound:
        return None
