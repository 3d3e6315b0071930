"""The YAML files of online endpoints and deployments.

Sources: https://learn.microsoft.com/azure/machine-learning/reference-yaml-endpoint-online and
https://learn.microsoft.com/azure/machine-learning/reference-yaml-deployment-managed-online
"""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from ..entities import AuthMode, OnlineDeployment, OnlineEndpoint
from ..language import _
from .data_collector import data_collector
from .environment import job_environment, moved_environment
from .places import absolute, relative
from .served_model import model_said, name_or_object, reference_or_path
from .shape import Place, Shape, anything, boolean, integer, keys, label, mapping, text, word

ENDPOINT_REFERENCE = "https://learn.microsoft.com/azure/machine-learning/reference-yaml-endpoint-online"
DEPLOYMENT_REFERENCE = "https://learn.microsoft.com/azure/machine-learning/reference-yaml-deployment-managed-online"

Made = TypeVar("Made", OnlineEndpoint, OnlineDeployment)

_WRITTEN_BY_THE_SERVICE: dict[str, Shape | None] = dict.fromkeys(
    (
        *("id", "provisioning_state", "scoring_uri", "openapi_uri", "creation_context", "resourceGroup"),
        *("defaults", "kind", "location", "state", "reason", "is_answering", "created", "notes", "compute"),
    )
)


def _share(value: Any, place: Place) -> Any:
    """Per cent, as a number or as text."""
    found = int(value) if isinstance(value, str) and value.strip().isdigit() else value
    return integer(0)(found, place)


_PROBE = keys(
    dict.fromkeys(("initial_delay", "period", "timeout", "success_threshold", "failure_threshold"), integer(0))
)
_ENDPOINT = keys(
    {
        "$schema": None,
        "name": label,
        "description": label,
        "tags": mapping(label),
        "properties": mapping(label),
        "auth_mode": word(*(mode.value for mode in AuthMode), amltoken="aml_token", aadtoken="aad_token"),
        "identity": anything,
        "public_network_access": word("enabled", "disabled"),
        "traffic": mapping(_share),
        "mirror_traffic": mapping(_share),
        **_WRITTEN_BY_THE_SERVICE,
    }
)
_DEPLOYMENT = keys(
    {
        "$schema": None,
        "type": word("managed", "kubernetes"),
        "name": label,
        "endpoint_name": label,
        "description": label,
        "tags": mapping(label),
        "properties": mapping(label),
        "model": name_or_object,
        "model_mount_path": None,
        "code_configuration": keys({"code": text, "scoring_script": text}, needed=("scoring_script",)),
        "environment": job_environment,
        "environment_variables": mapping(label),
        "instance_type": text,
        "instance_count": integer(1),
        "app_insights_enabled": boolean,
        "scale_settings": anything,
        "request_settings": keys(
            {
                "request_timeout_ms": integer(1),
                "max_concurrent_requests_per_instance": integer(1),
                "max_queue_wait_ms": integer(0),
            }
        ),
        "liveness_probe": _PROBE,
        "readiness_probe": _PROBE,
        "startup_probe": None,
        "data_collector": data_collector,
        "egress_public_network_access": None,
        **_WRITTEN_BY_THE_SERVICE,
    }
)


def read_endpoint(data: dict[str, Any], file: Path, *, name: str | None = None) -> OnlineEndpoint:
    """Raises SpecInvalid with every fault."""
    place = Place(file)
    found = _ENDPOINT(data, place)
    if name:
        found["name"] = name
    if not found.get("name"):
        place.at("name").fault(_("is missing"))
    place.check(ENDPOINT_REFERENCE)
    return _made(OnlineEndpoint, found, place, ENDPOINT_REFERENCE)


def endpoint_data(endpoint: OnlineEndpoint) -> dict[str, Any]:
    """What ``read_endpoint`` takes back."""
    data = endpoint.to_data()
    names = (
        "name",
        "description",
        "tags",
        "properties",
        "auth_mode",
        "identity",
        "public_network_access",
        "traffic",
        "mirror_traffic",
    )
    return {name: data[name] for name in names if data[name]}


def read_deployment(
    data: dict[str, Any], file: Path, *, name: str | None = None, endpoint: str | None = None
) -> OnlineDeployment:
    """Paths are relative to the file, which is absolute. Raises SpecInvalid with every fault."""
    place = Place(file)
    found = _DEPLOYMENT(data, place)
    found |= {key: value for key, value in (("name", name), ("endpoint_name", endpoint)) if value}
    found.pop("type", None)
    for key in ("name", "endpoint_name"):
        if not found.get(key):
            place.at(key).fault(_("is missing"))
    if "model" in found:
        found["model"] = model_said(found["model"], place.at("model"))
    place.check(DEPLOYMENT_REFERENCE)
    if found.get("model"):
        found["model"] = reference_or_path(found["model"], file.parent)
    if "code_configuration" in found:
        code = found["code_configuration"].get("code", ".")
        found["code_configuration"]["code"] = absolute(code, file.parent)
    if "environment" in found:
        found["environment"] = moved_environment(found["environment"], lambda path: absolute(path, file.parent))
    return _made(OnlineDeployment, found, place, DEPLOYMENT_REFERENCE)


def deployment_data(deployment: OnlineDeployment, folder: Path) -> dict[str, Any]:
    """What ``read_deployment`` takes back from a file in that folder."""
    data = deployment.to_data()
    observed = ("state", "reason", "is_answering", "created", "notes")
    kept = {name: value for name, value in data.items() if name not in observed and value not in (None, "", {}, [])}
    if deployment.code_configuration:
        kept["code_configuration"]["code"] = relative(deployment.code_configuration.code, folder)
    return kept


def _made(kind: type[Made], found: dict[str, Any], place: Place, reference: str) -> Made:
    try:
        return kind.model_validate(found)
    except ValidationError as error:
        for fault in error.errors():
            place.at(".".join(map(str, fault["loc"]))).fault(fault["msg"])
        place.check(reference)
        raise
