"""MLflow's registry of models over the workspace's own.

MLflow knows versions by number. One that Azure calls by another name has the number of its place; what MLflow is told
of it carries the name as the tag ``azml.version``, and ``models:/NAME/2024-01`` finds it.

The answers are those of MLflow's ``SqlAlchemyStore``, which the tests compare: https://github.com/mlflow/mlflow, 3.1 to
3.15.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from mlflow.entities.model_registry import ModelVersion, ModelVersionTag, RegisteredModel, RegisteredModelTag
from mlflow.entities.model_registry.model_version_stages import (
    ALL_STAGES,
    DEFAULT_STAGES_FOR_GET_LATEST_VERSIONS,
    STAGE_ARCHIVED,
    STAGE_NONE,
    get_canonical_stage,
)
from mlflow.entities.model_registry.registered_model_alias import RegisteredModelAlias
from mlflow.exceptions import MlflowException
from mlflow.prompt.registry_utils import handle_resource_already_exist_error, has_prompt_tag
from mlflow.protos.databricks_pb2 import (
    INTERNAL_ERROR,
    INVALID_PARAMETER_VALUE,
    INVALID_STATE,
    RESOURCE_ALREADY_EXISTS,
    RESOURCE_DOES_NOT_EXIST,
)
from mlflow.store.entities.paged_list import PagedList
from mlflow.store.model_registry.abstract_store import AbstractStore
from mlflow.utils.time import get_current_time_millis
from mlflow.utils.validation import (
    _validate_model_alias_name,
    _validate_model_alias_name_reserved,
    _validate_model_name,
    _validate_model_renaming,
    _validate_model_version,
    _validate_model_version_tag,
    _validate_registered_model_tag,
    _validate_tag_name,
)

from ..errors import AzmlError, Conflict, NotFound, UsageError
from .registry_rows import ModelRow, Registry, VersionRow
from .registry_search import page_of_models, page_of_versions

_LATEST = "latest"
_VERSION_TAG = "azml.version"
_RUN_LINK = "mlflow.runLink"
_MODEL_ID = "mlflow.modelId"


class WorkspaceRegistry(AbstractStore):
    def __init__(self, registry: Registry) -> None:
        super().__init__()
        self._registry = registry

    # Models

    def create_registered_model(
        self, name: str, tags: Any = None, description: str | None = None, deployment_job_id: str | None = None
    ) -> RegisteredModel:
        _validate_model_name(name)
        wanted, at = _tags(tags, _validate_registered_model_tag), get_current_time_millis()
        with _translated():
            try:
                return self._model(self._registry.create_model(name, description or "", wanted, at))
            except Conflict:
                there = self._registry.model(name).tags
                handle_resource_already_exist_error(name, has_prompt_tag(there), has_prompt_tag(wanted))
                raise

    def update_registered_model(
        self, name: str, description: str | None, deployment_job_id: str | None = None
    ) -> RegisteredModel:
        _validate_model_name(name)
        with _translated():
            row = self._registry.change_model(name, at=get_current_time_millis(), description=description or "")
            return self._model(row)

    def rename_registered_model(self, name: str, new_name: str) -> RegisteredModel:
        _validate_model_renaming(new_name)
        with _translated():
            self._registry.model(name)
            if name != new_name and any(row.name == new_name for row in self._registry.models()):
                raise MlflowException(f"Registered Model (name={new_name}) already exists.", RESOURCE_ALREADY_EXISTS)
            return self._model(self._registry.rename_model(name, new_name, get_current_time_millis()))

    def delete_registered_model(self, name: str) -> None:
        _validate_model_name(name)
        with _translated():
            self._registry.delete_model(name)

    def search_registered_models(
        self,
        filter_string: str | None = None,
        max_results: int | None = None,
        order_by: list[str] | None = None,
        page_token: str | None = None,
    ) -> PagedList[RegisteredModel]:
        with _translated():
            rows, token = page_of_models(self._registry.models(), filter_string, max_results, order_by, page_token)
            return PagedList([self._model(row) for row in rows], token)

    def get_registered_model(self, name: str) -> RegisteredModel:
        _validate_model_name(name)
        with _translated():
            return self._model(self._registry.model(name))

    def set_registered_model_tag(self, name: str, tag: RegisteredModelTag) -> None:
        _validate_model_name(name)
        _validate_registered_model_tag(tag.key, tag.value)
        with _translated():
            tags = {**self._registry.model(name).tags, tag.key: tag.value}
            self._registry.change_model(name, tags=tags)

    def delete_registered_model_tag(self, name: str, key: str) -> None:
        _validate_model_name(name)
        _validate_tag_name(key)
        with _translated():
            tags = self._registry.model(name).tags
            self._registry.change_model(name, tags={each: tags[each] for each in tags if each != key})

    def get_latest_versions(self, name: str, stages: list[str] | None = None) -> list[ModelVersion]:
        """``stages`` may hold a version's own name: so ``models:/NAME/2024-01`` is read."""
        _validate_model_name(name)
        with _translated():
            versions = self._registry.versions(name)
        named = {row.version.lower(): row for row in versions if row.version != str(row.number)}
        found = [named[stage.lower()] for stage in stages or () if stage.lower() in named]
        wanted = {get_canonical_stage(stage) for stage in stages or ALL_STAGES if stage.lower() not in named}
        latest = [row for row in _latest(versions) if (row.stage or STAGE_NONE) in wanted]
        return [_version(row) for row in [*found, *latest]]

    # Versions

    def create_model_version(
        self,
        name: str,
        source: str,
        run_id: str | None = None,
        tags: Any = None,
        run_link: str | None = None,
        description: str | None = None,
        local_model_path: str | None = None,
        model_id: str | None = None,
    ) -> ModelVersion:
        """The files are copied: what becomes of the run or of ``source`` is of no matter then."""
        _validate_model_name(name)
        properties = {_RUN_LINK: run_link, _MODEL_ID: model_id}
        with _translated():
            row = self._registry.create_version(
                name,
                source,
                place=local_model_path,
                run=run_id,
                description=description or "",
                tags=_tags(tags, _validate_model_version_tag),
                properties={key: value for key, value in properties.items() if value},
                at=get_current_time_millis(),
            )
        return _version(row)

    def update_model_version(self, name: str, version: Any, description: str | None = None) -> ModelVersion:
        with self._one(name, version) as number:
            at = get_current_time_millis()
            return _version(self._registry.change_version(name, number, at=at, description=description or ""))

    def transition_model_version_stage(
        self, name: str, version: Any, stage: str, archive_existing_versions: bool
    ) -> ModelVersion:
        wanted = get_canonical_stage(stage)
        if archive_existing_versions and wanted not in DEFAULT_STAGES_FOR_GET_LATEST_VERSIONS:
            raise MlflowException(
                "Model version transition cannot archive existing model versions because "
                f"'{stage}' is not an Active stage. Valid stages are {DEFAULT_STAGES_FOR_GET_LATEST_VERSIONS}"
            )
        with self._one(name, version) as number:
            row, at = self._registry.version(name, number), get_current_time_millis()
            for other in self._registry.versions(name) if archive_existing_versions else ():
                if other.number != row.number and other.stage == wanted:
                    self._registry.change_version(name, other.number, at=at, stage=STAGE_ARCHIVED)
            kept = "" if wanted == STAGE_NONE else wanted
            return _version(self._registry.change_version(name, number, at=at, stage=kept))

    def delete_model_version(self, name: str, version: Any) -> None:
        with self._one(name, version) as number:
            self._registry.delete_version(name, number, get_current_time_millis())

    def get_model_version(self, name: str, version: Any) -> ModelVersion:
        with self._one(name, version) as number:
            return _version(self._registry.version(name, number))

    def get_model_version_download_uri(self, name: str, version: Any) -> str:
        with self._one(name, version) as number:
            return self._registry.download_uri(name, number)

    def search_model_versions(
        self,
        filter_string: str | None = None,
        max_results: int | None = None,
        order_by: list[str] | None = None,
        page_token: str | None = None,
    ) -> PagedList[ModelVersion]:
        with _translated():
            versions, models = self._registry.versions(), self._registry.models()
            rows, token = page_of_versions(versions, models, filter_string, max_results, order_by, page_token)
            return PagedList([_version(row) for row in rows], token)

    def set_model_version_tag(self, name: str, version: Any, tag: ModelVersionTag) -> None:
        _validate_model_version_tag(tag.key, tag.value)
        with self._one(name, version) as number:
            tags = {**self._registry.version(name, number).tags, tag.key: tag.value}
            self._registry.change_version(name, number, tags=tags)

    def delete_model_version_tag(self, name: str, version: Any, key: str) -> None:
        _validate_tag_name(key)
        with self._one(name, version) as number:
            tags = self._registry.version(name, number).tags
            self._registry.change_version(name, number, tags={each: tags[each] for each in tags if each != key})

    # Aliases

    def set_registered_model_alias(self, name: str, alias: str, version: Any) -> None:
        _validate_model_alias_name(alias)
        _validate_model_alias_name_reserved(alias)
        with self._one(name, version) as number:
            self._registry.set_alias(name, alias, number)

    def delete_registered_model_alias(self, name: str, alias: str) -> None:
        _validate_model_name(name)
        _validate_model_alias_name(alias)
        with _translated():
            self._registry.delete_alias(name, alias)

    def get_model_version_by_alias(self, name: str, alias: str) -> ModelVersion:
        _validate_model_name(name)
        _validate_model_alias_name(alias)
        with _translated():
            aliases = self._registry.model(name).aliases
            if alias.lower() == _LATEST and (versions := self._registry.versions(name)):
                return _version(max(versions, key=lambda row: row.number))
            if alias not in aliases:
                raise MlflowException(f"Registered model alias {alias} not found.", INVALID_PARAMETER_VALUE)
            return _version(self._registry.version(name, aliases[alias]))

    def _await_model_version_creation(self, mv: ModelVersion, await_creation_for: int) -> None:
        """It is there when it is created."""

    @contextmanager
    def _one(self, name: str, version: Any) -> Iterator[int | str]:
        """What a version is asked for by: its number, or its own name, where that is text."""
        _validate_model_name(name)
        with _translated():
            text = str(version)
            if not text.isdecimal() and not self._has(name, text):
                _validate_model_version(version)
            yield int(text) if text.isdecimal() else text

    def _has(self, name: str, version: str) -> bool:
        try:
            return self._registry.version(name, version).version == version
        except NotFound:
            return False

    def _model(self, row: ModelRow) -> RegisteredModel:
        return RegisteredModel(
            row.name,
            row.created,
            row.updated,
            row.description or None,
            [_version(each) for each in _latest(self._registry.versions(row.name))],
            [RegisteredModelTag(key, value) for key, value in row.tags.items()],
            [RegisteredModelAlias(alias, number) for alias, number in row.aliases.items()],
        )


