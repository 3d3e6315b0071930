"""The JSON schema of the entities, from which the page's types are made: ``python -m jupyter_azml.server.schema``."""

import json

from pydantic.json_schema import models_json_schema

from .. import entities
from ..entities.base import Entity


def entities_schema() -> dict[str, object]:
    """One document; every entity is among its ``$defs``."""
    models = [
        (value, "serialization")
        for name in entities.__all__
        if isinstance(value := getattr(entities, name), type) and issubclass(value, Entity) and value is not entities.Page
    ]
    models += [(entities.Page[noun], "serialization") for noun in (entities.Job, entities.Compute, entities.Experiment, entities.File)]
    _names, schema = models_json_schema(models, title="AzmlEntities")
    return schema


if __name__ == "__main__":
    print(json.dumps(entities_schema(), indent=2, sort_keys=True))
