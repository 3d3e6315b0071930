"""Deployments of online endpoints."""

from collections.abc import Mapping
from typing import Any

from ..entities import (
    CodeConfiguration,
    CollectedData,
    DataCollection,
    DataCollector,
    EndpointState,
    OnlineDeployment,
    Probe,
    RequestSettings,
)
from .endpoints import seen_from_arm, seen_to_arm, state_from_arm, users_own
from .ids import PROVIDER, WorkspaceId, last_name
from .references import full_reference, short_reference
from .shape import exact_duration, mapping, milliseconds, moment, number, texts
from .versions import system_data

_PROBE = {"initialDelay": "initial_delay", "period": "period", "timeout": "timeout"}
_COUNTS = {"successThreshold": "success_threshold", "failureThreshold": "failure_threshold"}


def deployment_to_arm(deployment: OnlineDeployment, workspace: WorkspaceId, location: str = "local") -> dict[str, Any]:
    """As the service would answer, and as it takes a ``PUT``.

    The code must be the id of code that was uploaded, and the environment a reference.
    """
    endpoint = workspace.child("onlineEndpoints", deployment.endpoint_name)
    properties: dict[str, Any] = {
        "endpointComputeType": "Managed",
        "description": deployment.description,
        "properties": deployment.properties
        | seen_to_arm(
            deployment.reason, deployment.notes, **({"is_answering": True} if deployment.is_answering else {})
        ),
        "environmentVariables": deployment.environment_variables,
        "instanceType": deployment.instance_type or "Standard_DS3_v2",
        "scaleSettings": {"scaleType": "Default"},
        "requestSettings": _requests(deployment.request_settings),
        "livenessProbe": _probe(deployment.liveness_probe),
        "readinessProbe": _probe(deployment.readiness_probe),
        "appInsightsEnabled": deployment.app_insights_enabled,
        "provisioningState": deployment.state.value,
    }
    if deployment.model:
        properties["model"] = full_reference(deployment.model, "models", workspace)
    if isinstance(deployment.environment, str) and deployment.environment:
        properties["environmentId"] = full_reference(deployment.environment, "environments", workspace)
    if code := deployment.code_configuration:
        properties["codeConfiguration"] = {"codeId": code.code, "scoringScript": code.scoring_script}
    if deployment.data_collector:
        properties["dataCollector"] = _collector(deployment.data_collector)
    return {
        "id": f"{endpoint}/deployments/{deployment.name}",
        "name": deployment.name,
        "type": f"{PROVIDER}/workspaces/onlineEndpoints/deployments",
        "location": location,
        "kind": "Managed",
        "tags": deployment.tags,
        "sku": {"name": "Default", "tier": "Standard", "capacity": deployment.instance_count},
        "properties": properties,
        "systemData": system_data(deployment.created),
    }


def deployment_from_arm(resource: Mapping[str, Any], endpoint: str) -> OnlineDeployment:
    """Raises ValueError for what is none."""
    properties = mapping(resource.get("properties"))
    notes = texts(properties.get("properties"))
    state = state_from_arm(properties.get("provisioningState"))
    code = mapping(properties.get("codeConfiguration"))
    return OnlineDeployment.model_validate(
        {
            "name": str(resource.get("name") or last_name(str(resource.get("id", "")))),
            "endpoint_name": endpoint,
            "model": short_reference(_model(properties.get("model"))),
            "code_configuration": CodeConfiguration(
                code=str(code.get("codeId") or ""), scoring_script=str(code.get("scoringScript") or "")
            )
            if code
            else None,
            "environment": short_reference(str(properties.get("environmentId") or "")),
            "environment_variables": texts(properties.get("environmentVariables")),
            "instance_type": str(properties.get("instanceType") or ""),
            "instance_count": number(mapping(resource.get("sku")).get("capacity")) or 1,
            "request_settings": _requests_from_arm(mapping(properties.get("requestSettings"))),
            "liveness_probe": _probe_from_arm(mapping(properties.get("livenessProbe"))),
            "readiness_probe": _probe_from_arm(mapping(properties.get("readinessProbe"))),
            "data_collector": _collector_from_arm(mapping(properties.get("dataCollector"))),
            "scale_settings": _scale_from_arm(mapping(properties.get("scaleSettings"))),
            "app_insights_enabled": properties.get("appInsightsEnabled") is True,
            "description": str(properties.get("description") or ""),
            "tags": texts(resource.get("tags")),
            "properties": users_own(notes),
            "state": state,
            "is_answering": state is EndpointState.SUCCEEDED,
            "created": moment(mapping(resource.get("systemData")).get("createdAt")),
            **seen_from_arm(notes),
        }
    )


