"""Command jobs, as a client asks for one."""

import re
from collections.abc import Mapping
from typing import Any

from ..entities import CommandSpec, DataOutput, Resources
from .ids import last_name
from .inputs import data_inputs_from_arm, data_type
from .shape import mapping, seconds, texts

_ASSET = re.compile(
    r".*/(?:environments|data|models)/(?P<name>[^/]+)/(?:versions/(?P<version>[^/]+)|labels/(?P<label>[^/]+))"
)
_OUTPUT_MODES = {"Upload": "upload", "Direct": "direct"}
_DISTRIBUTIONS = {"Mpi": "mpi", "PyTorch": "pytorch", "TensorFlow": "tensorflow"}
_DISTRIBUTION_FIELDS = {
    "processCountPerInstance": "process_count_per_instance",
    "workerCount": "worker_count",
    "parameterServerCount": "parameter_server_count",
}


def command_from_arm(resource: Mapping[str, Any], code: str | None) -> CommandSpec:
    """``code``: the folder that ``codeId`` leads to. Raises ValueError for what is no command job."""
    properties = mapping(resource.get("properties"))
    kind = str(properties.get("jobType"))
    if kind != "Command":
        raise ValueError(f"jobType is {kind}")
    inputs = {
        name: value.model_copy(update={"path": short_reference(value.path)})
        for name, value in data_inputs_from_arm(properties).items()
    }
    return CommandSpec.model_validate(
        {
            "name": resource.get("name"),
            "display_name": properties.get("displayName") or "",
            "description": properties.get("description") or "",
            "experiment": properties.get("experimentName") or "Default",
            "compute": last_name(str(properties.get("computeId") or "serverless")),
            "tags": texts(properties.get("tags")),
            "environment_variables": texts(properties.get("environmentVariables")),
            "environment": short_reference(str(properties.get("environmentId") or "")) or None,
            "timeout": seconds(mapping(properties.get("limits")).get("timeout")),
            "priority": str(mapping(properties.get("queueSettings")).get("priority") or "medium").lower(),
            "command": str(properties.get("command") or ""),
            "code": code,
            "inputs": {**inputs, **_literals(properties)},
            "outputs": {
                str(name): _output(mapping(value)) for name, value in mapping(properties.get("outputs")).items()
            },
            "resources": _resources(mapping(properties.get("resources"))),
            "distribution": _distribution(mapping(properties.get("distribution"))),
            "services": dict(mapping(properties.get("services"))),
            "properties": texts(properties.get("properties")),
        }
    )


def short_reference(reference: str) -> str:
    """``azureml:NAME:VERSION`` or ``azureml:NAME@LABEL`` of an ARM id of an asset; anything else stays as it is."""
    if not reference.startswith("/subscriptions/"):
        return reference
    found = _ASSET.fullmatch(reference)
    if not found:
        return reference
    return (
        f"azureml:{found['name']}:{found['version']}"
        if found["version"]
        else f"azureml:{found['name']}@{found['label']}"
    )


def _literals(properties: Mapping[str, Any]) -> dict[str, str]:
    inputs = {str(name): mapping(value) for name, value in mapping(properties.get("inputs")).items()}
    return {
        name: str(value.get("value", "")) for name, value in inputs.items() if value.get("jobInputType") == "literal"
    }


def _output(output: Mapping[str, Any]) -> DataOutput:
    return DataOutput(
        type=data_type(output.get("jobOutputType")),
        path=str(output.get("uri") or ""),
        mode=_OUTPUT_MODES.get(str(output.get("mode")), "rw_mount"),  # type: ignore[arg-type]  # one of the three
        name=str(output.get("assetName") or ""),
        version=str(output.get("assetVersion") or ""),
    )


def _resources(resources: Mapping[str, Any]) -> Resources:
    return Resources(
        instance_count=int(resources.get("instanceCount") or 1),
        instance_type=str(resources.get("instanceType") or ""),
        shm_size=str(resources.get("shmSize") or ""),
        docker_args=str(resources.get("dockerArgs") or ""),
    )


def _distribution(distribution: Mapping[str, Any]) -> dict[str, Any] | None:
    kind = _DISTRIBUTIONS.get(str(distribution.get("distributionType")))
    if not kind:
        return None
    fields = {ours: distribution[theirs] for theirs, ours in _DISTRIBUTION_FIELDS.items() if distribution.get(theirs)}
    return {"type": kind, **fields}
