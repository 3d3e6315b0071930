"""One method of a handler as OpenAPI's operation: what it takes from query and body, and what it answers."""

import ast
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple

from pydantic import BaseModel

from .types import Body


class Operation(NamedTuple):
    query: dict[str, dict[str, Any]]
    """Name -> OpenAPI's parameter, without its name."""
    body: type[BaseModel] | str | None
    """A model, or the media type of what is taken as it is."""
    media: str
    """The type of what is answered."""
    status: int
    answer: Any
    """A type; or a JSON schema for what has none; None for no content."""


def operation_of(body: Body) -> Operation | None:
    """None for a method that does nothing but refuse."""
    if _only_raises(body.tree):
        return None
    calls = list(body.calls())
    return Operation(_query(calls), _request(body, calls), _media(calls), *_answer(calls))


def _only_raises(tree: ast.stmt) -> bool:
    return all(isinstance(line, ast.Raise) for line in getattr(tree, "body", ()))


def _query(calls: list[tuple[Body, ast.Call]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for body, call in calls:
        match call:
            case ast.Call(func=ast.Attribute(attr="get_query_arguments"), args=[name, *_]):
                for each in _names(body, name):
                    found[each] = {"schema": {"type": "array", "items": {"type": "string"}}}
            case ast.Call(func=ast.Attribute(attr="get_query_argument"), args=[name, *default]):
                for each in _names(body, name):
                    found[each] = {"required": not default, "schema": _kind(default)}
    return found


def _names(body: Body, node: ast.expr) -> Iterator[str]:
    """A literal; or the name of a comprehension over a tuple of them."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
        return
    for inner in ast.walk(body.tree):
        for generator in getattr(inner, "generators", ()):
            if isinstance(node, ast.Name) and isinstance(generator.target, ast.Name) and generator.target.id == node.id:
                yield from _texts(body, generator.iter)


def _texts(body: Body, node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Name):
        assigned = (each for each in ast.walk(body.tree) if isinstance(each, ast.Assign))
        node = next((each.value for each in assigned if ast.unparse(each.targets[0]) == node.id), node)
    yield from ast.literal_eval(node) if isinstance(node, ast.Tuple) else body.value_of(node) or ()


def _kind(default: list[ast.expr]) -> dict[str, Any]:
    value = default[0].value if default and isinstance(default[0], ast.Constant) else None
    if isinstance(value, str) and value.isdigit():
        return {"type": "integer", "default": int(value)}
    return {"type": "string", **({"default": value} if value else {})}


def _request(body: Body, calls: list[tuple[Body, ast.Call]]) -> type[BaseModel] | str | None:
    for inner, call in calls:
        match call:
            case ast.Call(func=ast.Attribute(attr="body_as"), args=[model]):
                found: type[BaseModel] | None = inner.value_of(model)
                return found
    # tornado's mark of a handler that takes its body in pieces
    if getattr(body.handler, "_stream_request_body", False) and body.function.__name__ == "put":
        return "application/octet-stream"
    return "*/*" if "self.request.body" in ast.unparse(body.tree) else None


def _media(calls: list[tuple[Body, ast.Call]]) -> str:
    for _inner, call in calls:
        match call:
            case ast.Call(
                func=ast.Attribute(attr="set_header"), args=[ast.Constant("Content-Type"), ast.Constant(kind)]
            ):
                return str(kind)
    return "application/json"


def _answer(calls: list[tuple[Body, ast.Call]]) -> tuple[int, Any]:
    status = int(HTTPStatus.OK)
    for _inner, call in calls:
        match call:
            case ast.Call(func=ast.Attribute(attr="set_status"), args=[ast.Constant(value=int(value))]):
                status = value
    if status == HTTPStatus.NO_CONTENT:
        return status, None
    for inner, call in calls:
        match call:
            case ast.Call(func=ast.Attribute(attr="answer"), args=[node, *more], keywords=keywords):
                said = [*more, *(keyword.value for keyword in keywords)]
                status = next((each.value for each in said if isinstance(each, ast.Constant)), status)  # type: ignore[assignment]
                return status, inner.type_of(node) or {}
            case (
                ast.Call(func=ast.Attribute(attr="finish"), args=[ast.Dict(keys=keys)])
                | ast.Call(func=ast.Attribute(attr="finish"), args=[ast.Call(args=[ast.Dict(keys=keys)])])
            ):
                names = [key.value for key in keys if isinstance(key, ast.Constant)]
                return status, {"type": "object", "properties": {name: {} for name in names}, "required": names}
    return status, {}
