"""Datastores of a local workspace: its own folder, further folders, and containers of Azure Storage."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from ..entities import Datastore, DatastoreType, Page
from ..errors import Conflict, DatastoreNotFound
from ..language import _
from ..schemas.names import check_datastore_name
from ..storage.files import StoredFiles, translated
from ..storage.reach import reach_store
from ..storage.store import Store
from .db import Database
from .filesystem import writing
from .named import delete_named, get_named, list_named, names_in, put_named
from .paths import DATASTORE, WorkspacePaths
from .secret_store import open_store

_MOST_NAMED = 3
_AFTER_OWN = " "
"""The token that stands before every name."""


class LocalDatastores(StoredFiles):
    def __init__(self, paths: WorkspacePaths, db: Database) -> None:
        self._paths = paths
        self._db = db

    def list(self, *, limit: int = 50, continuation: str | None = None) -> Page[Datastore]:
        """The workspace's own comes first."""
        default = self._default()
        own = () if continuation else (self._own(default),)
        if own and limit == 1:
            return Page[Datastore](items=own, continuation=_AFTER_OWN if names_in(self._db, "datastores", 1) else None)
        found, following = list_named(self._db, "datastores", limit - len(own), continuation)
        items = (*own, *(_read(row, default) for row in found))
        return Page[Datastore](items=items, continuation=following)

    def get(self, name: str) -> Datastore:
        if name.lower() == DATASTORE:
            return self._own(self._default())
        if (row := get_named(self._db, "datastores", name)) is None:
            raise self._not_found(name)
        return _read(row, self._default())

    def get_default(self) -> Datastore:
        return self.get(self._default())

    def create_or_update(self, datastore: Datastore, credentials: Mapping[str, str]) -> Datastore:
        _check_name(datastore.name)
        created = datetime.now(UTC)
        if before := get_named(self._db, "datastores", datastore.name):
            created = Datastore.model_validate_json(before).created or created
        kept = datastore.model_copy(update={"created": created, "is_default": False})
        with translated(datastore.name, ""):
            reach_store(kept, dict(credentials)).browse(limit=1)
        if credentials:
            open_store(self._paths).put(_key(kept.name), json.dumps(dict(credentials)))
        elif before:
            open_store(self._paths).remove(_key(kept.name))
        put_named(self._db, "datastores", kept.name, kept)
        return self.set_default(kept.name) if datastore.is_default else self.get(kept.name)

    def set_default(self, name: str) -> Datastore:
        chosen = self.get(name)
        with self._db.write() as connection:
            connection.execute("UPDATE datastores SET is_default = (name = ?)", (chosen.name,))
        return self.get(name)

    def delete(self, name: str, *, force: bool = False) -> None:
        datastore = self.get(name)
        if datastore.name == DATASTORE:
            raise Conflict(
                _("{name} belongs to the workspace and cannot be deleted.", name=name),
                _("Delete files in it with: azml datastore remove {name} PATH", name=name),
            )
        if not force and (users := _assets_in(self._db, datastore.name)):
            raise Conflict(
                _("Data assets lie in the datastore {name}: {names}.", name=name, names=", ".join(users)),
                _("They would lead nowhere. Keep the datastore, or create them elsewhere first."),
            )
        delete_named(self._db, "datastores", datastore.name)
        open_store(self._paths).remove(_key(datastore.name))

    def store(self, name: str) -> Store:
        datastore = self.get(name)
        if datastore.name == DATASTORE:
            with writing(self._paths.datastores):
                Path(datastore.path).mkdir(parents=True, exist_ok=True)
        kept = open_store(self._paths).get(_key(datastore.name)) if datastore.type is not DatastoreType.LOCAL else None
        return reach_store(datastore, json.loads(kept) if kept else {})

    def _own(self, default: str) -> Datastore:
        return Datastore(
            name=DATASTORE,
            type=DatastoreType.LOCAL,
            path=str(self._paths.datastore(DATASTORE)),
            is_default=default == DATASTORE,
        )

    def _default(self) -> str:
        with self._db.read() as connection:
            row = connection.execute("SELECT name FROM datastores WHERE is_default").fetchone()
        return row["name"] if row else DATASTORE

    def _not_found(self, name: str) -> DatastoreNotFound:
        names = [DATASTORE, *names_in(self._db, "datastores")]
        near = get_close_matches(name.lower(), names, 1)
        return DatastoreNotFound(
            _("There is no datastore named {name}.", name=name),
            _("Did you mean {name}?", name=near[0]) if near else _("There is: {names}.", names=", ".join(names)),
        )


def _read(row: str, default: str) -> Datastore:
    datastore = Datastore.model_validate_json(row)
    return datastore.model_copy(update={"is_default": datastore.name == default})


def _key(name: str) -> str:
    return f"datastore-{name.lower()}"


def _check_name(name: str) -> None:
    if name.lower() == DATASTORE:
        raise Conflict(
            _("{name} belongs to the workspace and cannot be replaced.", name=name), _("Choose another name.")
        )
    check_datastore_name(name)


def _assets_in(db: Database, name: str) -> list[str]:
    with db.read() as connection:
        rows = connection.execute(
            "SELECT DISTINCT name FROM data_assets "
            "WHERE json_extract(entity, '$.path') LIKE ? ESCAPE '!' ORDER BY name LIMIT ?",
            (f"azureml://%datastores/{name.replace('_', '!_')}/paths/%", _MOST_NAMED),
        )
        return [row["name"] for row in rows]
