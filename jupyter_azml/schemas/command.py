"""A job of type command.

Keys are those of azure-ai-ml's CommandJobSchema and https://azuremlschemas.azureedge.net/latest/commandJob.schema.json.
"""

import re
from pathlib import Path
from typing import Any

from ..entities import CommandSpec, DataInput
from ..language import _
from .common import KEYS, common_data, common_fields
from .environment import job_environment, moved_environment
from .job_data import data_input, data_output, input_data, localised, output_data, without
from .places import absolute, is_local, relative
from .shape import Place, anything, integer, keys, label, literal, mapping, sequence, text, word

SCHEMA = "https://azuremlschemas.azureedge.net/latest/commandJob.schema.json"

_SERVICE = keys(
    {
        **dict.fromkeys(("type", "job_service_type", "nodes", "log_dir", "ssh_public_keys"), text),
        "port": integer(1),
        "properties": anything,
        **dict.fromkeys(("endpoint", "status", "error_message")),
    }
)
_IDENTITY = keys(
    {
        "type": word("managed", "aml_token", "user_identity", managed_identity="managed"),
        **dict.fromkeys(("client_id", "object_id", "msi_resource_id"), text),
    },
    needed=("type",),
)
_DISTRIBUTIONS = {
    "mpi": keys({"type": text, "process_count_per_instance": integer(1)}),
    "pytorch": keys({"type": text, "process_count_per_instance": integer(1)}),
    "tensorflow": keys({"type": text, "worker_count": integer(1), "parameter_server_count": integer(0)}),
}


def _input(value: Any, place: Place) -> Any:
    if not isinstance(value, dict):
        return literal(value, place)
    if set(value) == {"value"}:
        return literal(value["value"], place.at("value"))
    return data_input(value, place)


def _distribution(value: Any, place: Place) -> Any:
    kind = value.get("type") if isinstance(value, dict) else None
    if isinstance(kind, str) and kind.lower() == "ray":
        place.at("type").fault(_("ray is not offered by a local workspace; there are: mpi, pytorch, tensorflow"))
        return None
    if not isinstance(value, dict) or not isinstance(kind, str) or kind.lower() not in _DISTRIBUTIONS:
        word(*_DISTRIBUTIONS)(kind, place.at("type"))
        return None
    return {**_DISTRIBUTIONS[kind.lower()](value, place), "type": kind.lower()}


def _shm_size(value: Any, place: Place) -> Any:
    if not re.fullmatch(r"[1-9][0-9]*[bkmg]", str(value).lower()):
        place.fault(_("a number and b, k, m or g is expected, such as 2g, not {value}", value=repr(value)))
    return str(value)


def _docker_args(value: Any, place: Place) -> Any:
    return " ".join(sequence(text)(value, place)) if isinstance(value, list) else text(value, place)


def _code(value: Any, place: Place) -> Any:
    if isinstance(value, str) and not is_local(value):
        place.fault(_("only a folder of this machine can be taken along, not {value}", value=value))
    return text(value, place)


def _command(value: Any, place: Place) -> Any:
    if isinstance(value, str) and (not value.strip() or "\0" in value):
        place.fault(_("there is nothing to run"))
    return text(value, place)


SHAPE = keys(
    {
        **KEYS,
        "command": _command,
        "code": _code,
        "environment": job_environment,
        "inputs": mapping(_input),
        "outputs": mapping(data_output),
        "resources": keys(
            {
                "instance_count": integer(1),
                "max_instance_count": integer(1),
                "instance_type": text,
                "shm_size": _shm_size,
                "docker_args": _docker_args,
                "locations": sequence(text),
                "properties": anything,
            }
        ),
        "distribution": _distribution,
        "services": mapping(_SERVICE),
        "identity": _IDENTITY,
        "properties": mapping(label),
        "parent_job_name": text,
        "parameters": None,
        # Ours: what a sweep chose for this trial.
        "search_space": mapping(literal),
    },
    needed=("command",),
)


def command_fields(data: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Of a ``CommandSpec``, from data of the shape above."""
    same = ("command", "services", "identity", "properties", "search_space", "resources", "parent_job_name")
    found = {name: data[name] for name in same if name in data}
    found["inputs"] = {name: localised(value, folder) for name, value in data.get("inputs", {}).items()}
    found["outputs"] = {name: localised(value, folder) for name, value in data.get("outputs", {}).items()}
    if "code" in data:
        found["code"] = absolute(data["code"], folder)
    if "environment" in data:
        found["environment"] = moved_environment(data["environment"], lambda path: absolute(path, folder))
    if distribution := data.get("distribution"):
        if distribution["type"] == "tensorflow":
            # As the service does it: one worker an instance.
            count = data.get("resources", {}).get("instance_count", 1)
            distribution = {"worker_count": count, **distribution}
        found["distribution"] = distribution
    found["job_tier"] = data.get("queue_settings", {}).get("job_tier", "")
    return {**common_fields(data), **found}


def command_data(spec: CommandSpec, folder: Path) -> dict[str, Any]:
    common = common_data(spec)
    if spec.job_tier:
        common["queue_settings"] = {"job_tier": spec.job_tier, **(common["queue_settings"] or {})}
    plain = spec.to_data()
    return {
        "$schema": SCHEMA,
        "type": "command",
        **{name: common.pop(name) for name in ("name", "display_name", "description", "experiment_name", "tags")},
        "parent_job_name": spec.parent_job_name,
        "properties": plain["properties"],
        "command": spec.command,
        "code": relative(spec.code, folder) if spec.code else None,
        "environment": moved_environment(plain["environment"], lambda path: relative(path, folder)),
        "inputs": {
            name: (input_data(value, folder) if isinstance(value, DataInput) else value)
            for name, value in spec.inputs.items()
        },
        "outputs": {name: output_data(value, folder) for name, value in spec.outputs.items()},
        "search_space": dict(spec.search_space),
        **common,
        "resources": without(plain["resources"], {"instance_count": 1}),
        "distribution": plain["distribution"],
        "services": plain["services"],
        "identity": plain["identity"],
    }
