"""Names that mean one version of a model."""

import sqlite3


def put_alias(connection: sqlite3.Connection, version: sqlite3.Row, alias: str) -> list[int]:
    """The ids of versions that it meant before."""
    before = drop_alias(connection, version["model"], alias)
    connection.execute(
        "INSERT INTO model_aliases (model, alias, version) VALUES (?, ?, ?)", (version["model"], alias, version["id"])
    )
    return before


def drop_alias(connection: sqlite3.Connection, model: int, alias: str) -> list[int]:
    """The ids of versions that it meant: one, or none."""
    rows = connection.execute(
        "DELETE FROM model_aliases WHERE model = ? AND alias = ? RETURNING version", (model, alias)
    ).fetchall()
    return [row["version"] for row in rows]
