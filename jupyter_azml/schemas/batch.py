"""The YAML files of batch endpoints and their deployments.

https://learn.microsoft.com/azure/machine-learning/reference-yaml-endpoint-batch and
https://learn.microsoft.com/azure/machine-learning/reference-yaml-deployment-batch. Of a deployment both forms are
taken: with its ``settings`` apart, as newer ones have them, or among the other keys.
"""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..entities import BatchDeployment, BatchEndpoint
from ..language import _
from .environment import job_environment, moved_environment
from .places import absolute
from .served_model import model_said, name_or_object, reference_or_path
from .shape import Place, Shape, integer, keys, label, mapping, seconds, text, word

ENDPOINT_REFERENCE = "https://learn.microsoft.com/azure/machine-learning/reference-yaml-endpoint-batch"
REFERENCE = "https://learn.microsoft.com/azure/machine-learning/reference-yaml-deployment-batch"

_ENDPOINT = keys(
    {
        "$schema": None,
        "name": text,
        "type": None,
        "description": label,
        "auth_mode": word("aad_token", aadtoken="aad_token"),
        "tags": mapping(label),
        "properties": mapping(label),
        "defaults": keys({"deployment_name": text}),
        **dict.fromkeys(("id", "scoring_uri", "openapi_uri", "provisioning_state", "location", "kind", "identity")),
    }
)
_SETTINGS: dict[str, Shape | None] = {
    "max_concurrency_per_instance": integer(1),
    "mini_batch_size": integer(1),
    "retry_settings": keys({"max_retries": integer(0), "timeout": seconds}),
    "output_action": word("append_row", "summary_only"),
    "output_file_name": text,
    "error_threshold": integer(-1),
    "logging_level": word("debug", "info", "warning"),
}
_DEPLOYMENT = keys(
    {
        "$schema": None,
        "name": text,
        "endpoint_name": text,
        "type": word("model"),
        "description": label,
        "tags": mapping(label),
        "properties": mapping(label),
        "model": name_or_object,
        "code_configuration": keys({"code": text, "scoring_script": text}, needed=("scoring_script",)),
        "environment": job_environment,
        "environment_variables": mapping(label),
        "compute": text,
        "resources": keys({"instance_count": integer(1), "instance_type": None, "properties": None}),
        "settings": keys({**_SETTINGS, "environment_variables": mapping(label)}),
        **_SETTINGS,
        **dict.fromkeys(("id", "provisioning_state", "location", "creation_context")),
    },
    needed=("model",),
)


def read_batch_endpoint(data: dict[str, Any], file: Path, *, name: str | None = None) -> BatchEndpoint:
    """Raises SpecInvalid with every fault."""
    place = Place(file)
    found = _ENDPOINT(data, place)
    found["name"] = name or found.get("name")
    if not found["name"]:
        place.at("name").fault(_("is missing"))
    place.check(ENDPOINT_REFERENCE)
    default = found.pop("defaults", {}).get("deployment_name", "")
    return BatchEndpoint(
        default_deployment=default, **{key: value for key, value in found.items() if value is not None}
    )


def read_batch_deployment(
    data: dict[str, Any], file: Path, *, name: str | None = None, endpoint: str | None = None
) -> BatchDeployment:
    """Paths become absolute, beginning from the file. Raises SpecInvalid with every fault."""
    place = Place(file)
    found = _DEPLOYMENT(data, place)
    found["model"] = model_said(found.get("model"), place.at("model"))
    for key, value in (("name", name), ("endpoint_name", endpoint)):
        found[key] = value or found.get(key)
        if not found[key]:
            place.at(key).fault(_("is missing"))
    place.check(REFERENCE)
    found.pop("type", None)
    settings = {key: found.pop(key) for key in _SETTINGS if key in found} | found.pop("settings", {})
    variables = found.pop("environment_variables", {}) | settings.pop("environment_variables", {})
    settings |= {key: value for key, value in found.pop("resources", {}).items() if key == "instance_count"}
    found["model"] = reference_or_path(found["model"], file.parent)
    if "environment" in found:
        found["environment"] = moved_environment(found["environment"], lambda path: absolute(path, file.parent))
    if code := found.get("code_configuration"):
        code["code"] = absolute(code.get("code", "."), file.parent)
    if compute := found.get("compute"):
        found["compute"] = compute.removeprefix("azureml:").rsplit("/", 1)[-1]
    try:
        return BatchDeployment.model_validate({**found, "environment_variables": variables, "settings": settings})
    except ValidationError as error:
        for fault in error.errors():
            place.at(".".join(map(str, fault["loc"]))).fault(fault["msg"])
        place.check(REFERENCE)
        raise
