"""A data asset's YAML file: https://azuremlschemas.azureedge.net/latest/data.schema.json."""

from pathlib import Path
from typing import Any

from ..entities import DataAsset
from .places import absolute
from .shape import Place, keys, label, mapping, text, word

REFERENCE = "https://learn.microsoft.com/azure/machine-learning/reference-yaml-data"

_SHAPE = keys(
    {
        **dict.fromkeys(("$schema", "name", "description", "path", "datastore"), text),
        "version": label,
        "type": word("uri_file", "uri_folder", "mltable"),
        "tags": mapping(label),
        "properties": mapping(label),
        **dict.fromkeys(("id", "creation_context", "latest_version")),
    },
    needed=("name", "path"),
)


def datastore_in(data: dict[str, Any]) -> str | None:
    """Where a local path is to be copied to: a name, or ``azureml:NAME``."""
    found = data.get("datastore")
    return found.removeprefix("azureml:") if isinstance(found, str) else None


def read_data_asset(data: dict[str, Any], file: Path) -> DataAsset:
    """Raises SpecInvalid with every fault."""
    place = Place(file)
    found = _SHAPE(data, place)
    place.check(REFERENCE)
    wanted = {name: value for name, value in found.items() if name not in ("$schema", "datastore")}
    return DataAsset.model_validate({**wanted, "path": absolute(found["path"], file.parent)})
