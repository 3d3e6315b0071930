"""The routes of models."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..arm.data_uris import same_place
from ..arm.models import KIND, model_from_arm, model_to_arm
from ..arm.versions import version_id
from ..entities import Model, ModelQuery, Page
from ..errors import Conflict
from ..language import _
from ..workspace import Workspace
from .assets import AssetRoutes, View
from .door import Door
from .remembered import Remembered

_OURS = {"modelUri", "modelType", "description", "tags", "properties", "stage", "flavors", "jobName", "isArchived"}
_CHANGEABLE = ("description", "tags", "properties", "stage")
_LAST = "lastNumber"
_DERIVED = {"flavors", "lineage", "size", "files", "archived", "created", "updated"}
"""Of the files, here as by the service."""


class ModelRoutes(AssetRoutes[Model]):
    kind = KIND
    known = ("stage", "tags", "version", "description", "properties", "feed", "offset")

    def __init__(self, workspace: Workspace, door: Door, remembered: Remembered) -> None:
        super().__init__(door, remembered)
        self._models = workspace.models

    def newest(self, view: View, limit: int, continuation: str | None) -> Page[Model]:
        return self._models.list(ModelQuery(archived=view), limit=limit, continuation=continuation)

    def versions(
        self, name: str, view: View, limit: int, continuation: str | None, query: Mapping[str, str]
    ) -> Page[Model]:
        wanted = ModelQuery(name=name, archived=view, stage=query.get("stage") or None, tags=_tags(query.get("tags")))
        return self._models.list(wanted, limit=limit, continuation=continuation)

    def version(self, name: str, version: str) -> Model:
        return self._models.get(name, version)

    def arm(self, item: Model) -> dict[str, Any]:
        return model_to_arm(item, self._door.identity, self._remembered.of(item.name, item.version))

    def create(self, name: str, version: str, properties: Mapping[str, Any]) -> Model:
        if not properties.get("modelUri"):
            raise ValueError("modelUri is missing")
        asked = self._asked(name, version, properties)
        given = {field: getattr(asked, field) for field in asked.model_fields_set - _DERIVED}
        made = self._models.create_or_update(Model(**{field: value for field, value in given.items() if value != ""}))
        self._keep(made, properties)
        return made

    def change(self, there: Model, properties: Mapping[str, Any]) -> Model:
        asked = self._asked(there.name, there.version, {"modelUri": there.path, **properties})
        if not (same_place(asked.path, there.path) or same_place(asked.path, there.source)):
            raise Conflict(
                _(
                    "There is a version {version} of {name} already, and its files never change.",
                    name=there.name,
                    version=there.version,
                ),
                _("Choose another version, or leave it out: it is counted up."),
            )
        said = {name: getattr(asked, name) for name in _CHANGEABLE if name in properties}
        changed = {name: value for name, value in said.items() if value != getattr(there, name)}
        self._keep(there, {**self._remembered.of(there.name, there.version), **properties})
        return self._models.create_or_update(Model(name=there.name, version=there.version, **changed))

    def set_archived(self, name: str, version: str | None, archived: bool) -> None:
        (self._models.archive if archived else self._models.restore)(name, version)

    def remove(self, name: str, version: str | None) -> None:
        last = self.last_number(name, self._all(name, "all"))
        self._models.delete(name, version)
        self._remembered.forget(name, version or "")
        if version:
            self._remembered.keep(name, "", {**self._remembered.of(name, ""), _LAST: last})

    def labels(self, name: str) -> dict[str, str]:
        return {alias: item.version for item in self._all(name, "all") for alias in item.aliases}

    def set_labels(self, name: str, labels: Mapping[str, str], before: Mapping[str, str]) -> None:
        for alias in before.keys() - labels.keys():
            self._models.delete_alias(name, alias)
        for alias, version in labels.items():
            if before.get(alias) != version:
                self._models.set_alias(name, alias, version)

    def last_number(self, name: str, items: Iterator[Model]) -> int:
        """Of one that was deleted, too: a number never means two models."""
        kept = self._remembered.of(name, "").get(_LAST)
        return max(super().last_number(name, items), kept if isinstance(kept, int) else 0)

    def _asked(self, name: str, version: str, properties: Mapping[str, Any]) -> Model:
        return model_from_arm({"id": version_id(self._door.identity, KIND, name, version), "properties": properties})

    def _keep(self, model: Model, properties: Mapping[str, Any]) -> None:
        kept = {key: value for key, value in properties.items() if key not in _OURS}
        if kept:
            self._remembered.keep(model.name, model.version, kept)


def _tags(text: str | None) -> dict[str, str | None]:
    """``a=1,b``: what the service takes."""
    found: dict[str, str | None] = {}
    for part in filter(None, (text or "").split(",")):
        name, equals, value = part.partition("=")
        found[name] = value if equals else None
    return found
