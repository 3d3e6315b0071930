"""What is known of models, beside the database: they must be found after a repair, as their files are."""

import json
import sqlite3
from contextlib import suppress
from typing import Any

from .files import read_json, write_whole
from .filesystem import writing
from .paths import WorkspacePaths


def keep_records(paths: WorkspacePaths, connection: sqlite3.Connection, model: int, *versions: int) -> None:
    """Of these versions, by their ids; and of the newest, whose record tells of the model itself.

    Raises WorkspaceNotWritable.
    """
    newest = connection.execute("SELECT MAX(id) FROM model_versions WHERE model = ?", (model,)).fetchone()[0]
    of_model = dict(connection.execute("SELECT * FROM models WHERE id = ?", (model,)).fetchone())
    with writing(paths.folder):
        paths.model_records.mkdir(mode=0o700, exist_ok=True)
        for version in {*versions, newest} - {None}:
            row = connection.execute("SELECT * FROM model_versions WHERE id = ?", (version,)).fetchone()
            if row is None:
                _record(paths, version).unlink(missing_ok=True)
                continue
            aliases = connection.execute("SELECT alias FROM model_aliases WHERE version = ?", (version,))
            files = connection.execute("SELECT path, size, hash FROM model_files WHERE version = ?", (version,))
            record = {
                "model": of_model,
                "version": dict(row),
                "aliases": [each["alias"] for each in aliases],
                "files": [list(each) for each in files],
            }
            write_whole(_record(paths, version), json.dumps(record))


def forget_records(paths: WorkspacePaths, *versions: int) -> None:
    with writing(paths.folder):
        for version in versions:
            _record(paths, version).unlink(missing_ok=True)


def restore_models(connection: sqlite3.Connection, paths: WorkspacePaths) -> None:
    """Into tables that are empty. What cannot be read, or does not fit, is passed over."""
    found = [read_json(file) or {} for file in paths.model_records.glob("*.json")]
    for record in sorted(found, key=_id_of, reverse=True):
        with suppress(sqlite3.IntegrityError, sqlite3.OperationalError, KeyError, TypeError, AttributeError):
            connection.execute("SAVEPOINT model")
            try:
                _restore(connection, record)
            except BaseException:
                connection.execute("ROLLBACK TO model")
                raise
            finally:
                connection.execute("RELEASE model")


def _restore(connection: sqlite3.Connection, record: dict[str, Any]) -> None:
    # The newest comes first, and says what the model is called.
    _insert(connection, "INSERT OR IGNORE INTO models", record["model"])
    _insert(connection, "INSERT INTO model_versions", record["version"])
    version = record["version"]
    aliases = [(version["model"], alias, version["id"]) for alias in record["aliases"]]
    connection.executemany("INSERT OR IGNORE INTO model_aliases (model, alias, version) VALUES (?, ?, ?)", aliases)
    files = [(version["id"], *file) for file in record["files"]]
    connection.executemany("INSERT INTO model_files (version, path, size, hash) VALUES (?, ?, ?, ?)", files)


def _insert(connection: sqlite3.Connection, into: str, values: dict[str, Any]) -> None:
    """Columns that the table has no more, or that a file made up, do not fit."""
    if not all(name.isidentifier() for name in values):
        raise KeyError(into)
    marks = ", ".join("?" * len(values))
    connection.execute(f"{into} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def _id_of(record: dict[str, Any]) -> int:
    version = record.get("version")
    found = version.get("id") if isinstance(version, dict) else None
    return found if isinstance(found, int) else 0


def _record(paths: WorkspacePaths, version: int) -> Any:
    return paths.model_records / f"{version}.json"
