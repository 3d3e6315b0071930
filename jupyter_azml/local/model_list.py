"""Lists of models: a query as SQL."""

import sqlite3
from typing import Any

from ..entities import ModelQuery
from ..errors import UsageError
from ..language import _
from .model_rows import PROMPT, SELECT

_LARGEST = 2**63 - 1


def read_models(
    connection: sqlite3.Connection, query: ModelQuery, limit: int, continuation: str | None
) -> tuple[list[sqlite3.Row], str | None]:
    """The rows, and the token of the next page. Raises UsageError for a token that is none."""
    conditions, values = _conditions(query)
    wanted = f"SELECT v.id FROM model_versions AS v JOIN models AS m ON m.id = v.model WHERE {' AND '.join(conditions)}"  # noqa: S608 - values are bound
    if query.name is None:
        # Of each model the newest version that the query asks for.
        wanted = wanted.replace("SELECT v.id", "SELECT MAX(v.id)", 1) + " GROUP BY v.model"
    rows = connection.execute(
        f"{SELECT} WHERE v.id IN ({wanted}) AND v.id < ? ORDER BY v.id DESC LIMIT ?",
        (*values, _before(continuation), limit + 1),
    ).fetchall()
    return rows[:limit], str(rows[limit - 1]["id"]) if len(rows) > limit else None


def _conditions(query: ModelQuery) -> tuple[list[str], list[Any]]:
    conditions: list[str] = ["NOT EXISTS (SELECT 1 FROM json_each(m.tags) WHERE key = ? AND value = 'true')"]
    values: list[Any] = [PROMPT]

    def add(condition: str, *bound: Any) -> None:
        conditions.append(condition)
        values.extend(bound)

    if query.name is not None:
        add("m.name = ?", query.name)
    for name, value in query.tags.items():
        add(
            "EXISTS (SELECT 1 FROM json_each(v.entity, '$.tags') WHERE key = ? AND (? IS NULL OR value = ?))",
            name,
            value,
            value,
        )
    if query.text:
        text = "m.name || char(10) || m.description || char(10) || json_extract(v.entity, '$.description', '$.tags')"
        add(f"instr(azml_lower({text}), ?) > 0", query.text.lower())
    if query.type is not None:
        add("json_extract(v.entity, '$.type') = ?", query.type)
    if query.stage is not None:
        add("v.stage = ?", query.stage)
    if query.job is not None:
        add("v.job = ?", query.job)
    if query.archived != "all":
        add("(v.archived OR m.archived) = ?", int(query.archived == "archived"))
    return conditions, values


def _before(continuation: str | None) -> int:
    try:
        return min(int(continuation), _LARGEST) if continuation else _LARGEST
    except ValueError as error:
        raise UsageError(
            _("{token} does not continue this list.", token=continuation),
            _("Hand back what the page before ended with."),
        ) from error
