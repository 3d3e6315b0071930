"""Environments of a local workspace: rows by name and version, and what is built of them."""

import platform
import sqlite3
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ...entities import BuildState, Environment, Page, Reason
from ...errors import EnvironmentNotFound, UsageError
from ...language import _
from ...schemas.environment import ANONYMOUS, digest_of, requirements_of
from ...schemas.names import check_environment_name, environment_version_taken
from ...workspace import EnvironmentsOperations
from ...workspace.environments import Listener
from ..db import Database
from ..filesystem import writing
from ..paths import WorkspacePaths
from .curated import curated, curated_names

if TYPE_CHECKING:
    from .overlay import Overlays

_LAST = 2**63 - 1


class LocalEnvironments(EnvironmentsOperations):
    def __init__(self, paths: WorkspacePaths, db: Database) -> None:
        self._paths = paths
        self._db = db

    def list(
        self,
        name: str | None = None,
        *,
        archived: bool | None = False,
        curated: bool = False,
        limit: int = 50,
        continuation: str | None = None,
    ) -> Page[Environment]:
        if curated:
            return _curated_page(limit, continuation)
        conditions, values = ["id < ?", "name <> ?"], [_number(continuation), ANONYMOUS]
        if archived is not None:
            conditions.append(f"archived = {int(archived)}")
        if name is None:
            newest = "SELECT MAX(id) FROM environments"
            if archived is not None:
                newest += f" WHERE archived = {int(archived)}"
            conditions.append(f"id IN ({newest} GROUP BY name)")
        else:
            conditions.append("name = ?")
            values.append(name)
        statement = f"SELECT * FROM environments WHERE {' AND '.join(conditions)} ORDER BY id DESC LIMIT ?"  # noqa: S608
        with self._db.read() as connection:
            rows = connection.execute(statement, (*values, limit + 1)).fetchall()
            if name is not None and not rows and not continuation and not _has(connection, name):
                raise _not_found(connection, name, None)
        following = str(rows[limit - 1]["id"]) if len(rows) > limit else None
        return Page[Environment](items=tuple(self._told(row) for row in rows[:limit]), continuation=following)

    def get(self, name: str, version: str | None = None) -> Environment:
        with self._db.read() as connection:
            row = _find(connection, name, version)
            if row is None and (of_azure := curated(name)):
                return self._with_state(of_azure)
            if row is None:
                raise _not_found(connection, name, version)
        return self._told(row)

    def create_or_update(self, environment: Environment) -> Environment:
        check_environment_name(environment.name, environment.version)
        digest = digest_of(environment)
        requirements_of(environment, platform.python_version())
        with self._db.write() as connection:
            row = self._same(connection, environment, digest)
            kept = environment.model_copy(
                update={
                    "digest": digest,
                    "version": row["version"] if row else environment.version or _next_version(connection, environment),
                    "created": Environment.model_validate_json(row["entity"]).created if row else datetime.now(UTC),
                    "notes": _notes_of(environment),
                    "resolved": {},
                    "state": BuildState.NOT_BUILT,
                    "reason": None,
                }
            )
            if row:
                before = Environment.model_validate_json(row["entity"])
                told = {
                    "description": environment.description or before.description,
                    "tags": environment.tags or before.tags,
                }
                kept = before.model_copy(update=told)
                connection.execute(
                    "UPDATE environments SET entity = ? WHERE id = ?", (kept.model_dump_json(), row["id"])
                )
            else:
                connection.execute(
                    "INSERT INTO environments (name, version, digest, entity) VALUES (?, ?, ?, ?)",
                    (kept.name, kept.version, digest, kept.model_dump_json()),
                )
        return self.get(kept.name, kept.version)

    def build(self, name: str, version: str | None = None, listener: Listener | None = None) -> Environment:
        found = self.get(name, version)
        requirements = requirements_of(found, platform.python_version())
        if requirements:
            with writing(self._paths.folder):
                self._overlays().build(requirements, listener or (lambda _text: None))
        return self._with_state(found)

    def archive(self, name: str, version: str | None = None) -> None:
        self._set_archived(name, version, 1)

    def restore(self, name: str, version: str | None = None) -> None:
        self._set_archived(name, version, 0)

    def prune(self, unused_days: float = 30) -> tuple[int, int]:
        with writing(self._paths.folder):
            return self._overlays().prune(unused_days)

    def _overlays(self) -> "Overlays":
        from .overlay import Overlays  # and packaging; most commands need none

        return Overlays(self._paths.environments)

    def _same(self, connection: sqlite3.Connection, environment: Environment, digest: str) -> sqlite3.Row | None:
        """The row that has this content. Raises Conflict for a version that has another."""
        row: sqlite3.Row | None
        if environment.version:
            row = _find(connection, environment.name, environment.version)
            if row and row["digest"] != digest:
                raise environment_version_taken(environment.name, environment.version)
            return row
        row = connection.execute(
            "SELECT * FROM environments WHERE name = ? AND digest = ? AND NOT archived ORDER BY id DESC LIMIT 1",
            (environment.name, digest),
        ).fetchone()
        return row

    def _told(self, row: sqlite3.Row) -> Environment:
        found = Environment.model_validate_json(row["entity"])
        return self._with_state(found.model_copy(update={"archived": bool(row["archived"])}))

    def _with_state(self, found: Environment) -> Environment:
        requirements = requirements_of(found, platform.python_version())
        overlays = self._overlays()
        state, failure = overlays.state(requirements)
        changes: dict[str, object] = {"state": state}
        if state is BuildState.SUCCEEDED and (overlay := overlays.find(requirements)):
            changes["resolved"] = overlay.packages
        if failure:
            changes["reason"] = Reason.of("EnvironmentFailed", name=found.name, **failure._asdict())
        return found.model_copy(update=changes)

    def _set_archived(self, name: str, version: str | None, archived: int) -> None:
        with self._db.write() as connection:
            changed = connection.execute(
                "UPDATE environments SET archived = ? WHERE name = ? AND (? IS NULL OR version = ?)",
                (archived, name, version, version),
            )
            if not changed.rowcount:
                raise _not_found(connection, name, version)


