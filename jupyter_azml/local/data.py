"""Data assets of a local workspace: names and versions for places that stay where they are."""

import re
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

from ..entities import DataAsset, Page
from ..errors import Conflict, DataNotFound, UsageError
from ..language import _
from ..workspace import DataOperations
from .data_places import check_kind, locate
from .db import Database
from .paths import WorkspacePaths

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,254}")


class LocalData(DataOperations):
    def __init__(self, paths: WorkspacePaths, db: Database) -> None:
        self._paths = paths
        self._db = db

    def list(self, name: str | None = None, *, limit: int = 50, continuation: str | None = None) -> Page[DataAsset]:
        condition, values = "id IN (SELECT MAX(id) FROM data_assets GROUP BY name)", []
        if name is not None:
            condition, values = "name = ?", [name]
        with self._db.read() as connection:
            rows = connection.execute(
                f"SELECT id, entity FROM data_assets WHERE {condition} AND id < ? "  # noqa: S608 - values are bound
                "ORDER BY id DESC LIMIT ?",
                (*values, _number(continuation), limit + 1),
            ).fetchall()
            if name is not None and not rows and not continuation:
                raise data_not_found(connection, name, None)
        following = str(rows[limit - 1]["id"]) if len(rows) > limit else None
        items = tuple(DataAsset.model_validate_json(row["entity"]) for row in rows[:limit])
        return Page[DataAsset](items=items, continuation=following)

    def get(self, name: str, version: str | None = None) -> DataAsset:
        with self._db.read() as connection:
            return find_asset(connection, name, version)

    def create(self, asset: DataAsset) -> DataAsset:
        """What it names has to be there, unless it is on the web. Raises DataNotFound, UsageError, Conflict."""
        check_asset_name(asset.name, asset.version)
        check_kind(locate(self._paths, asset.path), asset.type, asset.path)
        with self._db.write() as connection:
            if asset.version and has_version(connection, asset.name, asset.version):
                raise version_taken(asset.name, asset.version)
            return _insert(connection, asset)


def find_asset(
    connection: sqlite3.Connection, name: str, version: str | None, until: datetime | None = None
) -> DataAsset:
    """Without a version the newest one, or the one that was the newest then. Raises DataNotFound."""
    row = connection.execute(
        "SELECT entity FROM data_assets WHERE name = ? AND (? IS NULL OR version = ?) "
        "AND (? IS NULL OR julianday(json_extract(entity, '$.created')) <= julianday(?)) ORDER BY id DESC LIMIT 1",
        (name, version, version, until and until.isoformat(), until and until.isoformat()),
    ).fetchone()
    if row is None:
        raise data_not_found(connection, name, version)
    return DataAsset.model_validate_json(row["entity"])


def register_assets(connection: sqlite3.Connection, job_name: str, assets: Iterable[dict[str, Any]]) -> None:
    """What a job wrote. A job that is finished twice registers once; a version that is taken is counted up."""
    for data in assets:
        asset = DataAsset.model_validate({**data, "job": job_name})
        if connection.execute(
            "SELECT 1 FROM data_assets WHERE name = ? "
            "AND json_extract(entity, '$.job') = ? AND json_extract(entity, '$.path') = ?",
            (asset.name, job_name, asset.path),
        ).fetchone():
            continue
        if asset.version and has_version(connection, asset.name, asset.version):
            asset = asset.model_copy(update={"version": ""})
        _insert(connection, asset)


def check_asset_name(name: str, version: str) -> None:
    """Raises UsageError."""
    for said in (name, version or "1"):
        if not _NAME.fullmatch(said):
            raise UsageError(
                _("{name} cannot be the name or version of a data asset.", name=said),
                _("Use up to 255 letters, digits, dots, - and _, beginning with a letter or a digit."),
            )


def has_version(connection: sqlite3.Connection, name: str, version: str) -> bool:
    found = connection.execute("SELECT 1 FROM data_assets WHERE name = ? AND version = ?", (name, version))
    return found.fetchone() is not None


def version_taken(name: str, version: str) -> Conflict:
    return Conflict(
        _("There is a version {version} of {name} already, and a version never changes.", name=name, version=version),
        _("Choose another version, or leave it out: it is counted up."),
    )


def data_not_found(connection: sqlite3.Connection, name: str, version: str | None) -> DataNotFound:
    rows = connection.execute("SELECT version FROM data_assets WHERE name = ? ORDER BY id DESC LIMIT 20", (name,))
    if version and (versions := [row["version"] for row in rows]):
        return DataNotFound(
            _("There is no version {version} of the data asset {name}.", name=name, version=version),
            _("It has: {names}.", names=", ".join(versions)),
        )
    names = [row["name"] for row in connection.execute("SELECT DISTINCT name FROM data_assets ORDER BY name LIMIT 500")]
    near = get_close_matches(name, names, 1)
    return DataNotFound(
        _("There is no data asset named {name}.", name=name),
        _("Did you mean {name}?", name=near[0]) if near else _("See: azml data list"),
    )


def _insert(connection: sqlite3.Connection, asset: DataAsset) -> DataAsset:
    kept = asset.model_copy(
        update={"version": asset.version or _next_version(connection, asset.name), "created": datetime.now(UTC)}
    )
    connection.execute(
        "INSERT INTO data_assets (name, version, entity) VALUES (?, ?, ?)",
        (kept.name, kept.version, kept.model_dump_json()),
    )
    return kept


def _next_version(connection: sqlite3.Connection, name: str) -> str:
    rows = connection.execute("SELECT version FROM data_assets WHERE name = ?", (name,))
    return str(max((int(row["version"]) for row in rows if row["version"].isdecimal()), default=0) + 1)


def _number(continuation: str | None) -> int:
    try:
        return min(int(continuation), 2**63 - 1) if continuation else 2**63 - 1
    except ValueError as error:
        raise UsageError(
            _("{token} does not continue this list.", token=continuation),
            _("Hand back what the page before ended with."),
        ) from error
