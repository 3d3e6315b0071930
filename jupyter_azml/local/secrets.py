"""Secrets of a local workspace, and what of them and of connections a job gets to see.

A job that names the secret ``my-key`` finds it in the variable ``MY_KEY``; of a connection ``my-db`` it finds type,
target and credentials as JSON in ``AZML_CONNECTION_MY_DB``. They are read where the job's code starts, and are in no
file of the job.
"""

import json
from datetime import UTC, datetime

from ..entities import Page, Secret, Submission
from ..entities.secret_name import check_secret
from ..errors import ConnectionNotFound, SecretNotFound
from ..execution.masking import maskable
from ..language import _
from ..workspace import SecretsOperations
from .db import Database
from .named import Table, delete_named, list_named, names_in, put_named
from .paths import WorkspacePaths
from .secret_store import open_store


class LocalSecrets(SecretsOperations):
    def __init__(self, paths: WorkspacePaths, db: Database) -> None:
        self._paths = paths
        self._db = db

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Secret]:
        found, following = list_named(self._db, "secrets", limit, continuation)
        return Page[Secret](items=tuple(Secret.model_validate_json(row) for row in found), continuation=following)

    def set(self, name: str, value: str) -> Secret:
        """Raises UsageError for a name or a value that Key Vault would not take either."""
        check_secret(name, value)
        open_store(self._paths).put(f"secret-{name.lower()}", value)
        secret = Secret(name=name, created=datetime.now(UTC))
        put_named(self._db, "secrets", name, secret)
        return secret

    def delete(self, name: str) -> None:
        if not delete_named(self._db, "secrets", name):
            raise secret_not_found(self._db, name)
        open_store(self._paths).remove(f"secret-{name.lower()}")


def environment_of(paths: WorkspacePaths, db: Database | None, spec: Submission) -> dict[str, str]:
    """The variables in which the job finds what it names; ``db`` only serves to name what else there is.

    Raises SecretNotFound, ConnectionNotFound, WorkspaceError.
    """
    if not spec.secrets and not spec.connections:
        return {}
    store = open_store(paths)
    found = {}
    for name in spec.secrets:
        if (value := store.get(f"secret-{name.lower()}")) is None:
            raise secret_not_found(db, name)
        found[variable_of_secret(name)] = value
    for name in spec.connections:
        if (value := store.get(f"connection-{name.lower()}")) is None:
            raise connection_not_found(db, name)
        found[variable_of_connection(name)] = value
    return found


def values_of(environment: dict[str, str]) -> tuple[str, ...]:
    """What is to be masked in a job's output, the longest first; ``environment`` is what ``environment_of`` gave."""
    values: set[str] = set()
    for name, value in environment.items():
        if name.startswith(CONNECTION_PREFIX):
            values.update((value, *json.loads(value)["credentials"].values()))
        else:
            values.add(value)
    return maskable(values)


CONNECTION_PREFIX = "AZML_CONNECTION_"


def variable_of_secret(name: str) -> str:
    return name.upper().replace("-", "_")


def variable_of_connection(name: str) -> str:
    return CONNECTION_PREFIX + variable_of_secret(name)


def secret_not_found(db: Database | None, name: str) -> SecretNotFound:
    return SecretNotFound(
        _("There is no secret named {name}.{others}", name=name, others=_others(db, "secrets")),
        _("Set it with: azml secret set {name}", name=name),
    )


def connection_not_found(db: Database | None, name: str) -> ConnectionNotFound:
    return ConnectionNotFound(
        _("There is no connection named {name}.{others}", name=name, others=_others(db, "connections")),
        _("Create it with: azml connection create -f FILE.yml"),
    )


def _others(db: Database | None, table: Table) -> str:
    names = names_in(db, table) if db else []
    return " " + _("There are: {names}", names=", ".join(names)) if names else ""
