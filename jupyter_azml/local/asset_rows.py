"""Versions of data assets as rows, with their labels and the jobs that read them."""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

from ..entities import DataAsset
from ..errors import DataNotFound
from ..language import _
from ..schemas.names import LATEST, data_version_taken

_MOST_READERS = 100


def find_row(
    connection: sqlite3.Connection,
    name: str,
    version: str | None = None,
    *,
    label: str | None = None,
    until: datetime | None = None,
) -> sqlite3.Row:
    """Without a version or a label the newest one, or the one that was the newest then: one in lists, if there is any.

    Raises DataNotFound.
    """
    if label and label.lower() != LATEST:
        row = connection.execute(
            "SELECT data_assets.* FROM data_labels JOIN data_assets ON data_assets.id = asset "
            "WHERE data_labels.name = ? AND label = ?",
            (name, label),
        ).fetchone()
        if row is None:
            raise _label_not_found(connection, name, label)
        return row  # type: ignore[no-any-return]  # a Row, as for all of sqlite3
    moment = until and until.isoformat()
    row = connection.execute(
        "SELECT * FROM data_assets WHERE name = ?1 AND (?2 IS NULL OR version = ?2) "
        "AND (?3 IS NULL OR julianday(json_extract(entity, '$.created')) <= julianday(?3)) "
        "ORDER BY archived, id DESC LIMIT 1",
        (name, version, moment),
    ).fetchone()
    if row is None:
        raise data_not_found(connection, name, version)
    return row  # type: ignore[no-any-return]


def find_asset(
    connection: sqlite3.Connection,
    name: str,
    version: str | None = None,
    *,
    label: str | None = None,
    until: datetime | None = None,
) -> DataAsset:
    """As ``find_row``, without what stands elsewhere: labels and readers."""
    return DataAsset.model_validate_json(find_row(connection, name, version, label=label, until=until)["entity"])


def whole_asset(connection: sqlite3.Connection, row: sqlite3.Row, *, readers: bool = False) -> DataAsset:
    """With its labels, and the jobs that read it."""
    labels = [
        each["label"]
        for each in connection.execute("SELECT label FROM data_labels WHERE asset = ? ORDER BY label", (row["id"],))
    ]
    newest = connection.execute(
        "SELECT id FROM data_assets WHERE name = ? ORDER BY archived, id DESC LIMIT 1", (row["name"],)
    ).fetchone()["id"]
    if row["id"] == newest:
        labels.append(LATEST)
    found: dict[str, Any] = {"labels": tuple(labels)}
    if readers:
        rows = connection.execute(
            "SELECT jobs.name FROM data_reads JOIN jobs ON jobs.id = job WHERE asset = ? ORDER BY job DESC LIMIT ?",
            (row["id"], _MOST_READERS),
        )
        found["readers"] = tuple(each["name"] for each in rows)
    return DataAsset.model_validate_json(row["entity"]).model_copy(update=found)


def insert_asset(connection: sqlite3.Connection, asset: DataAsset) -> DataAsset:
    """Raises Conflict for a version that is taken."""
    if asset.version and has_version(connection, asset.name, asset.version):
        raise data_version_taken(asset.name, asset.version)
    kept = asset.model_copy(
        update={"version": asset.version or _next_version(connection, asset.name), "created": datetime.now(UTC)}
    )
    connection.execute(
        "INSERT INTO data_assets (name, version, entity) VALUES (?, ?, ?)", (kept.name, kept.version, as_kept(kept))
    )
    return kept


def as_kept(asset: DataAsset) -> str:
    """What stands in rows of its own is not written twice."""
    return asset.model_dump_json(exclude={"labels", "readers"})


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
        insert_asset(connection, asset)


def note_read(connection: sqlite3.Connection, row: sqlite3.Row, job: str) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO data_reads (asset, job) SELECT ?, id FROM jobs WHERE name = ?", (row["id"], job)
    )


def has_version(connection: sqlite3.Connection, name: str, version: str) -> bool:
    found = connection.execute("SELECT 1 FROM data_assets WHERE name = ? AND version = ?", (name, version))
    return found.fetchone() is not None


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


def _label_not_found(connection: sqlite3.Connection, name: str, label: str) -> DataNotFound:
    find_row(connection, name)
    rows = connection.execute("SELECT label FROM data_labels WHERE name = ? ORDER BY label LIMIT 20", (name,))
    return DataNotFound(
        _("No version of the data asset {name} has the label {label}.", name=name, label=label),
        _("There is: {names}.", names=", ".join([*(row["label"] for row in rows), LATEST])),
    )


def _next_version(connection: sqlite3.Connection, name: str) -> str:
    rows = connection.execute("SELECT version FROM data_assets WHERE name = ?", (name,))
    return str(max((int(row["version"]) for row in rows if row["version"].isdecimal()), default=0) + 1)
