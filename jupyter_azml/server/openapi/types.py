"""What an expression in a handler is, by the annotations of all that it calls."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from types import FunctionType
from typing import Any, TypeVar, get_type_hints

from ... import entities
from ...connect import Connections
from ...workspace import Workspace

SETTINGS = {"azml_connector": Connections}
"""Of the server's settings those whose type nobody says where they are used."""


class Body:
    """A function of a handler, as it is written."""

    def __init__(self, function: FunctionType, handler: type, chosen: Mapping[str, str] | None = None) -> None:
        """``chosen``: values of parameters that name a method of the port."""
        self.function = inspect.unwrap(function)
        self.handler = handler
        self.chosen = chosen or {}
        (self.tree,) = ast.parse(textwrap.dedent(inspect.getsource(self.function))).body

    def calls(self) -> Iterator[tuple["Body", ast.Call]]:
        """All calls in it, and in the handler's own functions that it calls."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield self, node
                own = self.own(node.func)
                if own is not None and own.__name__ not in ("answer", "ask", "body_as"):
                    yield from Body(own, self.handler, self.chosen).calls()

    def own(self, node: ast.expr) -> FunctionType | None:
        """``self.paging`` -> the function, when it is ours and not Jupyter's."""
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                found = inspect.getattr_static(self.handler, name, None)
                if isinstance(found, FunctionType) and found.__module__.startswith("jupyter_azml."):
                    return found
        return None

    def type_of(self, node: ast.expr) -> Any:
        """A type as annotations have it; None for what nobody says."""
        match node:
            case ast.Await(value=value):
                return self.type_of(value)
            case ast.Call(func=called, args=args):
                return self._result(called, args)
            case ast.Name(id="workspace"):
                return Workspace
            case ast.Name(id=name):
                return self._local(name)
            case ast.Attribute(value=value, attr=name):
                owner = self.type_of(value)
                found = inspect.getattr_static(owner, name, None) if isinstance(owner, type) else None
                return _hints(found.fget).get("return") if isinstance(found, property) else _hints(owner).get(name)
            case ast.Subscript(value=ast.Attribute(attr="settings"), slice=ast.Constant(value=str(name))):
                return SETTINGS.get(name)
            case ast.IfExp(body=first, orelse=other):
                return self.type_of(first) or self.type_of(other)
        return None

    def value_of(self, node: ast.expr) -> Any:
        """What a name stands for outside the function: a class, a constant. None for what is made in it."""
        try:
            return eval(compile(ast.Expression(node), "", "eval"), dict(self.function.__globals__))  # noqa: S307 - our source
        except Exception:
            return None

    def _result(self, called: ast.expr, args: list[ast.expr]) -> Any:
        function = self.own(called) or self._method(called) or self.value_of(called)
        if function is None:
            return None
        if isinstance(function, type) or not hasattr(function, "__annotations__"):
            return function  # a class, or one of a generic one: Page[Series]
        result = _hints(function).get("return")
        return self._called(args[0]) if isinstance(result, TypeVar) and args else result

    def _called(self, node: ast.expr) -> Any:
        """What comes of a function that is handed over."""
        match node:
            case ast.Lambda(body=body):
                return self.type_of(body)
            case ast.Name(id=name):
                for inner in ast.walk(self.tree):
                    if isinstance(inner, ast.FunctionDef) and inner.name == name and inner.returns:
                        return self.value_of(inner.returns)
        function = self._method(node) or self.value_of(node)
        return _hints(function).get("return") if function else None

    def _method(self, called: ast.expr) -> Callable[..., Any] | None:
        match called:
            case ast.Attribute(value=value, attr=name):
                owner = self.type_of(value)
            case ast.Call(func=ast.Name(id="getattr"), args=[value, ast.Name(id=parameter)]):
                owner, name = self.type_of(value), self.chosen.get(parameter, "")
            case _:
                return None
        found = getattr(owner, name, None) if isinstance(owner, type) else None
        return found if callable(found) else None

    def _local(self, name: str) -> Any:
        for node in ast.walk(self.tree):
            match node:
                case ast.AnnAssign(target=ast.Name(id=found), annotation=annotation) if found == name:
                    return self.value_of(annotation)
                case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                    return self.type_of(value)
        return None


def _hints(owner: Any) -> dict[str, Any]:
    try:
        # Entities may be imported for annotations only.
        return get_type_hints(owner, localns=vars(entities))
    except (NameError, TypeError):
        return {}