def _find(connection: sqlite3.Connection, name: str, version: str | None) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM environments WHERE name = ? AND (version = ? OR ? IS NULL AND NOT archived) "
        "ORDER BY id DESC LIMIT 1",
        (name, version, version),
    ).fetchone()
    return row


def _has(connection: sqlite3.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM environments WHERE name = ? LIMIT 1", (name,)).fetchone() is not None


def _next_version(connection: sqlite3.Connection, environment: Environment) -> str:
    rows = connection.execute("SELECT version FROM environments WHERE name = ?", (environment.name,))
    return str(max((int(row["version"]) for row in rows if row["version"].isdecimal()), default=0) + 1)


def _not_found(connection: sqlite3.Connection, name: str, version: str | None) -> EnvironmentNotFound:
    rows = connection.execute(
        "SELECT version, archived FROM environments WHERE name = ? ORDER BY id DESC LIMIT 20", (name,)
    ).fetchall()
    if rows and version is None:
        return EnvironmentNotFound(
            _("All versions of the environment {name} are archived.", name=name),
            _("Bring them back: azml environment restore {name}", name=name),
        )
    if rows:
        return EnvironmentNotFound(
            _("There is no version {version} of the environment {name}.", name=name, version=version),
            _("It has: {names}.", names=", ".join(row["version"] for row in rows)),
        )
    known = [row["name"] for row in connection.execute("SELECT DISTINCT name FROM environments LIMIT 500")]
    near = get_close_matches(name, [*(each for each in known if each != ANONYMOUS), *curated_names()], 1)
    return EnvironmentNotFound(
        _("There is no environment named {name}.", name=name),
        _("Did you mean {name}?", name=near[0])
        if near
        else _("See: azml environment list, and azml environment create --help"),
    )


def _notes_of(environment: Environment) -> tuple[Reason, ...]:
    """What of it is kept on record and not done here."""
    notes = []
    if environment.image:
        notes.append(Reason.of("ImageRecorded", image=environment.image))
    if environment.build:
        notes.append(Reason.of("DockerfileRecorded", path=environment.build.dockerfile_path))
    return tuple(notes)


def _curated_page(limit: int, continuation: str | None) -> Page[Environment]:
    start = _number(continuation) if continuation else 0
    names = curated_names()
    items = tuple(found for name in names[start : start + limit] if (found := curated(name)))
    return Page[Environment](items=items, continuation=str(start + limit) if start + limit < len(names) else None)


def _number(continuation: str | None) -> int:
    try:
        return min(int(continuation), _LAST) if continuation else _LAST
    except ValueError as error:
        raise UsageError(
            _("{token} does not continue this list.", token=continuation),
            _("Hand back what the page before ended with."),
        ) from error
