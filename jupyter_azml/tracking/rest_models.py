"""What MLflow's REST API does with registered models: a message of MLflow's and the registry in, its answer out."""

from collections.abc import Callable
from typing import Any

from google.protobuf.message import Message
from mlflow.entities.model_registry import ModelVersionTag, RegisteredModelTag
from mlflow.protos import model_registry_pb2 as pb

_MOST_MODELS = 100
_MOST_VERSIONS = 200_000


def _create_model(registry: Any, asked: Any) -> Message:
    tags = [RegisteredModelTag(tag.key, tag.value) for tag in asked.tags]
    made = registry.create_registered_model(asked.name, tags, asked.description)
    return pb.CreateRegisteredModel.Response(registered_model=made.to_proto())


def _rename_model(registry: Any, asked: Any) -> Message:
    renamed = registry.rename_registered_model(asked.name, asked.new_name)
    return pb.RenameRegisteredModel.Response(registered_model=renamed.to_proto())


def _update_model(registry: Any, asked: Any) -> Message:
    changed = registry.update_registered_model(asked.name, asked.description)
    return pb.UpdateRegisteredModel.Response(registered_model=changed.to_proto())


def _delete_model(registry: Any, asked: Any) -> None:
    registry.delete_registered_model(asked.name)


def _get_model(registry: Any, asked: Any) -> Message:
    return pb.GetRegisteredModel.Response(registered_model=registry.get_registered_model(asked.name).to_proto())


def _search_models(registry: Any, asked: Any) -> Message:
    page = registry.search_registered_models(
        asked.filter or None, asked.max_results or _MOST_MODELS, list(asked.order_by), asked.page_token or None
    )
    found = [model.to_proto() for model in page]
    return pb.SearchRegisteredModels.Response(registered_models=found, next_page_token=page.token)


def _latest_versions(registry: Any, asked: Any) -> Message:
    found = registry.get_latest_versions(asked.name, list(asked.stages) or None)
    return pb.GetLatestVersions.Response(model_versions=[version.to_proto() for version in found])


def _create_version(registry: Any, asked: Any) -> Message:
    tags = [ModelVersionTag(tag.key, tag.value) for tag in asked.tags]
    made = registry.create_model_version(
        asked.name, asked.source, asked.run_id or None, tags, asked.run_link or None, asked.description or None
    )
    return pb.CreateModelVersion.Response(model_version=made.to_proto())


def _update_version(registry: Any, asked: Any) -> Message:
    changed = registry.update_model_version(asked.name, asked.version, asked.description)
    return pb.UpdateModelVersion.Response(model_version=changed.to_proto())


def _stage_version(registry: Any, asked: Any) -> Message:
    words = (asked.name, asked.version, asked.stage, asked.archive_existing_versions)
    changed = registry.transition_model_version_stage(*words)
    return pb.TransitionModelVersionStage.Response(model_version=changed.to_proto())


def _delete_version(registry: Any, asked: Any) -> None:
    registry.delete_model_version(asked.name, asked.version)


def _get_version(registry: Any, asked: Any) -> Message:
    return pb.GetModelVersion.Response(model_version=registry.get_model_version(asked.name, asked.version).to_proto())


def _search_versions(registry: Any, asked: Any) -> Message:
    page = registry.search_model_versions(
        asked.filter or None, asked.max_results or _MOST_VERSIONS, list(asked.order_by), asked.page_token or None
    )
    found = [version.to_proto() for version in page]
    return pb.SearchModelVersions.Response(model_versions=found, next_page_token=page.token)


def _download_uri(registry: Any, asked: Any) -> Message:
    uri = registry.get_model_version_download_uri(asked.name, asked.version)
    return pb.GetModelVersionDownloadUri.Response(artifact_uri=uri)


def _tag_model(registry: Any, asked: Any) -> None:
    registry.set_registered_model_tag(asked.name, RegisteredModelTag(asked.key, asked.value))


def _tag_version(registry: Any, asked: Any) -> None:
    registry.set_model_version_tag(asked.name, asked.version, ModelVersionTag(asked.key, asked.value))


def _untag_model(registry: Any, asked: Any) -> None:
    registry.delete_registered_model_tag(asked.name, asked.key)


def _untag_version(registry: Any, asked: Any) -> None:
    registry.delete_model_version_tag(asked.name, asked.version, asked.key)


def _set_alias(registry: Any, asked: Any) -> None:
    registry.set_registered_model_alias(asked.name, asked.alias, asked.version)


def _delete_alias(registry: Any, asked: Any) -> None:
    registry.delete_registered_model_alias(asked.name, asked.alias)


def _version_by_alias(registry: Any, asked: Any) -> Message:
    found = registry.get_model_version_by_alias(asked.name, asked.alias)
    return pb.GetModelVersionByAlias.Response(model_version=found.to_proto())


MODELS: dict[str, Callable[[Any, Any], Message | None]] = {
    "CreateModelVersion": _create_version,
    "CreateRegisteredModel": _create_model,
    "DeleteModelVersion": _delete_version,
    "DeleteModelVersionTag": _untag_version,
    "DeleteRegisteredModel": _delete_model,
    "DeleteRegisteredModelAlias": _delete_alias,
    "DeleteRegisteredModelTag": _untag_model,
    "GetLatestVersions": _latest_versions,
    "GetModelVersion": _get_version,
    "GetModelVersionByAlias": _version_by_alias,
    "GetModelVersionDownloadUri": _download_uri,
    "GetRegisteredModel": _get_model,
    "RenameRegisteredModel": _rename_model,
    "SearchModelVersions": _search_versions,
    "SearchRegisteredModels": _search_models,
    "SetModelVersionTag": _tag_version,
    "SetRegisteredModelAlias": _set_alias,
    "SetRegisteredModelTag": _tag_model,
    "TransitionModelVersionStage": _stage_version,
    "UpdateModelVersion": _update_version,
    "UpdateRegisteredModel": _update_model,
}
"""By the name of MLflow's message."""
