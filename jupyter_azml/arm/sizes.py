"""Nodes, sizes of virtual machines and quotas."""

from collections.abc import Mapping
from typing import Any

from ..entities import ComputeSize, Node, NodeState, Usage
from .shape import mapping, moment, number


def node_to_arm(node: Node) -> dict[str, Any]:
    return {"nodeId": node.name, "nodeState": node.state.value, "runId": node.job}


def node_from_arm(found: Mapping[str, Any], compute: str) -> Node:
    state = str(found.get("nodeState"))
    return Node(
        name=str(found.get("nodeId")),
        compute=compute,
        # The service also has "preempted".
        state=NodeState(state) if state in list(NodeState) else NodeState.UNUSABLE,
        job=found.get("runId") or None,
        created=moment(found.get("createdOn")),
    )


def size_to_arm(size: ComputeSize) -> dict[str, Any]:
    return {
        "name": size.name,
        "family": size.family,
        "vCPUs": size.cores,
        "gpus": size.gpus,
        "memoryGB": size.memory_gb,
        "supportedComputeTypes": ["AmlCompute", "ComputeInstance"],
    }


def size_from_arm(found: Mapping[str, Any]) -> ComputeSize:
    memory = found.get("memoryGB")
    return ComputeSize(
        name=str(found.get("name")),
        family=str(found.get("family") or ""),
        cores=number(found.get("vCPUs")),
        memory_gb=memory if isinstance(memory, int | float) else 0.0,
        gpus=number(found.get("gpus")),
    )


def usage_to_arm(usage: Usage) -> dict[str, Any]:
    return {
        "name": {"value": usage.name, "localizedValue": usage.name},
        "currentValue": usage.used,
        "limit": usage.limit,
        "unit": "Count",
    }


def usage_from_arm(found: Mapping[str, Any]) -> Usage:
    name = mapping(found.get("name"))
    return Usage(
        name=str(name.get("localizedValue") or name.get("value") or ""),
        used=number(found.get("currentValue")),
        limit=number(found.get("limit")),
    )
