"""A model's YAML file: https://azuremlschemas.azureedge.net/latest/model.schema.json.

Source: https://learn.microsoft.com/azure/machine-learning/reference-yaml-model
"""

from pathlib import Path
from typing import Any

from ..entities import Model, ModelType
from .places import absolute
from .shape import Place, anything, keys, label, mapping, text, word

REFERENCE = "https://learn.microsoft.com/azure/machine-learning/reference-yaml-model"

_SHAPE = keys(
    {
        **dict.fromkeys(("$schema", "name", "description", "path", "stage"), text),
        "version": label,
        "type": word(*(kind.value for kind in ModelType)),
        "tags": mapping(label),
        "properties": mapping(label),
        "flavors": mapping(anything),
        # Written by the service.
        **dict.fromkeys(("id", "creation_context", "latest_version", "job_name", "datastore", "intellectual_property")),
        **dict.fromkeys(("default_deployment_template", "system_metadata", "resource_group", "workspace")),
    },
    needed=("name",),
)


def read_model(data: dict[str, Any], file: Path) -> Model:
    """A path in it begins from the file; flavors are those of the MLmodel file, whatever is said here.

    Raises SpecInvalid with every fault.
    """
    place = Place(file)
    found = _SHAPE(data, place)
    place.check(REFERENCE)
    wanted = {name: value for name, value in found.items() if name not in ("$schema", "flavors")}
    if "path" in wanted:
        wanted["path"] = absolute(wanted["path"], file.parent)
    return Model.model_validate(wanted)
