"""A compute target's YAML file.

Source: https://learn.microsoft.com/azure/machine-learning/reference-yaml-overview#compute
"""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..entities import Compute, ComputeType, Reason
from ..language import _
from .compute_schedule import SCHEDULES, minutes_of, schedules_data, schedules_of
from .shape import Place, Shape, anything, integer, keys, label, mapping, text, word

REFERENCE = "https://learn.microsoft.com/azure/machine-learning/reference-yaml-overview#compute"

_TYPES = tuple(kind.value for kind in ComputeType if kind is not ComputeType.LOCAL)

_COMMON: dict[str, Shape | None] = {
    "$schema": text,
    "name": text,
    "type": text,
    "description": label,
    "tags": mapping(label),
    "location": text,
    # Written by the service.
    "id": None,
    "created_on": None,
    "provisioning_state": None,
    "provisioning_errors": None,
    "compute_location": None,
}
# What only a virtual machine could do: each that is given becomes a note.
_MACHINE = dict.fromkeys(
    ("ssh_public_access_enabled", "ssh_settings", "network_settings", "identity", "enable_node_public_ip"), anything
)
_ONLY_INSTANCE = dict.fromkeys(
    (
        "create_on_behalf_of",
        "setup_scripts",
        "custom_applications",
        "enable_sso",
        "enable_root_access",
        "release_quota_on_stop",
        "enable_os_patching",
    ),
    anything,
)
_ATTACHED = dict.fromkeys(("namespace", "properties", "identity", "ssh_settings", "ssh_port"), anything)
_NOTED = _MACHINE.keys() | _ONLY_INSTANCE.keys() | _ATTACHED.keys()

_CLUSTER = keys(
    {
        **_COMMON,
        **_MACHINE,
        "size": text,
        "tier": word("dedicated", "low_priority", lowpriority="low_priority"),
        "min_instances": integer(0),
        "max_instances": integer(0),
        "idle_time_before_scale_down": integer(0),
    },
    needed=("name",),
)
_INSTANCE = keys(
    {
        **_COMMON,
        **_MACHINE,
        **_ONLY_INSTANCE,
        "size": text,
        "schedules": SCHEDULES,
        "idle_time_before_shutdown": text,
        "idle_time_before_shutdown_minutes": integer(1),
        "state": None,
        "services": None,
        "last_operation": None,
        "os_image_metadata": None,
    },
    needed=("name",),
)
_TARGET = keys({**_COMMON, **_ATTACHED, "resource_id": text}, needed=("name", "resource_id"))


def read_compute(data: dict[str, Any], file: Path) -> Compute:
    """Raises SpecInvalid with every fault."""
    place = Place(file)
    if "type" not in data:
        place.at("type").fault(_("is missing"))
    kind = word(*_TYPES)(data.get("type", _TYPES[0]), place.at("type"))
    place.check(REFERENCE)
    found = _shape_of(ComputeType(kind))(data, place)
    idle = found.get("idle_time_before_shutdown_minutes")
    if idle is None and "idle_time_before_shutdown" in found:
        idle = minutes_of(found["idle_time_before_shutdown"], place.at("idle_time_before_shutdown"))
    place.check(REFERENCE)
    fields = {
        "name": found["name"],
        "type": kind,
        "description": found.get("description"),
        "tags": found.get("tags"),
        "size": found.get("size"),
        "tier": found.get("tier"),
        "min_nodes": found.get("min_instances"),
        "max_nodes": found.get("max_instances"),
        "idle_seconds_before_scale_down": found.get("idle_time_before_scale_down"),
        "idle_minutes_before_shutdown": idle,
        "schedules": schedules_of(found.get("schedules", {})),
        "resource_id": found.get("resource_id"),
        "notes": tuple(Reason.of("KeyNotDone", key=key) for key in found if key in _NOTED),
    }
    try:
        return Compute.model_validate({name: value for name, value in fields.items() if value is not None})
    except ValidationError as error:
        for fault in error.errors():
            place.at(".".join(map(str, fault["loc"]))).fault(fault["msg"])
        place.check(REFERENCE)
        raise


def compute_data(compute: Compute) -> dict[str, Any]:
    """What ``read_compute`` takes back, to an equal compute but for what is observed and noted."""
    data: dict[str, Any] = {"name": compute.name, "type": compute.type.value}
    if compute.type.is_attached:
        data["resource_id"] = compute.resource_id
    else:
        data["size"] = compute.size
    if compute.type is ComputeType.AMLCOMPUTE:
        data |= {
            "tier": compute.tier,
            "min_instances": compute.min_nodes,
            "max_instances": compute.max_nodes,
            "idle_time_before_scale_down": compute.idle_seconds_before_scale_down,
        }
    if compute.type is ComputeType.COMPUTEINSTANCE:
        data["idle_time_before_shutdown_minutes"] = compute.idle_minutes_before_shutdown
        data["schedules"] = schedules_data(compute.schedules)
    data |= {"description": compute.description, "tags": dict(compute.tags)}
    return {name: value for name, value in data.items() if value not in (None, "", {})}


def _shape_of(kind: ComputeType) -> Shape:
    if kind.is_attached:
        return _TARGET
    return _INSTANCE if kind is ComputeType.COMPUTEINSTANCE else _CLUSTER
