"""Command jobs: what a client asks for, and the same as the service answers it."""

from collections.abc import Mapping
from typing import Any

from ..entities import CommandSpec, DataOutput, Resources
from .ids import WorkspaceId, last_name
from .inputs import data_inputs_from_arm, data_type, inputs_to_arm, literals_from_arm
from .job_services import services_from_arm, services_to_arm
from .references import full_reference, short_reference
from .shape import duration, mapping, seconds, texts

_OUTPUT_MODES = {"ReadWriteMount": "rw_mount", "Upload": "upload", "Direct": "direct"}
_DISTRIBUTIONS = {"Mpi": "mpi", "PyTorch": "pytorch", "TensorFlow": "tensorflow"}
_DISTRIBUTION_FIELDS = {
    "processCountPerInstance": "process_count_per_instance",
    "workerCount": "worker_count",
    "parameterServerCount": "parameter_server_count",
}
_IDENTITIES = {"AMLToken": "aml_token", "Managed": "managed", "UserIdentity": "user_identity"}
_IDENTITY_FIELDS = {"clientId": "client_id", "objectId": "object_id", "resourceId": "msi_resource_id"}
_PRIORITIES = {1: "low", 2: "medium", 3: "high"}
_ANYWHERE = ("serverless", "local")


def command_to_arm(spec: CommandSpec, workspace: WorkspaceId) -> dict[str, Any]:
    """What a command job has and other jobs have not; without its code, which has to be uploaded first."""
    found: dict[str, Any] = {
        "command": spec.command,
        "environmentVariables": dict(spec.environment_variables),
        "inputs": inputs_to_arm(spec, workspace),
        "outputs": {name: output_to_arm(output) for name, output in spec.outputs.items()},
        "limits": {"jobLimitsType": "Command", "timeout": duration(round(spec.timeout))} if spec.timeout else None,
        "resources": _resources_to_arm(spec.resources),
        "distribution": _distribution_to_arm(spec),
        "identity": _identity_to_arm(spec.identity or {}),
        "queueSettings": _queue_to_arm(spec),
        "services": services_to_arm(spec.services),
    }
    if isinstance(spec.environment, str):
        found["environmentId"] = full_reference(spec.environment, "environments", workspace)
    return {name: value for name, value in found.items() if value is not None}


def command_from_arm(resource: Mapping[str, Any], code: str | None) -> CommandSpec:
    """``code``: the folder that ``codeId`` leads to. Raises ValueError for what is no command job."""
    properties = mapping(resource.get("properties"))
    kind = str(properties.get("jobType"))
    if kind != "Command":
        raise ValueError(f"jobType is {kind}")
    if not isinstance(properties.get("command"), str) or not properties["command"].strip():
        raise ValueError("command is missing")
    inputs = {
        name: value.model_copy(update={"path": short_reference(value.path)})
        for name, value in data_inputs_from_arm(properties).items()
    }
    queue = mapping(properties.get("queueSettings"))
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
            "priority": _priority(queue.get("priority")),
            "job_tier": str(queue.get("jobTier") or "").lower(),
            "command": str(properties.get("command") or ""),
            "code": code,
            "inputs": {**inputs, **literals_from_arm(properties)},
            "outputs": {
                str(name): _output(mapping(value))
                for name, value in mapping(properties.get("outputs")).items()
                if name != "default"  # the service's own: everything that the job leaves
            },
            "resources": _resources(mapping(properties.get("resources"))),
            "distribution": _distribution(mapping(properties.get("distribution"))),
            "identity": _identity(mapping(properties.get("identity"))),
            "services": services_from_arm(properties.get("services")),
            "properties": texts(properties.get("properties")),
        }
    )


