"""Connections of a local workspace. Their credentials are kept where secrets are."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from ..entities import Connection, Page, Submission
from ..entities.secret_name import check_connection_name
from ..errors import UsageError
from ..language import _
from ..workspace import ConnectionsOperations
from .db import Database
from .named import delete_named, get_named, list_named, put_named
from .paths import WorkspacePaths
from .secret_store import open_store
from .secrets import connection_not_found, secret_not_found, variable_of_connection, variable_of_secret

# What the run contract and the interpreter go by: a secret must not take their place.
_RESERVED = re.compile(
    r"(AZUREML|AZML|MLFLOW|LD|DYLD|PYTHON|JUPYTER|GIT|LC)_.*|PYTHON.*"
    r"|PATH|HOME|USER|LOGNAME|SHELL|IFS|ENV|BASH_ENV|LANG|LANGUAGE|TZ|TMPDIR|PWD|VIRTUAL_ENV|CUDA_VISIBLE_DEVICES"
    r"|RANK|LOCAL_RANK|WORLD_SIZE|NODE_RANK|MASTER_ADDR|MASTER_PORT|TF_CONFIG"
)


class LocalConnections(ConnectionsOperations):
    def __init__(self, paths: WorkspacePaths, db: Database) -> None:
        self._paths = paths
        self._db = db

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Connection]:
        found, following = list_named(self._db, "connections", limit, continuation)
        items = tuple(Connection.model_validate_json(row) for row in found)
        return Page[Connection](items=items, continuation=following)

    def get(self, name: str) -> Connection:
        if (row := get_named(self._db, "connections", name)) is None:
            raise connection_not_found(self._db, name)
        return Connection.model_validate_json(row)

    def create_or_update(self, connection: Connection, credentials: Mapping[str, str]) -> Connection:
        """Raises UsageError for a name that Azure would not take."""
        check_connection_name(connection.name)
        # Type and target go along: where the job runs, no database is asked.
        whole = {"type": connection.type, "target": connection.target, "credentials": dict(credentials)}
        open_store(self._paths).put(f"connection-{connection.name.lower()}", json.dumps(whole))
        before = get_named(self._db, "connections", connection.name)
        created = Connection.model_validate_json(before).created if before else datetime.now(UTC)
        kept = connection.model_copy(update={"credentials": tuple(sorted(credentials)), "created": created})
        put_named(self._db, "connections", kept.name, kept)
        return kept

    def credentials(self, name: str) -> dict[str, str]:
        found = self.get(name)
        kept = open_store(self._paths).get(f"connection-{found.name.lower()}")
        whole: dict[str, dict[str, str]] = json.loads(kept) if kept else {}
        return whole.get("credentials", {})

    def delete(self, name: str) -> None:
        if not delete_named(self._db, "connections", name):
            raise connection_not_found(self._db, name)
        open_store(self._paths).remove(f"connection-{name.lower()}")


def check_named(db: Database, spec: Submission) -> None:
    """Whether what a job names is there, and can stand beside what else it finds in its environment.

    Raises SecretNotFound, ConnectionNotFound, UsageError.
    """
    taken: dict[str, str] = dict.fromkeys(spec.environment_variables, "environment_variables")
    for name in spec.secrets:
        if get_named(db, "secrets", name) is None:
            raise secret_not_found(db, name)
        if _RESERVED.fullmatch(variable_of_secret(name)):
            raise UsageError(
                _(
                    "The secret {name} would take the place of the variable {variable}.",
                    name=name,
                    variable=variable_of_secret(name),
                ),
                _("Set it under another name."),
            )
        _take(taken, variable_of_secret(name), name)
    for name in spec.connections:
        if get_named(db, "connections", name) is None:
            raise connection_not_found(db, name)
        _take(taken, variable_of_connection(name), name)


def _take(taken: dict[str, str], variable: str, name: str) -> None:
    if taken.setdefault(variable, name).lower() != name.lower():
        raise UsageError(
            _(
                "{name} and {other} both give the variable {variable}.",
                name=name,
                other=taken[variable],
                variable=variable,
            ),
            _("Leave one of them out, or give it another name."),
        )
