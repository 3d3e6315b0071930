"""Whether what is asked of a compute goes together, by Azure's rules."""

import re

from ..entities import Compute, ComputeState, ComputeType, Reason
from ..errors import Conflict, UsageError
from ..language import _
from .schedule import check_trigger
from .sizes import DEFAULT_SIZE, size_named

RESERVED = ("local", "serverless")

# https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
_NAME = re.compile(r"[A-Za-z](-?[A-Za-z0-9]+)*")
_LENGTHS = {ComputeType.AMLCOMPUTE: (3, 32), ComputeType.COMPUTEINSTANCE: (3, 24)}
_ATTACHED_LENGTHS = (2, 16)

_RESOURCES = {
    ComputeType.KUBERNETES: (
        "Microsoft.ContainerService/managedClusters",
        "Microsoft.Kubernetes/connectedClusters",
    ),
    ComputeType.VIRTUALMACHINE: ("Microsoft.Compute/virtualMachines",),
    ComputeType.DATABRICKS: ("Microsoft.Databricks/workspaces",),
}
_ID = re.compile(r"/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/([^/]+/[^/]+)/([^/]+)", re.IGNORECASE)


def checked(compute: Compute) -> Compute:
    """The compute as it is kept: defaults filled in, nothing in it that is observed. Raises UsageError."""
    _check_name(compute)
    kept = compute.model_copy(
        update={
            "state": ComputeState.RUNNING,
            "busy_nodes": 0,
            "idle_nodes": 0,
            "created": None,
            "notes": _notes(compute),
        }
    )
    if kept.type.is_attached:
        _check_resource(kept)
        return kept.model_copy(update={"size": "", "min_nodes": 0, "max_nodes": 0, "schedules": ()})
    kept = kept.model_copy(update={"size": size_named(kept.size or DEFAULT_SIZE).name})
    if kept.type is ComputeType.COMPUTEINSTANCE:
        return _checked_instance(kept)
    return _checked_cluster(kept)


def check_change(before: Compute, after: Compute) -> None:
    """Raises Conflict for what cannot be changed once it is there."""
    for field in ("type", "size", "tier", "resource_id"):
        old, new = getattr(before, field), getattr(after, field)
        if str(old).lower() != str(new).lower():
            raise Conflict(
                _(
                    "{name} exists with {field} {value}, which cannot be changed.",
                    name=before.name,
                    field=field,
                    value=old,
                ),
                _("Choose another name, or delete it first: azml compute delete {name}", name=before.name),
            )


def refuse_local(name: str) -> None:
    """Raises UsageError for this machine itself."""
    if name.lower() in RESERVED:
        raise UsageError(
            _("{name} is this machine itself: it is always there and cannot be changed.", name="local"),
            _("Make a compute of your own with: azml compute create NAME --type amlcompute"),
        )


def _notes(compute: Compute) -> tuple[Reason, ...]:
    here = Reason.of("AttachedOnly" if compute.type.is_attached else "OnThisMachine")
    return (here, *(note for note in compute.notes if note != here))


def _check_name(compute: Compute) -> None:
    refuse_local("local" if compute.type is ComputeType.LOCAL else compute.name)
    shortest, longest = _LENGTHS.get(compute.type, _ATTACHED_LENGTHS)
    if not (_NAME.fullmatch(compute.name) and shortest <= len(compute.name) <= longest):
        raise UsageError(
            _("{name} cannot be a compute's name.", name=compute.name),
            _(
                "Use {shortest} to {longest} letters, digits and single hyphens, beginning with a letter and not "
                "ending with a hyphen.",
                shortest=shortest,
                longest=longest,
            ),
        )


def _check_resource(compute: Compute) -> None:
    kinds = _RESOURCES[compute.type]
    form = _("It is written as in: {form}", form=f"/subscriptions/ID/resourceGroups/GROUP/providers/{kinds[0]}/NAME")
    found = _ID.fullmatch(compute.resource_id)
    if not found:
        raise UsageError(
            _("“{text}” is not the id of a resource in Azure.", text=compute.resource_id)
            if compute.resource_id
            else _("An attached target needs the id of a resource in Azure: --resource-id"),
            form,
        )
    if found[3].lower() not in (kind.lower() for kind in kinds):
        raise UsageError(_("A target of type {type} is not a {kind}.", type=compute.type, kind=found[3]), form)


def _checked_instance(compute: Compute) -> Compute:
    if compute.tier != "dedicated":
        raise UsageError(_("A compute instance is always dedicated."), _("Leave --tier out, or make an amlcompute."))
    for schedule in compute.schedules:
        check_trigger(schedule.trigger)
    return compute.model_copy(update={"min_nodes": 0, "max_nodes": 1})


def _checked_cluster(compute: Compute) -> Compute:
    if compute.min_nodes > compute.max_nodes:
        raise UsageError(
            _(
                "{name} cannot have at least {lowest} and at most {highest} nodes.",
                name=compute.name,
                lowest=compute.min_nodes,
                highest=compute.max_nodes,
            ),
            _("Lower --min-instances or raise --max-instances."),
        )
    for field, option in (
        ("schedules", "schedules"),
        ("idle_minutes_before_shutdown", "idle_time_before_shutdown_minutes"),
    ):
        if getattr(compute, field):
            raise UsageError(
                _("{name} is a cluster, and only an instance has {field}.", name=compute.name, field=option),
                _("A cluster scales down by itself: --idle-time-before-scale-down"),
            )
    return compute
