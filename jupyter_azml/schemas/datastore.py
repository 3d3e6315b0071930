"""A datastore's YAML file, as of ``az ml datastore create``. No fault quotes a credential.

Source: https://learn.microsoft.com/azure/machine-learning/reference-yaml-datastore-blob and the pages beside it.
"""

from pathlib import Path
from typing import Any

from ..entities import CredentialsType, Datastore, DatastoreType
from ..language import _
from .connection import credential_text, named_mapping
from .shape import Place, keys, label, mapping, word
from .text import parse_yaml

REFERENCE = "https://learn.microsoft.com/azure/machine-learning/reference-yaml-datastore-blob"

_CONTAINERS = ("container_name", "filesystem", "file_share_name")
_SHAPE = keys(
    {
        "$schema": None,
        "type": word(*(kind.value for kind in DatastoreType), azure_data_lake_gen1="azure_data_lake_gen1"),
        "name": label,
        "description": label,
        "tags": mapping(label),
        "account_name": label,
        "endpoint": label,
        "protocol": word("https", "http", "abfss", wasbs="https"),
        "path": label,
        "credentials": named_mapping(credential_text),
        "properties": None,
        "id": None,
        **dict.fromkeys(_CONTAINERS, label),
    },
    needed=("type",),
)
_NEEDED = {
    DatastoreType.AZURE_BLOB: "container_name",
    DatastoreType.AZURE_DATA_LAKE_GEN2: "filesystem",
    DatastoreType.AZURE_FILE: "file_share_name",
    DatastoreType.LOCAL: "path",
}


def read_datastore(text: str, file: Path, *, name: str | None = None) -> tuple[Datastore, dict[str, str]]:
    """The datastore, and its credentials apart. A local one's path begins from the file. Raises SpecInvalid."""
    place = Place(file)
    found = _SHAPE(parse_yaml(text, file), place)
    wanted = name or found.get("name")
    if not wanted:
        place.at("name").fault(_("is missing"))
    kind = _kind(found.get("type"), place)
    if kind and not found.get(_NEEDED[kind]):
        place.at(_NEEDED[kind]).fault(_("is missing"))
    has_address = "://" in found.get("endpoint", "")
    if kind and kind is not DatastoreType.LOCAL and not (found.get("account_name") or has_address):
        place.at("account_name").fault(_("is missing"))
    credentials = found.get("credentials", {})
    credentials_type = _credentials_type(credentials, place.at("credentials"))
    place.check(REFERENCE)
    return (
        Datastore(
            name=wanted,
            type=DatastoreType(found["type"]),
            description=found.get("description", ""),
            tags=found.get("tags", {}),
            account_name=found.get("account_name", ""),
            container_name=next((found[key] for key in _CONTAINERS if key in found), ""),
            endpoint=found.get("endpoint", ""),
            protocol="https" if found.get("protocol") in (None, "abfss") else found["protocol"],
            path=str((file.parent / Path(found["path"]).expanduser()).absolute()) if found.get("path") else "",
            credentials=credentials_type,
        ),
        credentials,
    )


def _kind(value: Any, place: Place) -> DatastoreType | None:
    if value == "azure_data_lake_gen1":
        place.at("type").fault(_("Azure has retired Data Lake Gen1; move the files to azure_data_lake_gen2"))
    return DatastoreType(value) if value in list(DatastoreType) else None


def _credentials_type(credentials: dict[str, str], place: Place) -> CredentialsType:
    given = set(credentials) - {"authority_url", "resource_url"}
    for kind, names in {
        CredentialsType.NONE: set(),
        CredentialsType.ACCOUNT_KEY: {"account_key"},
        CredentialsType.SAS: {"sas_token"},
        CredentialsType.SERVICE_PRINCIPAL: {"tenant_id", "client_id", "client_secret"},
    }.items():
        if given == names:
            return kind
    place.fault(_("account_key, sas_token, or tenant_id with client_id and client_secret are expected"))
    return CredentialsType.NONE
