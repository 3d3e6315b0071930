"""The whole document: every URL of the table, every method of its handler."""

import inspect
import re
from http import HTTPStatus
from types import FunctionType
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from ... import settings
from ..routes import ROUTES
from ..schema import entities_schema
from .operation import Operation, operation_of
from .paths import Path, paths_of
from .types import Body

METHODS = ("get", "post", "put", "patch", "delete")
SCHEMAS = "#/components/schemas/{model}"
FAULT = {
    "type": "object",
    "properties": {
        "code": {"type": "string", "description": "The name of its class in jupyter_azml/errors.py."},
        "message": {"type": "string", "description": "What happened, in the language that was asked for."},
        "hint": {"type": "string", "description": "What to do about it."},
    },
    "required": ["code", "message", "hint"],
}
SECURITY = {
    "token": {"type": "apiKey", "in": "header", "name": "Authorization", "description": "token TOKEN, as for Jupyter"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "_xsrf", "description": "A page's: X-XSRFToken repeats it"},
}


def document() -> dict[str, Any]:
    """OpenAPI 3.1. Paths are below the base URL of the Jupyter server."""
    schemas: dict[str, Any] = {**_referred(entities_schema()["$defs"]), "Fault": FAULT}
    paths: dict[str, Any] = {}
    for pattern, handler in ROUTES:
        for path in paths_of(pattern):
            described = {
                method: _described(method, path, body, operation, schemas)
                for method, body in _methods(handler, path)
                if _suits(body, path) and (operation := operation_of(body))
            }
            if described:
                paths[path.template] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "jupyter_azml",
            "version": settings.version(),
            "description": inspect.cleandoc(__doc__ or ""),
        },
        "servers": [{"url": "/", "description": "The Jupyter server, with its base URL"}],
        "security": [{name: []} for name in SECURITY],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": SECURITY},
    }


def _methods(handler: type, path: Path) -> list[tuple[str, Body]]:
    """Those of our own; of a socket, none."""
    chosen = {name: schema["enum"][0] for name, schema in path.parameters.items() if "enum" in schema}
    found = ((method, inspect.getattr_static(handler, method, None)) for method in METHODS)
    ours = ((method, each) for method, each in found if isinstance(each, FunctionType))
    bodies = ((method, Body(each, handler, chosen)) for method, each in ours if hasattr(handler, "answer"))
    return [(method, body) for method, body in bodies if body.function.__module__.startswith("jupyter_azml.")]


def _suits(body: Body, path: Path) -> bool:
    """Whether the method can be called with no more than what the path names."""
    given = list(inspect.signature(body.function).parameters.values())[1:]
    needed = {each.name for each in given if each.default is each.empty and "None" not in str(each.annotation)}
    return needed <= set(path.parameters)


def _described(method: str, path: Path, body: Body, operation: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": schema} for name, schema in path.parameters.items()
    ] + [{"name": name, "in": "query", **rest} for name, rest in operation.query.items()]
    noun = body.handler.__name__.removesuffix("Handler")
    by = "".join(f"By{name.title()}" for name in path.parameters)
    told = inspect.getdoc(body.function) or body.handler.__doc__ or ""
    answer = {"description": HTTPStatus(operation.status).phrase, **_content(operation, schemas)}
    return {
        "operationId": f"{method}{noun}{by}",
        "tags": [re.split(r"[/{]", path.template.removeprefix("/azml/api/"))[0]],
        **({"description": inspect.cleandoc(told)} if told else {}),
        **({"parameters": parameters} if parameters else {}),
        **_request_body(operation, schemas),
        "responses": {
            str(operation.status): answer,
            "default": {"description": "What went wrong", **_json({"$ref": SCHEMAS.format(model="Fault")})},
        },
    }


def _request_body(operation: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    if isinstance(operation.body, str):
        return {"requestBody": {"required": True, "content": {operation.body: {}}}}
    if operation.body is None:
        return {}
    return {"requestBody": {"required": True, **_json(_schema_of(operation.body, schemas, "validation"))}}


def _content(operation: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    answer = operation.answer
    if answer is None:
        return {}
    if answer == {}:
        return {"content": {operation.media: {}}}
    return _json(answer if isinstance(answer, dict) else _schema_of(answer, schemas, "serialization"))


def _schema_of(kind: Any, schemas: dict[str, Any], mode: Any) -> dict[str, Any]:
    """Its place among the schemas, where those that it is made of are put as well."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        name = re.sub(r"\W", "_", kind.__name__)  # as pydantic calls Page[Job]
        if name in schemas:
            return {"$ref": SCHEMAS.format(model=name)}
        places, made = models_json_schema([(kind, mode)], ref_template=SCHEMAS)
        place = places[kind, mode]
    else:
        made = TypeAdapter(kind).json_schema(mode=mode, ref_template=SCHEMAS)
        place = {key: value for key, value in made.items() if key != "$defs"}
    for name, schema in made.get("$defs", {}).items():
        schemas.setdefault(name, schema)
    return dict(place)


def _referred(node: Any) -> Any:
    """pydantic's own places of definitions -> OpenAPI's."""
    if isinstance(node, str):
        return node.replace("#/$defs/", SCHEMAS.format(model=""))
    if isinstance(node, dict):
        return {key: _referred(value) for key, value in node.items()}
    return [_referred(each) for each in node] if isinstance(node, list) else node


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}
