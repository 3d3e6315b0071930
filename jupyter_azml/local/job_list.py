"""Lists of jobs: a query as SQL, and pages that a new job does not shift."""

import base64
import json
import sqlite3
from typing import Any

from ..entities import JobQuery
from ..errors import UsageError
from ..language import _

# jobs.id grows with every submission, so it tells the order of creation even where a clock was set back.
_SORTED_BY = {
    "created": "id",
    "name": "name",
    "display_name": "display_name",
    "status": "status",
    "experiment": "experiment",
    "ended": "ended",
    "duration": "COALESCE(julianday(ended) - julianday(started), -1)",
}


def read_page(
    connection: sqlite3.Connection, query: JobQuery, limit: int, continuation: str | None
) -> tuple[list[sqlite3.Row], str | None]:
    """The rows, and the token of the next page. Raises UsageError for a token that is none."""
    key, way = _SORTED_BY[query.sort], "DESC" if query.descending else "ASC"
    conditions, values = _conditions(query)
    if continuation is not None:
        conditions.append(f"({key}, id) {'<' if query.descending else '>'} (?, ?)")
        values += _parse(query, continuation)
    statement = (
        f"SELECT *, {key} AS sort_key FROM jobs WHERE {' AND '.join(conditions) or '1'} "  # noqa: S608 - values are bound
        f"ORDER BY {key} {way}, id {way} LIMIT ?"
    )
    rows = connection.execute(statement, (*values, limit + 1)).fetchall()
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], _token(query, rows[limit - 1])


def _conditions(query: JobQuery) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []

    def add(condition: str, *bound: Any) -> None:
        conditions.append(condition)
        values.extend(bound)

    if query.statuses:
        add(f"status IN ({', '.join('?' * len(query.statuses))})", *query.statuses)
    for column in ("type", "experiment", "compute"):
        if (value := getattr(query, column)) is not None:
            add(f"{column} = ?", value)
    if query.parent is not None:
        add("lower(json_extract(entity, '$.parent')) = ?", query.parent.lower())
    if query.fingerprint:
        # What the index leaves out has to be said, or SQLite does not use it.
        add("fingerprint = ? AND fingerprint <> ''", query.fingerprint)
    # Asked job by job, newest first, a page is full before most jobs were looked at.
    for name, value in query.tags.items():
        if value is None:
            add("EXISTS (SELECT 1 FROM job_tags WHERE job = jobs.id AND name = ?)", name)
        else:
            add("EXISTS (SELECT 1 FROM job_tags WHERE job = jobs.id AND name = ? AND value = ?)", name, value)
    if query.text:
        # GLOB and LIKE have signs of their own; instr over lowered text takes the words as they are.
        columns = " || char(10) || ".join(("name", "display_name", "description", "experiment"))
        add(f"instr(azml_lower({columns}), ?) > 0", query.text.lower())
    if query.created_after:
        add("julianday(created) >= julianday(?)", query.created_after.isoformat())
    if query.created_before:
        add("julianday(created) < julianday(?)", query.created_before.isoformat())
    if query.archived != "all":
        add("archived = ?", int(query.archived == "archived"))
    return conditions, values


def _token(query: JobQuery, last: sqlite3.Row) -> str:
    # Of letters alone, since people paste it into a shell.
    text = json.dumps([query.sort, last["sort_key"], last["id"]])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _parse(query: JobQuery, token: str) -> list[Any]:
    try:
        sort, key, number = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        numbers = [value for value in (key, number) if isinstance(value, int)]
        # A token that somebody wrote could be anything.
        if sort != query.sort or number not in numbers or any(abs(value) >= 2**63 for value in numbers):
            raise ValueError(token)
        if not isinstance(key, int if sort == "created" else int | float | str):
            raise ValueError(token)
    except (ValueError, TypeError) as error:
        raise UsageError(
            _("{token} does not continue this list.", token=token), _("Hand back what the page before ended with.")
        ) from error
    return [key, number]