def _version(row: VersionRow) -> ModelVersion:
    tags = row.tags if row.version == str(row.number) else {**row.tags, _VERSION_TAG: row.version}
    return ModelVersion(
        row.name,
        row.number,  # type: ignore[arg-type]  # what MLflow's own store gives
        row.created,
        row.updated,
        row.description or None,
        None,
        row.stage or STAGE_NONE,
        row.source,
        row.run,
        tags=[ModelVersionTag(key, value) for key, value in tags.items()],
        run_link=row.properties.get(_RUN_LINK),
        aliases=list(row.aliases),
        model_id=row.properties.get(_MODEL_ID),
    )


def _latest(versions: Iterable[VersionRow]) -> list[VersionRow]:
    """Of each stage."""
    found: dict[str, VersionRow] = {}
    for row in versions:
        if row.stage not in found or found[row.stage].number < row.number:
            found[row.stage] = row
    return list(found.values())


def _tags(tags: Any, validate: Any) -> dict[str, str]:
    for tag in tags or ():
        validate(tag.key, tag.value)
    return {tag.key: str(tag.value) for tag in tags or ()}


@contextmanager
def _translated() -> Iterator[None]:
    """The workspace's errors as MLflow's."""
    try:
        yield
    except NotFound as error:
        raise MlflowException(str(error), RESOURCE_DOES_NOT_EXIST) from error
    except Conflict as error:
        raise MlflowException(str(error), INVALID_STATE) from error
    except UsageError as error:
        raise MlflowException(str(error), INVALID_PARAMETER_VALUE) from error
    except AzmlError as error:
        raise MlflowException(str(error), INTERNAL_ERROR) from error
