"""Models as rows. Of a version ``entity`` is the truth, but for what has a column of its own.

MLflow knows versions by number alone, Azure by any text. A version that is a number has that number; any other has the
number that came next when it was made, and counting goes on after it. When somebody then asks for a version by that
number, the one that has only borrowed it gets the next.
"""

import json
import re
import sqlite3
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any, NamedTuple

from ..entities import Model
from ..errors import ModelNotFound
from ..language import _
from ..schemas.names import model_version_taken

PROMPT = "mlflow.prompt.is_prompt"
"""The tag by which MLflow tells its prompts, which it keeps in the same place, from models."""

SELECT = """
SELECT v.*, m.name AS name, m.archived AS model_archived, (
    SELECT json_group_array(alias) FROM (SELECT alias FROM model_aliases WHERE version = v.id ORDER BY alias)
) AS aliases FROM model_versions AS v JOIN models AS m ON m.id = v.model
"""
_NUMBER = re.compile(r"[1-9][0-9]{0,14}")
_MOST_NAMED = 500


class StoredFile(NamedTuple):
    path: str
    """Below the version's folder, with forward slashes."""
    size: int
    hash: str


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def load_version(row: sqlite3.Row) -> Model:
    """Of a row of ``SELECT``."""
    return Model.model_validate_json(row["entity"]).model_copy(
        update={
            "name": row["name"],
            "version": row["version"],
            "aliases": tuple(json.loads(row["aliases"])),
            "stage": row["stage"],
            "archived": bool(row["archived"] or row["model_archived"]),
            "created": _moment(row["created"]),
            "updated": _moment(row["updated"]),
        }
    )


def model_row(connection: sqlite3.Connection, name: str) -> sqlite3.Row:
    """Raises ModelNotFound."""
    row: sqlite3.Row | None = connection.execute("SELECT * FROM models WHERE name = ?", (name,)).fetchone()
    if row is None:
        names = [each["name"] for each in connection.execute("SELECT name FROM models LIMIT ?", (_MOST_NAMED,))]
        near = get_close_matches(name, names, 1)
        raise ModelNotFound(
            _("There is no model named {name}.", name=name),
            _("Did you mean {name}?", name=near[0]) if near else _("See: azml model list"),
        )
    return row


def version_row(connection: sqlite3.Connection, name: str, version: str | int) -> sqlite3.Row:
    """By its version, or by its number when that is one. Raises ModelNotFound."""
    model = model_row(connection, name)
    column = "number" if isinstance(version, int) else "version"
    row: sqlite3.Row | None = connection.execute(
        f"{SELECT} WHERE v.model = ? AND v.{column} = ?", (model["id"], version)
    ).fetchone()
    if row is None:
        there = connection.execute(
            "SELECT version FROM model_versions WHERE model = ? ORDER BY id DESC LIMIT 20", (model["id"],)
        )
        versions = ", ".join(each["version"] for each in there)
        raise ModelNotFound(
            _("There is no version {version} of the model {name}.", version=version, name=model["name"]),
            _("It has: {names}.", names=versions) if versions else _("It has no version yet."),
        )
    return row


def labelled_row(connection: sqlite3.Connection, name: str, label: str) -> sqlite3.Row:
    """``latest``, an alias, or a stage, whose newest version is meant. Raises ModelNotFound."""
    model = model_row(connection, name)
    row = None
    if label.lower() != "latest":
        row = connection.execute(
            f"{SELECT} JOIN model_aliases AS a ON a.version = v.id WHERE a.model = ? AND a.alias = ?",
            (model["id"], label),
        ).fetchone()
    is_latest = "1" if label.lower() == "latest" else "v.stage = ? AND v.stage <> ''"
    row = (
        row
        or connection.execute(
            # Of those that are out of lists only when there is nothing else.
            f"{SELECT} WHERE v.model = ? AND {is_latest} ORDER BY v.archived, v.id DESC LIMIT 1",
            (model["id"],) if is_latest == "1" else (model["id"], label),
        ).fetchone()
    )
    if row is None:
        aliases = connection.execute("SELECT alias FROM model_aliases WHERE model = ? LIMIT 20", (model["id"],))
        names = ", ".join(each["alias"] for each in aliases)
        raise ModelNotFound(
            _("The model {name} has no alias and no stage {label}.", name=model["name"], label=label),
            _("It has the aliases: {names}.", names=names)
            if names
            else _("See: azml model list --name {name}", name=model["name"]),
        )
    found: sqlite3.Row = row
    return found


