"""``services`` of a command job, such as JupyterLab on its node: the YAML's words and the service's."""

from collections.abc import Mapping
from typing import Any

from .shape import mapping

_TYPES = {"jupyter_lab": "JupyterLab", "ssh": "SSH", "tensor_board": "TensorBoard", "vs_code": "VSCode"}
_PROPERTIES = {"ssh_public_keys": "sshPublicKeys", "log_dir": "logDir"}


def services_to_arm(services: Mapping[str, Any]) -> dict[str, Any] | None:
    return {name: _to_arm(mapping(service)) for name, service in services.items()} or None


def services_from_arm(services: object) -> dict[str, Any]:
    """Those that a job asks for; what the service adds of its own, such as its page in the studio, is left out."""
    found = {str(name): mapping(service) for name, service in mapping(services).items()}
    return {name: _from_arm(service) for name, service in found.items() if name not in ("Studio", "Tracking")}


def service_instance(service: Mapping[str, Any]) -> dict[str, Any]:
    """Run history's word of one that a job asked for and that this machine does not start."""
    kind = _TYPES.get(str(service.get("type")), service.get("type"))
    return {"type": kind, "port": service.get("port"), "status": "NotSupported", "properties": {}}


def _to_arm(service: Mapping[str, Any]) -> dict[str, Any]:
    kind = service.get("type")
    properties = dict(mapping(service.get("properties")))
    properties |= {theirs: service[ours] for ours, theirs in _PROPERTIES.items() if service.get(ours)}
    found = {
        "jobServiceType": _TYPES.get(str(kind), kind),
        "nodes": {"nodesValueType": "All"} if service.get("nodes") == "all" else None,
        "port": service.get("port"),
        "properties": properties or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _from_arm(service: Mapping[str, Any]) -> dict[str, Any]:
    words = {theirs: ours for ours, theirs in _TYPES.items()}
    kind = service.get("jobServiceType")
    properties = dict(mapping(service.get("properties")))
    said = {ours: properties.pop(theirs) for ours, theirs in _PROPERTIES.items() if theirs in properties}
    found = {
        "type": words.get(str(kind), kind),
        "nodes": "all" if service.get("nodes") else None,
        "port": service.get("port"),
        "properties": properties or None,
        **said,
    }
    return {name: value for name, value in found.items() if value is not None}
