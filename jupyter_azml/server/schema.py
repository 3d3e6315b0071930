"""The JSON schemas of the entities, with what their docstrings say of each field."""

import ast
import inspect
from itertools import pairwise
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from .. import entities
from ..entities import (
    Alert,
    AlertChange,
    BatchDeployment,
    BatchEndpoint,
    Compute,
    DataAsset,
    Datastore,
    Environment,
    Experiment,
    File,
    Job,
    Model,
    OnlineDeployment,
    OnlineEndpoint,
    Page,
    Series,
)


def entities_schema() -> dict[str, Any]:
    """One document; every entity is among its ``$defs``."""
    named = [getattr(entities, name) for name in entities.__all__]
    plain = [value for value in named if isinstance(value, type) and issubclass(value, BaseModel) and value is not Page]
    pages: list[type[BaseModel]] = [Page[Job], Page[Compute], Page[Experiment], Page[File], Page[Series], Page[Model]]
    pages += [Page[DataAsset], Page[Datastore], Page[Environment]]
    pages += [Page[Alert], Page[AlertChange], Page[BatchEndpoint], Page[BatchDeployment]]
    pages += [Page[OnlineEndpoint], Page[OnlineDeployment]]
    mode: Literal["serialization"] = "serialization"
    places, schema = models_json_schema([(model, mode) for model in [*plain, *pages]], title="AzmlEntities")
    for (model, _mode), place in places.items():
        definition = schema["$defs"][place["$ref"].rpartition("/")[2]]
        for name, text in _docstrings(model).items():
            definition["properties"][name]["description"] = text
    return schema


def _docstrings(model: type) -> dict[str, str]:
    """Field -> the string below it. pydantic reads them itself when told to, at every import: a tenth of a second."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if base.__module__.startswith(entities.__name__) and "[" not in base.__name__:  # Page[Job] is written nowhere
            (tree,) = ast.parse(inspect.getsource(base)).body
            for field, below in pairwise(tree.body):  # type: ignore[attr-defined]  # it is a class
                match field, below:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                        found[name] = inspect.cleandoc(text)
    return found