def _model(value: object) -> str:
    """Newer versions of the service wrap the id."""
    return str(mapping(value).get("assetId") or "") if isinstance(value, Mapping) else str(value or "")


def _requests(settings: RequestSettings) -> dict[str, Any]:
    return {
        "maxConcurrentRequestsPerInstance": settings.max_concurrent_requests_per_instance,
        "requestTimeout": exact_duration(settings.request_timeout_ms / 1000),
        "maxQueueWait": exact_duration(settings.max_queue_wait_ms / 1000),
    }


def _requests_from_arm(found: Mapping[str, Any]) -> dict[str, Any]:
    said = {
        "max_concurrent_requests_per_instance": found.get("maxConcurrentRequestsPerInstance"),
        "request_timeout_ms": milliseconds(found.get("requestTimeout")),
        "max_queue_wait_ms": milliseconds(found.get("maxQueueWait")),
    }
    return {key: value for key, value in said.items() if value is not None}


def _probe(probe: Probe) -> dict[str, Any]:
    times = {theirs: exact_duration(getattr(probe, ours)) for theirs, ours in _PROBE.items()}
    return times | {theirs: getattr(probe, ours) for theirs, ours in _COUNTS.items()}


def _probe_from_arm(found: Mapping[str, Any]) -> dict[str, Any]:
    times = {ours: milliseconds(found.get(theirs)) for theirs, ours in _PROBE.items()}
    said = {ours: value // 1000 for ours, value in times.items() if value is not None}
    return said | {ours: found[theirs] for theirs, ours in _COUNTS.items() if found.get(theirs) is not None}


def _scale_from_arm(found: Mapping[str, Any]) -> dict[str, Any]:
    kind = str(found.get("scaleType") or "Default")
    return {} if kind == "Default" else {"type": "target_utilization", **{str(key): found[key] for key in found}}


def _collector(collector: DataCollector) -> dict[str, Any]:
    found: dict[str, Any] = {
        "rollingRate": collector.rolling_rate.title(),
        "collections": {
            name: {
                "dataCollectionMode": "Enabled" if collection.enabled else "Disabled",
                "samplingRate": collector.sampling_rate,
                **({"dataId": _data_id(collection.data)} if collection.data else {}),
            }
            for name, collection in collector.collections.items()
        },
    }
    if collector.capture_headers:
        found["requestLogging"] = {"captureHeaders": list(collector.capture_headers)}
    return found


def _data_id(data: CollectedData) -> str:
    return f"azureml:{data.name}:{data.version}" if data.version else data.name or data.path


def _collector_from_arm(found: Mapping[str, Any]) -> DataCollector | None:
    listed = {str(name): mapping(each) for name, each in mapping(found.get("collections")).items()}
    if not listed:
        return None
    rates = [rate for each in listed.values() if isinstance(rate := each.get("samplingRate"), int | float)]
    headers = mapping(found.get("requestLogging")).get("captureHeaders")
    return DataCollector.model_validate(
        {
            "rolling_rate": str(found.get("rollingRate") or "hour").lower(),
            "sampling_rate": rates[0] if rates else 1.0,
            "capture_headers": tuple(map(str, headers)) if isinstance(headers, list) else (),
            "collections": {
                name: DataCollection(
                    enabled=str(each.get("dataCollectionMode")).lower() == "enabled",
                    data=_collected(short_reference(str(each.get("dataId") or ""))),
                )
                for name, each in listed.items()
            },
        }
    )


def _collected(reference: str) -> CollectedData | None:
    if not reference:
        return None
    name, _colon, version = reference.removeprefix("azureml:").partition(":")
    return CollectedData(name=name, version=version)
