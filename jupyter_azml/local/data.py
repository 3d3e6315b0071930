"""Data assets of a local workspace: names and versions for data, wherever it is."""

import builtins
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from ..entities import DataAsset, DataType, Location, Page
from ..errors import DataNotFound, NotSupported, UsageError
from ..language import _
from ..schemas.names import check_data_label, check_data_name, data_version_taken
from ..storage.data import StoredData
from ..storage.files import translated
from ..workspace.data import Archived
from ..workspace.datastores import Progress
from .asset_rows import as_kept, data_not_found, find_row, has_version, insert_asset, whole_asset
from .data_places import LocalPlaces
from .data_upload import send_asset
from .datastores import LocalDatastores
from .db import Database
from .mltable import check_mltable
from .paths import DATASTORE, WorkspacePaths

_ARCHIVED = {"active": "NOT archived", "archived": "archived", "all": "TRUE"}


class LocalData(StoredData):
    def __init__(self, paths: WorkspacePaths, db: Database) -> None:
        self._paths = paths
        self._db = db
        self.places = LocalPlaces(paths, db)
        self._datastores = LocalDatastores(paths, db)

    def list(
        self,
        name: str | None = None,
        *,
        archived: Archived = "active",
        limit: int = 50,
        continuation: str | None = None,
    ) -> Page[DataAsset]:
        wanted = _ARCHIVED[archived]
        condition, values = f"id IN (SELECT MAX(id) FROM data_assets WHERE {wanted} GROUP BY name)", []  # noqa: S608
        if name is not None:
            condition, values = f"name = ? AND {wanted}", [name]
        with self._db.read() as connection:
            rows = connection.execute(
                f"SELECT * FROM data_assets WHERE {condition} AND id < ? "  # noqa: S608 - values are bound
                "ORDER BY id DESC LIMIT ?",
                (*values, _number(continuation), limit + 1),
            ).fetchall()
            if name is not None and not rows and not continuation:
                find_row(connection, name)  # raises where there is none at all
            items = tuple(whole_asset(connection, row) for row in rows[:limit])
        following = str(rows[limit - 1]["id"]) if len(rows) > limit else None
        return Page[DataAsset](items=items, continuation=following)

    def get(self, name: str, version: str | None = None, *, label: str | None = None) -> DataAsset:
        with self._db.read() as connection:
            return whole_asset(connection, find_row(connection, name, version, label=label), readers=True)

    def create(self, asset: DataAsset, *, checked: bool = True) -> DataAsset:
        """Raises DataNotFound, UsageError, Conflict."""
        self._check_free(asset)
        try:
            location = self.places.locate(asset.path)
        except (DataNotFound, NotSupported):
            if checked:
                raise
            return self._insert(asset)
        if checked:
            self._check(asset, location)
        return self._insert(asset.model_copy(update={"path": self._own_address(location)}))

    def upload(self, asset: DataAsset, *, datastore: str | None = None, progress: Progress | None = None) -> DataAsset:
        self._check_free(asset)
        location = self.places.locate(asset.path)
        path = self._own_address(location)
        if location.datastore or location.is_web or path.startswith("azureml:"):
            return self.create(asset)  # it is there already
        self._check(asset, location)
        chosen = self._datastores.get(datastore.removeprefix("azureml:") if datastore else self._default())
        with translated(chosen.name, path):
            sent = send_asset(self._db, self._datastores.store(chosen.name), chosen.name, Path(path), progress)
        return self._insert(asset.model_copy(update=sent))

    def update(
        self,
        name: str,
        version: str | None = None,
        *,
        description: str | None = None,
        tags: Mapping[str, str] | None = None,
        label: str | None = None,
    ) -> DataAsset:
        if label is not None:
            check_data_label(label)
        with self._db.write() as connection:
            row = find_row(connection, name, version)
            changes: dict[str, object] = {"description": description, "tags": None if tags is None else dict(tags)}
            changes = {key: value for key, value in changes.items() if value is not None}
            if changes:
                asset = DataAsset.model_validate_json(row["entity"])
                asset = asset.model_copy(update={**changes, "modified": datetime.now(UTC)})
                connection.execute("UPDATE data_assets SET entity = ? WHERE id = ?", (as_kept(asset), row["id"]))
            if label is not None:
                connection.execute(
                    "INSERT OR REPLACE INTO data_labels (name, label, asset) VALUES (?, ?, ?)",
                    (row["name"], label, row["id"]),
                )
        return self.get(row["name"], row["version"])

    def archive(self, name: str, version: str | None = None) -> None:
        self._set_archived(name, version, True)

    def restore(self, name: str, version: str | None = None) -> None:
        self._set_archived(name, version, False)

    def _default(self) -> str:
        return self._datastores.get_default().name

    def _check_free(self, asset: DataAsset) -> None:
        """Before anything is read or sent."""
        check_data_name(asset.name, asset.version)
        with self._db.read() as connection:
            if asset.version and has_version(connection, asset.name, asset.version):
                raise data_version_taken(asset.name, asset.version)

    def _check(self, asset: DataAsset, location: Location) -> None:
        self.places.check_kind(location, asset.type, asset.path)
        if asset.type is DataType.MLTABLE:
            check_mltable(self.places.reach(location), asset.path)

    def _own_address(self, location: Location) -> str:
        """What lies in the workspace's own datastore moves with the workspace."""
        root = self._paths.datastore(DATASTORE)
        if not location.datastore and not location.is_web and Path(location.path).is_relative_to(root):
            below = Path(location.path).relative_to(root).as_posix()
            return Location(datastore=DATASTORE, path="" if below == "." else below).uri
        return location.uri

    def _insert(self, asset: DataAsset) -> DataAsset:
        with self._db.write() as connection:
            kept = insert_asset(connection, asset)
            return whole_asset(connection, find_row(connection, kept.name, kept.version))

    def _set_archived(self, name: str, version: str | None, archived: bool) -> None:
        with self._db.write() as connection:
            rows: builtins.list[str] = [
                row["id"]
                for row in connection.execute(
                    "SELECT id FROM data_assets WHERE name = ?1 AND (?2 IS NULL OR version = ?2)", (name, version)
                )
            ]
            if not rows:
                raise data_not_found(connection, name, version)
            connection.executemany(
                "UPDATE data_assets SET archived = ?, entity = json_set(entity, '$.archived', json(?)) WHERE id = ?",
                [(int(archived), "true" if archived else "false", row) for row in rows],
            )


def _number(continuation: str | None) -> int:
    try:
        return min(int(continuation), 2**63 - 1) if continuation else 2**63 - 1
    except ValueError as error:
        raise UsageError(
            _("{token} does not continue this list.", token=continuation),
            _("Hand back what the page before ended with."),
        ) from error
