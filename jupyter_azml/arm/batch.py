"""Batch endpoints, their deployments, and what an invocation sends."""

from collections.abc import Mapping
from typing import Any

from ..entities import (
    BatchDeployment,
    BatchEndpoint,
    BatchSettings,
    CodeConfiguration,
    DataInput,
    DataOutput,
    DataType,
    OutputAction,
)
from .endpoints import users_own
from .ids import PROVIDER, WorkspaceId, last_name
from .references import full_reference, short_reference
from .shape import exact_duration, mapping, milliseconds, moment, number, texts
from .versions import system_data

_ACTIONS = {OutputAction.APPEND_ROW: "AppendRow", OutputAction.SUMMARY_ONLY: "SummaryOnly"}
_LEVELS = {"debug": "Debug", "info": "Info", "warning": "Warning"}
_WORDS = {
    DataType.URI_FILE: "UriFile",
    DataType.URI_FOLDER: "UriFolder",
    DataType.MLTABLE: "MLTable",
    DataType.CUSTOM_MODEL: "CustomModel",
    DataType.MLFLOW_MODEL: "MLFlowModel",
    DataType.TRITON_MODEL: "TritonModel",
}


def batch_endpoint_to_arm(endpoint: BatchEndpoint, workspace: WorkspaceId, location: str = "local") -> dict[str, Any]:
    """As the service would answer, and as it takes a ``PUT``."""
    return {
        "id": workspace.child("batchEndpoints", endpoint.name),
        "name": endpoint.name,
        "type": f"{PROVIDER}/workspaces/batchEndpoints",
        "location": location,
        "tags": endpoint.tags,
        "properties": {
            "authMode": "AADToken",
            "description": endpoint.description,
            "properties": endpoint.properties,
            "defaults": {"deploymentName": endpoint.default_deployment or None},
            "provisioningState": "Succeeded",
        },
        "systemData": system_data(endpoint.created),
    }


def batch_endpoint_from_arm(resource: Mapping[str, Any]) -> BatchEndpoint:
    """Raises ValueError for what is none."""
    properties = mapping(resource.get("properties"))
    return BatchEndpoint.model_validate(
        {
            "name": str(resource.get("name") or last_name(str(resource.get("id", "")))),
            "default_deployment": str(mapping(properties.get("defaults")).get("deploymentName") or ""),
            "description": str(properties.get("description") or ""),
            "tags": texts(resource.get("tags")),
            "properties": users_own(texts(properties.get("properties"))),
            "created": moment(mapping(resource.get("systemData")).get("createdAt")),
        }
    )


def batch_deployment_to_arm(
    deployment: BatchDeployment, workspace: WorkspaceId, location: str = "local"
) -> dict[str, Any]:
    """The code must be the id of code that was uploaded, and the environment a reference."""
    settings = deployment.settings
    properties: dict[str, Any] = {
        "description": deployment.description,
        "properties": deployment.properties,
        "environmentVariables": deployment.environment_variables,
        "compute": workspace.child("computes", deployment.compute),
        "resources": {"instanceCount": settings.instance_count},
        "maxConcurrencyPerInstance": settings.max_concurrency_per_instance,
        "miniBatchSize": settings.mini_batch_size,
        "retrySettings": {
            "maxRetries": settings.retry_settings.max_retries,
            "timeout": exact_duration(settings.retry_settings.timeout),
        },
        "outputAction": _ACTIONS[settings.output_action],
        "outputFileName": settings.output_file_name,
        "errorThreshold": settings.error_threshold,
        "loggingLevel": _LEVELS[settings.logging_level],
        "provisioningState": "Succeeded",
    }
    if deployment.model:
        properties["model"] = {
            "referenceType": "Id",
            "assetId": full_reference(deployment.model, "models", workspace),
        }
    if isinstance(deployment.environment, str) and deployment.environment:
        properties["environmentId"] = full_reference(deployment.environment, "environments", workspace)
    if code := deployment.code_configuration:
        properties["codeConfiguration"] = {"codeId": code.code, "scoringScript": code.scoring_script}
    endpoint = workspace.child("batchEndpoints", deployment.endpoint_name)
    return {
        "id": f"{endpoint}/deployments/{deployment.name}",
        "name": deployment.name,
        "type": f"{PROVIDER}/workspaces/batchEndpoints/deployments",
        "location": location,
        "tags": deployment.tags,
        "properties": properties,
        "systemData": system_data(deployment.created),
    }


def batch_deployment_from_arm(resource: Mapping[str, Any], endpoint: str) -> BatchDeployment:
    """Raises ValueError for what is none."""
    properties = mapping(resource.get("properties"))
    code, model = mapping(properties.get("codeConfiguration")), mapping(properties.get("model"))
    return BatchDeployment.model_validate(
        {
            "name": str(resource.get("name") or last_name(str(resource.get("id", "")))),
            "endpoint_name": endpoint,
            "model": short_reference(str(model.get("assetId") or "")),
            "code_configuration": CodeConfiguration(
                code=str(code.get("codeId") or ""), scoring_script=str(code.get("scoringScript") or "")
            )
            if code
            else None,
            "environment": short_reference(str(properties.get("environmentId") or "")) or None,
            "environment_variables": texts(properties.get("environmentVariables")),
            "compute": last_name(str(properties.get("compute") or "local")),
            "settings": _settings(properties),
            "description": str(properties.get("description") or ""),
            "tags": texts(resource.get("tags")),
            "properties": users_own(texts(properties.get("properties"))),
            "created": moment(mapping(resource.get("systemData")).get("createdAt")),
        }
    )


