"""Quotas as a new subscription has them, so that a cluster which Azure would refuse is refused here."""

import re
from collections.abc import Iterable

from ..entities import Compute, ComputeState, ComputeType, Usage
from ..errors import QuotaExceeded
from ..language import _
from .sizes import SIZES, size_named

FAMILY_LIMIT = 100
GPU_FAMILY_LIMIT = 24
"""Unless the smallest machine of the family has more cores: one of each kind is to be had."""
DEDICATED_LIMIT = 350
LOW_PRIORITY_LIMIT = 100

DEDICATED = "Total Cluster Dedicated Regional vCPUs"
LOW_PRIORITY = "Total Cluster LowPriority Regional vCPUs"


def check_quota(compute: Compute, others: Iterable[Compute]) -> None:
    """Whether all nodes that it may have fit beside the nodes that the others have. Raises QuotaExceeded.

    The states of instances are those that are wanted. As in Azure, a cluster's nodes count once they are there.
    """
    if not compute.size:
        return
    cores, taken = size_named(compute.size).cores, _taken(others, besides=compute.name)
    asked = compute.max_nodes * cores
    for name in _counted_in(compute):
        used, limit = taken.get(name, 0), _limits()[name]
        if used + asked > limit:
            raise QuotaExceeded(
                _(
                    "{name} asks for {asked} cores of “{quota}”, of which {used} of {limit} are taken.",
                    name=compute.name,
                    asked=asked,
                    quota=name,
                    used=used,
                    limit=limit,
                ),
                _what_fits(compute, (limit - used) // cores),
            )


def usage_of(computes: Iterable[Compute]) -> tuple[Usage, ...]:
    taken = _taken(computes)
    return tuple(Usage(name=name, used=taken.get(name, 0), limit=limit) for name, limit in _limits().items())


def _what_fits(compute: Compute, nodes: int) -> str:
    if nodes < 1:
        return _("Choose a smaller size (azml compute list-sizes), or stop what takes it (azml compute list-usage).")
    return _("{size} fits with --max-instances {nodes}; or choose a smaller size.", size=compute.size, nodes=nodes)


def _taken(computes: Iterable[Compute], besides: str = "") -> dict[str, int]:
    taken: dict[str, int] = {}
    for compute in computes:
        if not compute.size or compute.name.lower() == besides.lower():
            continue
        cores = _nodes(compute) * size_named(compute.size).cores
        for name in _counted_in(compute):
            taken[name] = taken.get(name, 0) + cores
    return taken


def _nodes(compute: Compute) -> int:
    if compute.type is ComputeType.COMPUTEINSTANCE:
        return int(compute.state in (ComputeState.RUNNING, ComputeState.STARTING))
    return max(compute.min_nodes, compute.busy_nodes + compute.idle_nodes)


def _counted_in(compute: Compute) -> tuple[str, ...]:
    if compute.tier == "low_priority":
        return (LOW_PRIORITY,)
    return (_quota_of(size_named(compute.size).family), DEDICATED)


def _quota_of(family: str) -> str:
    # The service's own words: "Standard DSv2 Family Cluster Dedicated vCPUs" for standardDSv2Family.
    return re.sub(r"^standard(.+)Family$", r"Standard \1 Family Cluster Dedicated vCPUs", family)


def _limits() -> dict[str, int]:
    limits: dict[str, int] = {}
    for size in SIZES:
        # The sizes of a family are listed from the smallest up.
        limits.setdefault(_quota_of(size.family), max(GPU_FAMILY_LIMIT, size.cores) if size.gpus else FAMILY_LIMIT)
    return {**limits, DEDICATED: DEDICATED_LIMIT, LOW_PRIORITY: LOW_PRIORITY_LIMIT}
