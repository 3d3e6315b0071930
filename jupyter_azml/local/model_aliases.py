"""Names that mean one version of a model."""

import sqlite3

from ..errors import UsageError
from ..language import _

_MOST = 255


def check_alias(alias: str) -> None:
    """Raises UsageError. The rules are MLflow's: an alias is no version."""
    is_version = alias.isdecimal() or (alias[:1] in "vV" and alias[1:].isdecimal())
    plain = alias.replace("-", "").replace("_", "").replace(".", "")
    if alias.lower() == "latest" or is_version or not (plain.isascii() and plain.isalnum()) or len(alias) > _MOST:
        raise UsageError(
            _("{alias} cannot be an alias.", alias=alias),
            _("Use letters, digits, -, _ and dots, such as champion; latest, 3 and v3 mean something already."),
        )


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