def invocation_to_arm(
    data: DataInput,
    settings: BatchSettings | None,
    output: DataOutput | None,
    job_name: str | None,
    experiment: str,
) -> dict[str, Any]:
    """The body of a call of the scoring address."""
    properties: dict[str, Any] = {
        "inputData": {"data": {"jobInputType": _WORDS.get(data.type, "UriFolder"), "uri": data.path}}
    }
    if settings:
        properties |= {
            "miniBatchSize": settings.mini_batch_size,
            "errorThreshold": settings.error_threshold,
            "retrySettings": {
                "maxRetries": settings.retry_settings.max_retries,
                "timeout": exact_duration(settings.retry_settings.timeout),
            },
            "resources": {"instanceCount": settings.instance_count},
            "maxConcurrencyPerInstance": settings.max_concurrency_per_instance,
            "outputFileName": settings.output_file_name,
            "outputAction": _ACTIONS[settings.output_action],
            "loggingLevel": _LEVELS[settings.logging_level],
        }
    if output and output.path:
        properties["outputData"] = {
            "score": {"jobOutputType": _WORDS.get(output.type, "UriFolder"), "uri": output.path}
        }
    if job_name:
        properties["name"] = job_name
    if experiment:
        properties["properties"] = {"experimentName": experiment}
    return {"properties": properties}


def invocation_from_arm(body: Mapping[str, Any], before: BatchSettings) -> dict[str, Any]:
    """The arguments of ``BatchEndpointsOperations.invoke``, beside the names of endpoint and deployment.

    ``before``: the deployment's own settings. Raises ValueError for a call without exactly one input of data.
    """
    properties = mapping(mapping(_in_small(body)).get("properties"))
    given = [mapping(each) for each in mapping(properties.get("inputData")).values()]
    # One who does not name its only input sends it as a whole: {"UriFolder": {...}}.
    data = [each for each in given if str(each.get("jobInputType", "")).lower() != "literal"]
    if len(data) != 1 or not data[0].get("uri"):
        raise ValueError("inputData holds one input, with a uri")
    outputs = [mapping(each) for each in mapping(properties.get("outputData")).values()]
    written = next((str(each["uri"]) for each in outputs if each.get("uri")), "")
    written = written or _folder_in(mapping(properties.get("outputDataset")))
    settings = _settings(properties, before)
    return {
        "data": DataInput(type=_type(data[0].get("jobInputType")), path=short_reference(str(data[0]["uri"]))),
        "settings": settings if settings != before else None,
        "output": DataOutput(path=written) if written else None,
        "job_name": str(properties.get("name") or "") or None,
        "experiment": str(mapping(properties.get("properties")).get("experimentName") or ""),
    }


def _folder_in(dataset: Mapping[str, Any]) -> str:
    """As ``params_override`` names a place for the predictions: a datastore, and a path in it."""
    datastore = last_name(str(dataset.get("datastoreId") or ""))
    return f"azureml://datastores/{datastore}/paths/{str(dataset.get('path') or '').strip('/')}/" if datastore else ""


def _in_small(value: object) -> object:
    """With keys that begin in small letters: the service's own pages show ``InputData``, ``JobInputType``, ``Uri``."""
    if not isinstance(value, Mapping):
        return value
    return {f"{key[:1].lower()}{key[1:]}": _in_small(each) for key, each in value.items()}


def _settings(properties: Mapping[str, Any], before: BatchSettings | None = None) -> BatchSettings:
    retry = mapping(properties.get("retrySettings"))
    old = before or BatchSettings()
    timeout = milliseconds(retry.get("timeout"))
    return BatchSettings.model_validate(
        {
            "instance_count": number(mapping(properties.get("resources")).get("instanceCount"))
            # Where the SDK puts compute.instance_count of its params_override.
            or number(mapping(properties.get("compute")).get("instanceCount"))
            or old.instance_count,
            "max_concurrency_per_instance": number(properties.get("maxConcurrencyPerInstance"))
            or old.max_concurrency_per_instance,
            "mini_batch_size": number(properties.get("miniBatchSize")) or old.mini_batch_size,
            "retry_settings": {
                "max_retries": _or(retry.get("maxRetries"), old.retry_settings.max_retries),
                "timeout": timeout / 1000 if timeout else old.retry_settings.timeout,
            },
            "output_action": _word(_ACTIONS, properties.get("outputAction"), old.output_action),
            "output_file_name": str(properties.get("outputFileName") or old.output_file_name),
            "error_threshold": _or(properties.get("errorThreshold"), old.error_threshold),
            "logging_level": _word(_LEVELS, properties.get("loggingLevel"), old.logging_level),
        }
    )


def _or(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise


def _word(words: Mapping[Any, str], value: object, otherwise: Any) -> Any:
    return next((ours for ours, theirs in words.items() if theirs.lower() == str(value).lower()), otherwise)


def _type(word: object) -> DataType:
    return next((kind for kind, theirs in _WORDS.items() if theirs.lower() == str(word).lower()), DataType.URI_FOLDER)
