"""Computes: AmlCompute and ComputeInstance. Other kinds (Kubernetes, virtual machines…) are only named."""

from collections.abc import Mapping
from typing import Any

from ..entities import Compute, ComputeState, ComputeType
from .ids import PROVIDER, WorkspaceId
from .shape import mapping, number, texts

LOCAL_TAG = "azml.type"
"""A tag on the compute that is this machine, which Azure ML has no type for."""


def compute_to_arm(compute: Compute, workspace: WorkspaceId) -> dict[str, Any]:
    is_instance = compute.type is ComputeType.COMPUTEINSTANCE
    return {
        "id": workspace.child("computes", compute.name),
        "name": compute.name,
        "type": f"{PROVIDER}/workspaces/computes",
        "location": "local",
        "tags": {LOCAL_TAG: "local"} if compute.type is ComputeType.LOCAL else {},
        "properties": {
            "computeType": "ComputeInstance" if is_instance else "AmlCompute",
            "description": compute.description,
            "provisioningState": "Succeeded",
            "properties": _instance(compute) if is_instance else _cluster(compute),
        },
    }


def compute_from_arm(resource: Mapping[str, Any]) -> Compute:
    properties = mapping(resource.get("properties"))
    details = mapping(properties.get("properties"))
    kind = str(properties.get("computeType") or "")
    fields: dict[str, Any] = {
        "name": str(resource.get("name")),
        "description": str(properties.get("description") or ""),
    }
    if kind == "ComputeInstance":
        return Compute(
            **fields, type=ComputeType.COMPUTEINSTANCE, state=_state(details.get("state"), "Running"), max_nodes=1
        )
    state = _state(properties.get("provisioningState"), "Succeeded")
    if kind != "AmlCompute":
        # ComputeType has no word for these; the description says what it is.
        fields["description"] = fields["description"] or kind
        return Compute(**fields, type=ComputeType.AMLCOMPUTE, state=state, max_nodes=1)
    is_local = texts(resource.get("tags")).get(LOCAL_TAG) == "local"
    return Compute(
        **fields,
        type=ComputeType.LOCAL if is_local else ComputeType.AMLCOMPUTE,
        state=state,
        max_nodes=number(mapping(details.get("scaleSettings")).get("maxNodeCount")),
        busy_nodes=number(mapping(details.get("nodeStateCounts")).get("runningNodeCount")),
    )


def _instance(compute: Compute) -> dict[str, Any]:
    return {"vmSize": "local", "state": compute.state.value}


def _cluster(compute: Compute) -> dict[str, Any]:
    nodes = ("idleNodeCount", "leavingNodeCount", "preemptedNodeCount", "preparingNodeCount", "unusableNodeCount")
    return {
        "vmSize": "local",
        "scaleSettings": {"minNodeCount": 0, "maxNodeCount": compute.max_nodes, "nodeIdleTimeBeforeScaleDown": "PT0S"},
        "allocationState": "Steady",
        "currentNodeCount": compute.busy_nodes,
        "targetNodeCount": compute.busy_nodes,
        "nodeStateCounts": dict.fromkeys(nodes, 0) | {"runningNodeCount": compute.busy_nodes},
    }


def _state(value: object, usable: str) -> ComputeState:
    # Creating, Starting, Stopping, Failed…: until it is usable, no job runs there.
    return ComputeState.RUNNING if value == usable else ComputeState.STOPPED
