"""Rows that are a name and an entity: secrets, connections, datastores. Names are case-insensitive.

What belongs to something else is named after it: ``ENDPOINT/NAME``.
"""

from typing import Literal

from ..entities.base import Entity
from .db import Database

Table = Literal["secrets", "connections", "datastores", "batch_endpoints", "batch_deployments", "alert_rules"]
MOST_NAMED = 20


def list_named(
    db: Database, table: Table, limit: int, continuation: str | None, *, owner: str = ""
) -> tuple[list[str], str | None]:
    """By name; the token is the last name of the page. ``owner``: of what belongs to that one, only."""
    statement = f"SELECT name, entity FROM {table} WHERE name > ? AND name < ? ORDER BY name LIMIT ?"  # noqa: S608
    # In the order of characters, 0 follows the slash.
    first, end = (f"{owner}/", f"{owner}0") if owner else ("", "\U0010ffff")
    with db.read() as connection:
        rows = connection.execute(statement, (continuation or first, end, limit + 1)).fetchall()
    following = rows[limit - 1]["name"] if len(rows) > limit else None
    return [row["entity"] for row in rows[:limit]], following


def get_named(db: Database, table: Table, name: str) -> str | None:
    with db.read() as connection:
        row = connection.execute(f"SELECT entity FROM {table} WHERE name = ?", (name,)).fetchone()  # noqa: S608
    return row["entity"] if row else None


def put_named(db: Database, table: Table, name: str, entity: Entity) -> None:
    with db.write() as connection:
        connection.execute(
            f"INSERT INTO {table} (name, entity) VALUES (?, ?) "  # noqa: S608
            "ON CONFLICT (name) DO UPDATE SET name = excluded.name, entity = excluded.entity",
            (name, entity.model_dump_json()),
        )


def delete_named(db: Database, table: Table, name: str) -> bool:
    """Whether there was one."""
    with db.write() as connection:
        return connection.execute(f"DELETE FROM {table} WHERE name = ?", (name,)).rowcount > 0  # noqa: S608


def delete_owned(db: Database, table: Table, owner: str) -> None:
    """All that belongs to that one."""
    with db.write() as connection:
        connection.execute(f"DELETE FROM {table} WHERE name > ? AND name < ?", (f"{owner}/", f"{owner}0"))  # noqa: S608


def names_in(db: Database, table: Table, limit: int = MOST_NAMED) -> list[str]:
    with db.read() as connection:
        rows = connection.execute(f"SELECT name FROM {table} ORDER BY name LIMIT ?", (limit,))  # noqa: S608
        return [row["name"] for row in rows]
