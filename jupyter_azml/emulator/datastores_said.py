"""What clients said of a datastore and the workspace behind has no word for: its account, and its credentials."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from ..entities import Datastore
from .private import make_private


class Said(NamedTuple):
    datastore: Datastore
    credentials: dict[str, str]
    """By the YAML's names. They open nothing but what the emulator keeps; clients ask to have them back."""
    fields: dict[str, Any]
    """The service's, that the entity has no word for."""


class SaidDatastores:
    def __init__(self, folder: Path) -> None:
        self._folder = folder / "datastores"

    def keep(self, datastore: Datastore, credentials: Mapping[str, str], fields: Mapping[str, Any]) -> None:
        content = {"datastore": datastore.to_data(), "credentials": dict(credentials), "fields": dict(fields)}
        make_private(self._file(datastore.name), json.dumps(content).encode(), replace=True)

    def of(self, name: str) -> Said | None:
        return _read(self._file(name))

    def forget(self, name: str) -> None:
        self._file(name).unlink(missing_ok=True)

    def in_account(self, account: str) -> Iterator[Said]:
        for file in sorted(self._folder.glob("*.json")):
            found = _read(file)
            if found and found.datastore.account_name.lower() == account.lower():
                yield found

    def _file(self, name: str) -> Path:
        return self._folder / f"{quote(name.lower(), safe='')}.json"


def _read(file: Path) -> Said | None:
    with suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads(file.read_text("utf-8"))
        credentials, fields = dict(found["credentials"]), dict(found["fields"])
        return Said(Datastore.model_validate(found["datastore"]), credentials, fields)
    return None
