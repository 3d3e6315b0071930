"""The JSON schema of the entities, from which the page's types are made: ``python -m jupyter_azml.server.schema``."""

import json
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from .. import entities
from ..entities import Compute, Experiment, File, Job, Page


def entities_schema() -> dict[str, Any]:
    """One document; every entity is among its ``$defs``."""
    named = [getattr(entities, name) for name in entities.__all__]
    plain = [value for value in named if isinstance(value, type) and issubclass(value, BaseModel) and value is not Page]
    pages: list[type[BaseModel]] = [Page[Job], Page[Compute], Page[Experiment], Page[File]]
    mode: Literal["serialization"] = "serialization"
    _names, schema = models_json_schema([(model, mode) for model in [*plain, *pages]], title="AzmlEntities")
    return schema


if __name__ == "__main__":
    print(json.dumps(entities_schema(), indent=2, sort_keys=True))