def output_to_arm(output: DataOutput) -> dict[str, Any]:
    modes = {ours: theirs for theirs, ours in _OUTPUT_MODES.items()}
    found = {
        "jobOutputType": output.type.value,
        "mode": modes[output.mode],
        "uri": output.path or None,
        "assetName": output.name or None,
        "assetVersion": output.version or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _output(output: Mapping[str, Any]) -> DataOutput:
    return DataOutput(
        type=data_type(output.get("jobOutputType")),
        path=str(output.get("uri") or ""),
        mode=_OUTPUT_MODES.get(str(output.get("mode")), "rw_mount"),  # type: ignore[arg-type]  # one of the three
        name=str(output.get("assetName") or ""),
        version=str(output.get("assetVersion") or ""),
    )


def _resources_to_arm(resources: Resources) -> dict[str, Any] | None:
    if resources == Resources():
        return None
    found = {
        "instanceCount": resources.instance_count,
        "maxInstanceCount": resources.max_instance_count,
        "instanceType": resources.instance_type or None,
        "shmSize": resources.shm_size or None,
        "dockerArgs": resources.docker_args or None,
        "locations": list(resources.locations) or None,
        "properties": dict(resources.properties) or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _resources(resources: Mapping[str, Any]) -> Resources:
    most = resources.get("maxInstanceCount")
    return Resources(
        instance_count=int(resources.get("instanceCount") or 1),
        max_instance_count=int(most) if most else None,
        instance_type=str(resources.get("instanceType") or ""),
        shm_size=str(resources.get("shmSize") or ""),
        docker_args=str(resources.get("dockerArgs") or ""),
        locations=tuple(map(str, resources.get("locations") or ())),
        properties=dict(mapping(resources.get("properties"))),
    )


def _distribution_to_arm(spec: CommandSpec) -> dict[str, Any] | None:
    if spec.distribution is None:
        return None
    known = spec.distribution.model_dump()
    kind = next(theirs for theirs, ours in _DISTRIBUTIONS.items() if ours == spec.distribution.type)
    fields = {theirs: known[ours] for theirs, ours in _DISTRIBUTION_FIELDS.items() if ours in known}
    return {"distributionType": kind, **fields}


def _distribution(distribution: Mapping[str, Any]) -> dict[str, Any] | None:
    kind = _DISTRIBUTIONS.get(str(distribution.get("distributionType")))
    if not kind:
        return None
    fields = {
        ours: distribution[theirs]
        for theirs, ours in _DISTRIBUTION_FIELDS.items()
        if distribution.get(theirs) is not None
    }
    return {"type": kind, **fields}


def _identity_to_arm(identity: Mapping[str, Any]) -> dict[str, Any] | None:
    kind = next((theirs for theirs, ours in _IDENTITIES.items() if ours == identity.get("type")), None)
    if kind is None:
        return None
    fields = {theirs: identity[ours] for theirs, ours in _IDENTITY_FIELDS.items() if identity.get(ours)}
    return {"identityType": kind, **fields}


def _identity(identity: Mapping[str, Any]) -> dict[str, Any] | None:
    kind = _IDENTITIES.get(str(identity.get("identityType")))
    if kind is None:
        return None
    return {"type": kind} | {
        ours: identity[theirs] for theirs, ours in _IDENTITY_FIELDS.items() if identity.get(theirs)
    }


def _queue_to_arm(spec: CommandSpec) -> dict[str, Any] | None:
    number = next(number for number, word in _PRIORITIES.items() if word == spec.priority)
    found: dict[str, Any] = {"jobTier": spec.job_tier.capitalize()} if spec.job_tier else {}
    # Medium is what a job has that says nothing.
    return found | ({} if spec.priority == "medium" else {"priority": number}) or None


def _priority(value: object) -> str:
    """A number, which is what the SDK sends, or a word."""
    if isinstance(value, int):
        return _PRIORITIES.get(value, "medium")
    return str(value or "medium").lower()


def compute_id(compute: str, workspace: WorkspaceId) -> str | None:
    """None where the service chooses one: a job that says nothing runs serverless there."""
    return None if compute.lower() in _ANYWHERE else workspace.child("computes", compute)
