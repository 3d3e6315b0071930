"""Models. What the service has no word for, such as the signature, is told by the emulator beside its fields."""

from collections.abc import Mapping
from typing import Any

from ..entities import Model, ModelLineage, ModelType
from .data_uris import long_uri, short_uri
from .ids import WorkspaceId, last_name
from .shape import mapping, moment, texts
from .versions import OURS, more_of, name_and_version, version_to_arm

KIND = "models"
_SIZE, _FILES, _SOURCE = f"{OURS}size", f"{OURS}files", f"{OURS}source"
_MORE = {
    *("source", "aliases", "size", "files", "hash", "signature", "input_example", "lineage", "flavors", "properties"),
    *("created", "updated"),
}
_TYPES = {kind.value: kind for kind in ModelType}


def model_to_arm(model: Model, workspace: WorkspaceId, kept: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The version as the service would answer it; ``kept``: fields of it that the entity has no word for."""
    sent = model.to_data()
    return version_to_arm(
        workspace,
        KIND,
        model.name,
        model.version,
        {**(kept or {}), **model_fields(model, workspace), "properties": model.properties},
        created=model.created,
        modified=model.updated,
        more={name: sent[name] for name in sorted(_MORE) if sent[name]},
    )


def model_fields(model: Model, workspace: WorkspaceId) -> dict[str, Any]:
    """The properties of a version, as they are sent."""
    ours = {_SIZE: str(model.size or ""), _FILES: str(model.files or ""), _SOURCE: model.source}
    return {
        "modelType": model.type.value,
        "modelUri": long_uri(model.path, workspace),
        "flavors": {name: {"data": _flavor(value)} for name, value in model.flavors.items()},
        "jobName": model.lineage.job,
        "stage": model.stage or None,
        "description": model.description or None,
        "tags": model.tags,
        "properties": {**model.properties, **{name: value for name, value in ours.items() if value}},
        "isArchived": model.archived,
        "isAnonymous": False,
    }


def model_from_arm(resource: Mapping[str, Any]) -> Model:
    """Raises ValueError for what is no version of a model."""
    name, version = name_and_version(resource)
    properties, system = mapping(resource.get("properties")), mapping(resource.get("systemData"))
    own = texts(properties.get("properties"))
    job = properties.get("jobName")
    workspace = str(resource.get("id")).partition("/workspaces/")[2].partition("/")[0]
    fields: dict[str, Any] = {
        "name": name,
        "version": version,
        "path": short_uri(str(properties.get("modelUri") or ""), workspace),
        "description": str(properties.get("description") or ""),
        "tags": texts(properties.get("tags")),
        "properties": {key: value for key, value in own.items() if not key.startswith(OURS)},
        "stage": str(properties.get("stage") or ""),
        "archived": properties.get("isArchived") is True,
        "created": moment(system.get("createdAt")),
        "updated": moment(system.get("lastModifiedAt")),
        "size": _count(own.get(_SIZE)),
        "files": _count(own.get(_FILES)),
        "source": own.get(_SOURCE, ""),
        "flavors": {
            str(key): dict(mapping(mapping(value).get("data")))
            for key, value in mapping(properties.get("flavors")).items()
        },
        "lineage": ModelLineage(job=last_name(job) if isinstance(job, str) and job else None),
        **{key: value for key, value in more_of(resource).items() if key in _MORE},
    }
    if kind := _TYPES.get(str(properties.get("modelType"))):
        fields["type"] = kind
    return Model.model_validate(fields)


def _flavor(value: Any) -> dict[str, str]:
    """The service knows text only."""
    return {str(key): "" if item is None else str(item) for key, item in mapping(value).items()}


def _count(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
