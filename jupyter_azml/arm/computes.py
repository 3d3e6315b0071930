"""Computes. Kinds that ComputeType has no word for (HDInsight, Synapse Spark…) are only named."""

from collections.abc import Mapping
from typing import Any

from ..entities import Compute, ComputeState, ComputeType
from .ids import PROVIDER, WorkspaceId
from .schedules import schedules_from_arm, schedules_to_arm
from .shape import duration, mapping, moment, number, seconds, texts

LOCAL_TAG = "azml.type"
"""A tag on the compute that is this machine, which Azure ML has no type for."""

_ATTACHED = {
    "Kubernetes": ComputeType.KUBERNETES,
    "VirtualMachine": ComputeType.VIRTUALMACHINE,
    "Databricks": ComputeType.DATABRICKS,
}
_KINDS = {
    ComputeType.LOCAL: "AmlCompute",
    ComputeType.AMLCOMPUTE: "AmlCompute",
    ComputeType.COMPUTEINSTANCE: "ComputeInstance",
} | {kind: word for word, kind in _ATTACHED.items()}
_INSTANCE_STATES = {"JobRunning": ComputeState.RUNNING, "Deleting": ComputeState.STOPPING} | dict.fromkeys(
    ("Creating", "Restarting", "Resizing", "SettingUp", "UserSettingUp", "SystemSettingUp"), ComputeState.STARTING
)


def compute_to_arm(compute: Compute, workspace: WorkspaceId, location: str = "local") -> dict[str, Any]:
    """As the service would answer ``GET …/computes/NAME``, and as it takes a ``PUT``."""
    properties: dict[str, Any] = {
        "computeType": _KINDS[compute.type],
        "description": compute.description,
        "provisioningState": "Succeeded",
        "properties": _details(compute),
    }
    if compute.resource_id:
        properties["resourceId"] = compute.resource_id
    if compute.created:
        properties["createdOn"] = compute.created.isoformat()
    return {
        "id": workspace.child("computes", compute.name),
        "name": compute.name,
        "type": f"{PROVIDER}/workspaces/computes",
        "location": location,
        "tags": compute.tags | ({LOCAL_TAG: "local"} if compute.type is ComputeType.LOCAL else {}),
        "properties": properties,
    }


def compute_from_arm(resource: Mapping[str, Any]) -> Compute:
    properties = mapping(resource.get("properties"))
    details = mapping(properties.get("properties"))
    kind = str(properties.get("computeType") or "")
    tags = texts(resource.get("tags"))
    fields: dict[str, Any] = {
        "name": str(resource.get("name")),
        "description": str(properties.get("description") or ""),
        "tags": {name: value for name, value in tags.items() if name != LOCAL_TAG},
        "created": moment(properties.get("createdOn")),
        "size": str(details.get("vmSize") or ""),
        "resource_id": str(properties.get("resourceId") or ""),
    }
    if kind == "ComputeInstance":
        return Compute(**fields, **_instance_from_arm(details))
    # Creating, Failed…: until it is there, no job runs on it.
    is_there = properties.get("provisioningState") == "Succeeded"
    fields["state"] = ComputeState.RUNNING if is_there else ComputeState.STOPPED
    if kind in _ATTACHED:
        return Compute(**fields, type=_ATTACHED[kind], max_nodes=0)
    if kind != "AmlCompute":
        fields["description"] = fields["description"] or kind
        return Compute(**fields, type=ComputeType.AMLCOMPUTE, max_nodes=1)
    is_local = tags.get(LOCAL_TAG) == "local"
    return Compute(
        **fields, **_cluster_from_arm(details), type=ComputeType.LOCAL if is_local else ComputeType.AMLCOMPUTE
    )


def _details(compute: Compute) -> dict[str, Any]:
    if compute.type.is_attached:
        return {}
    return _instance(compute) if compute.type is ComputeType.COMPUTEINSTANCE else _cluster(compute)


def _instance(compute: Compute) -> dict[str, Any]:
    details: dict[str, Any] = {"vmSize": compute.size, "state": compute.state.value}
    if compute.idle_minutes_before_shutdown:
        details["idleTimeBeforeShutdown"] = f"PT{compute.idle_minutes_before_shutdown}M"
    if compute.schedules:
        details["schedules"] = {"computeStartStop": schedules_to_arm(compute.schedules)}
    return details


def _instance_from_arm(details: Mapping[str, Any]) -> dict[str, Any]:
    state, idle = str(details.get("state")), seconds(details.get("idleTimeBeforeShutdown"))
    known = ComputeState(state) if state in list(ComputeState) else ComputeState.STOPPED
    return {
        "type": ComputeType.COMPUTEINSTANCE,
        "state": _INSTANCE_STATES.get(state, known),
        "max_nodes": 1,
        "idle_minutes_before_shutdown": max(idle // 60, 1) if idle else None,
        "schedules": schedules_from_arm(mapping(details.get("schedules")).get("computeStartStop")),
    }


def _cluster(compute: Compute) -> dict[str, Any]:
    others = ("leavingNodeCount", "preemptedNodeCount", "preparingNodeCount", "unusableNodeCount")
    nodes = compute.busy_nodes + compute.idle_nodes
    return {
        "vmSize": compute.size,
        "vmPriority": "LowPriority" if compute.tier == "low_priority" else "Dedicated",
        "scaleSettings": {
            "minNodeCount": compute.min_nodes,
            "maxNodeCount": compute.max_nodes,
            "nodeIdleTimeBeforeScaleDown": duration(compute.idle_seconds_before_scale_down),
        },
        "allocationState": "Steady",
        "currentNodeCount": nodes,
        "targetNodeCount": nodes,
        "nodeStateCounts": dict.fromkeys(others, 0)
        | {"runningNodeCount": compute.busy_nodes, "idleNodeCount": compute.idle_nodes},
    }


def _cluster_from_arm(details: Mapping[str, Any]) -> dict[str, Any]:
    scale, counts = mapping(details.get("scaleSettings")), mapping(details.get("nodeStateCounts"))
    idle = seconds(scale.get("nodeIdleTimeBeforeScaleDown"))
    return {
        "tier": "low_priority" if details.get("vmPriority") == "LowPriority" else "dedicated",
        "min_nodes": number(scale.get("minNodeCount")),
        "max_nodes": number(scale.get("maxNodeCount")),
        "busy_nodes": number(counts.get("runningNodeCount")),
        "idle_nodes": number(counts.get("idleNodeCount")),
        **({} if idle is None else {"idle_seconds_before_scale_down": idle}),
    }
