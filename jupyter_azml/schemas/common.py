"""What every kind of job may say, and how it becomes the fields of a ``Submission``."""

from typing import Any

from ..entities import Priority, Submission
from .shape import Shape, integer, keys, label, mapping, seconds, sequence, text, word

REFERENCE = "https://learn.microsoft.com/azure/machine-learning/reference-yaml-job-command"

KEYS: dict[str, Shape | None] = {
    "$schema": text,
    "type": text,
    "name": text,
    "display_name": text,
    "description": text,
    "experiment_name": text,
    "tags": mapping(label),
    "compute": text,
    "environment_variables": mapping(label),
    "limits": keys({"timeout": seconds}),
    "queue_settings": keys(
        {
            "job_tier": word("null", "spot", "basic", "standard", "premium"),
            "priority": word(*(priority.value for priority in Priority)),
        }
    ),
    # These three are ours.
    "retries": integer(0),
    "secrets": sequence(text),
    "connections": sequence(text),
    # Written by the service.
    "id": None,
    "status": None,
    "creation_context": None,
    "log_files": None,
}


def common_fields(data: dict[str, Any]) -> dict[str, Any]:
    found = {
        name: data.get(name)
        for name in ("name", "display_name", "description", "tags", "environment_variables", "retries")
    }
    found |= {
        "experiment": data.get("experiment_name"),
        "compute": _compute_name(data.get("compute")),
        "timeout": data.get("limits", {}).get("timeout"),
        "priority": data.get("queue_settings", {}).get("priority"),
        "secrets": tuple(data.get("secrets", ())),
        "connections": tuple(data.get("connections", ())),
    }
    return {name: value for name, value in found.items() if value is not None}


def common_data(spec: Submission) -> dict[str, Any]:
    """In the order in which people write them; what is as usual is left out."""
    timeout = spec.timeout and (int(spec.timeout) if spec.timeout.is_integer() else spec.timeout)
    priority = None if spec.priority is Priority.MEDIUM else spec.priority.value
    return {
        "name": spec.name,
        "display_name": spec.display_name,
        "description": spec.description,
        "experiment_name": spec.experiment,
        "tags": dict(spec.tags),
        "compute": spec.compute if spec.compute in ("local", "serverless") else f"azureml:{spec.compute}",
        "environment_variables": dict(spec.environment_variables),
        "limits": {"timeout": timeout} if timeout else None,
        "queue_settings": {"priority": priority} if priority else None,
        "retries": spec.retries,
        "secrets": list(spec.secrets),
        "connections": list(spec.connections),
    }


def _compute_name(compute: str | None) -> str | None:
    """``azureml:NAME``, ``NAME`` or the whole ARM id."""
    if compute is None:
        return None
    return compute.removeprefix("azureml:").rsplit("/", 1)[-1]