def insert_model(
    connection: sqlite3.Connection, name: str, at: int, *, description: str = "", tags: Mapping[str, str] | None = None
) -> int:
    row = connection.execute(
        "INSERT INTO models (name, description, tags, created, updated) VALUES (?, ?, ?, ?, ?)",
        (name, description, json.dumps(dict(tags or {})), at, at),
    )
    return row.lastrowid or 0


def ensure_model(connection: sqlite3.Connection, name: str, at: int) -> sqlite3.Row:
    if not connection.execute("SELECT 1 FROM models WHERE name = ?", (name,)).fetchone():
        insert_model(connection, name, at)
    return model_row(connection, name)


def has_version(connection: sqlite3.Connection, name: str, version: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM model_versions AS v JOIN models AS m ON m.id = v.model WHERE m.name = ? AND v.version = ?",
        (name, version),
    )
    return found.fetchone() is not None


def next_version(connection: sqlite3.Connection, model: sqlite3.Row) -> str:
    """Also after versions that were deleted: a number never means two models."""
    last = model["last_number"]
    while has_version(connection, model["name"], str(last + 1)):
        last += 1
    return str(last + 1)


def insert_version(
    connection: sqlite3.Connection, model: Model, *, at: int, run: str | None, place: str, files: Iterable[StoredFile]
) -> sqlite3.Row:
    """``model`` has its name and version. Raises Conflict."""
    row = ensure_model(connection, model.name, at)
    if has_version(connection, model.name, model.version):
        raise model_version_taken(row["name"], model.version)
    number = _number_for(connection, row, model.version)
    inserted = connection.execute(
        "INSERT INTO model_versions (model, version, number, stage, run, job, place, created, updated, entity) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (row["id"], model.version, number, model.stage, run, model.lineage.job, place, at, at, model.model_dump_json()),
    ).lastrowid
    connection.executemany(
        "INSERT INTO model_files (version, path, size, hash) VALUES (?, ?, ?, ?)", [(inserted, *file) for file in files]
    )
    connection.execute(
        "UPDATE models SET last_number = max(last_number, ?), updated = ? WHERE id = ?", (number, at, row["id"])
    )
    return version_row(connection, row["name"], model.version)


def update_version(connection: sqlite3.Connection, row: sqlite3.Row, at: int | None = None, **changes: Any) -> None:
    """``changes`` are fields of a Model; without ``at`` the time of the last change stays."""
    model = Model.model_validate_json(row["entity"]).model_copy(update=changes)
    connection.execute(
        "UPDATE model_versions SET entity = ?, stage = ?, archived = ?, updated = ? WHERE id = ?",
        (
            model.model_dump_json(),
            changes.get("stage", row["stage"]),
            int(changes.get("archived", row["archived"])),
            row["updated"] if at is None else at,
            row["id"],
        ),
    )


def files_of(connection: sqlite3.Connection, row: sqlite3.Row) -> list[StoredFile]:
    rows = connection.execute("SELECT path, size, hash FROM model_files WHERE version = ? ORDER BY path", (row["id"],))
    return [StoredFile(*each) for each in rows]


def models_of_job(connection: sqlite3.Connection, job: str) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT m.name, v.version FROM model_versions AS v JOIN models AS m ON m.id = v.model WHERE v.job = ? "
        "ORDER BY v.id LIMIT 100",
        (job,),
    )
    return tuple(f"{row['name']}:{row['version']}" for row in rows)


def _number_for(connection: sqlite3.Connection, model: sqlite3.Row, version: str) -> int:
    following = int(model["last_number"]) + 1
    if not _NUMBER.fullmatch(version):
        return following
    number = int(version)
    borrowed = connection.execute(
        "SELECT id FROM model_versions WHERE model = ? AND number = ?", (model["id"], number)
    ).fetchone()
    if borrowed:
        following = max(following, number + 1)
        connection.execute("UPDATE model_versions SET number = ? WHERE id = ?", (following, borrowed["id"]))
        connection.execute("UPDATE models SET last_number = ? WHERE id = ?", (following, model["id"]))
    return number


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
