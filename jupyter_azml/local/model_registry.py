"""The workspace's models as MLflow's registry asks for them; ``tracking/registry.py`` is what MLflow talks to."""

import json
import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..entities import Model
from ..errors import Conflict, DataNotFound, NotSupported, UsageError
from ..language import _
from ..schemas.mlmodel import MLMODEL
from ..schemas.names import check_model_name
from ..tracking.address import workspace_folder
from ..tracking.registry_rows import ModelRow, VersionRow
from ..tracking.run_facts import local_path
from .db import Database
from .model_aliases import drop_alias, put_alias
from .model_records import keep_records
from .model_rows import SELECT, insert_model, model_row, update_version, version_row
from .model_sources import ModelSource
from .paths import WorkspacePaths
from .workspace import LocalWorkspace

_MODELS = """
SELECT m.*, (SELECT json_group_object(a.alias, v.number) FROM model_aliases AS a
             JOIN model_versions AS v ON v.id = a.version WHERE a.model = m.id) AS aliases FROM models AS m
"""
_OURS = re.compile(r"(models|runs|azureml):")


class LocalRegistry:
    """Errors are those that ``ModelsOperations`` raises."""

    def __init__(self, folder: Path) -> None:
        self._models = LocalWorkspace(folder).models
        self._paths = WorkspacePaths(folder)
        self._db = Database(self._paths.database, self._paths.setup_lock)

    def models(self) -> list[ModelRow]:
        with self._db.read() as connection:
            return [_model(row) for row in connection.execute(_MODELS)]

    def model(self, name: str) -> ModelRow:
        with self._db.read() as connection:
            return self._read_model(connection, name)

    def create_model(self, name: str, description: str, tags: Mapping[str, str], at: int) -> ModelRow:
        check_model_name(name)
        with self._db.write() as connection:
            if connection.execute("SELECT 1 FROM models WHERE name = ?", (name,)).fetchone():
                raise _taken(name)
            insert_model(connection, name, at, description=description, tags=tags)
            return self._read_model(connection, name)

    def change_model(self, name: str, *, at: int | None = None, **changes: Any) -> ModelRow:
        with self._db.write() as connection:
            row = model_row(connection, name)
            tags = json.dumps(changes["tags"]) if "tags" in changes else row["tags"]
            connection.execute(
                "UPDATE models SET description = ?, tags = ?, updated = ? WHERE id = ?",
                (changes.get("description", row["description"]), tags, at or row["updated"], row["id"]),
            )
            keep_records(self._paths, connection, row["id"])
            return self._read_model(connection, name)

    def rename_model(self, name: str, new_name: str, at: int) -> ModelRow:
        check_model_name(new_name)
        for version in self.versions(name):
            self._models.refuse_used(version.name, version.version)
        with self._db.write() as connection:
            row = model_row(connection, name)
            other = connection.execute("SELECT id FROM models WHERE name = ?", (new_name,)).fetchone()
            if other and other["id"] != row["id"]:
                raise _taken(new_name)
            connection.execute("UPDATE models SET name = ?, updated = ? WHERE id = ?", (new_name, at, row["id"]))
            connection.execute("UPDATE model_versions SET updated = ? WHERE model = ?", (at, row["id"]))
            versions = connection.execute("SELECT id FROM model_versions WHERE model = ?", (row["id"],)).fetchall()
            keep_records(self._paths, connection, row["id"], *(each["id"] for each in versions))
            return self._read_model(connection, new_name)

    def delete_model(self, name: str) -> None:
        self._models.delete(name)

    def versions(self, name: str | None = None) -> list[VersionRow]:
        with self._db.read() as connection:
            if name is None:
                return [_version(row) for row in connection.execute(SELECT)]
            rows = connection.execute(f"{SELECT} WHERE v.model = ?", (model_row(connection, name)["id"],))
            return [_version(row) for row in rows]

    def version(self, name: str, version: int | str) -> VersionRow:
        with self._db.read() as connection:
            return _version(version_row(connection, name, version))

    def create_version(
        self,
        name: str,
        source: str,
        *,
        place: str | None,
        run: str | None,
        description: str,
        tags: Mapping[str, str],
        properties: Mapping[str, str],
        at: int,
    ) -> VersionRow:
        """Its files are copied where they are a model's, or the workspace's; else only the source is kept."""
        self.model(name)
        model = Model(
            name=name,
            path=source,
            source=source,
            description=description,
            tags=dict(tags),
            properties=dict(properties),
        )
        found = self._files_at(place or source)
        kept = (
            self._models.register(model, found, run=run, at=at) if found else self._models.refer(model, run=run, at=at)
        )
        return self.version(name, kept.version)

    def change_version(self, name: str, version: int | str, *, at: int | None = None, **changes: Any) -> VersionRow:
        with self._db.write() as connection:
            row = version_row(connection, name, version)
            update_version(connection, row, at, **changes)
            if at is not None and "stage" in changes:
                connection.execute("UPDATE models SET updated = ? WHERE id = ?", (at, row["model"]))
            keep_records(self._paths, connection, row["model"], row["id"])
            return _version(version_row(connection, name, row["number"]))

    def delete_version(self, name: str, version: int | str, at: int) -> None:
        found = self.version(name, version)
        self._models.delete(found.name, found.version)
        self.change_model(name, at=at)

    def set_alias(self, name: str, alias: str, version: int | str) -> None:
        with self._db.write() as connection:
            row = version_row(connection, name, version)
            before = put_alias(connection, row, alias)
            keep_records(self._paths, connection, row["model"], row["id"], *before)

    def delete_alias(self, name: str, alias: str) -> None:
        with self._db.write() as connection:
            model = model_row(connection, name)
            keep_records(self._paths, connection, model["id"], *drop_alias(connection, model["id"], alias))

    def download_uri(self, name: str, version: int | str) -> str:
        found = self.version(name, version)
        model = self._models.get(found.name, found.version)
        try:
            return self._models.place(model).as_uri()
        except DataNotFound:
            return found.source

    def _files_at(self, source: str) -> ModelSource | None:
        """None where there is nothing to copy: MLflow takes any text for a source."""
        place = local_path(source)
        if place is None and not _OURS.match(source):
            return None
        try:
            found = self._models.sources.reach(str(place) if place else source)
        except (DataNotFound, NotSupported, UsageError):
            return None
        is_ours = found.place.resolve().is_relative_to(self._paths.folder.resolve())
        return found if found.place.exists() and (is_ours or (found.place / MLMODEL).is_file()) else None

    def _read_model(self, connection: sqlite3.Connection, name: str) -> ModelRow:
        model_id = model_row(connection, name)["id"]
        return _model(connection.execute(f"{_MODELS} WHERE m.id = ?", (model_id,)).fetchone())


def _model(row: sqlite3.Row) -> ModelRow:
    tags, aliases = json.loads(row["tags"]), json.loads(row["aliases"])
    return ModelRow(row["name"], row["created"], row["updated"], row["description"], tags, aliases)


def _version(row: sqlite3.Row) -> VersionRow:
    entity = json.loads(row["entity"])
    return VersionRow(
        name=row["name"],
        number=row["number"],
        version=row["version"],
        created=row["created"],
        updated=row["updated"],
        description=entity["description"],
        stage=row["stage"],
        source=entity["source"],
        run=row["run"],
        tags=entity["tags"],
        properties=entity["properties"],
        aliases=tuple(json.loads(row["aliases"])),
    )


def _taken(name: str) -> Conflict:
    return Conflict(
        _("There is a model named {name} already.", name=name), _("Choose another name, or add a version to it.")
    )


def open_registry(uri: str) -> Any:
    """What MLflow is given for ``azml:///path/of/workspace``."""
    from ..tracking.registry import WorkspaceRegistry  # and with it mlflow

    return WorkspaceRegistry(LocalRegistry(workspace_folder(uri)))
