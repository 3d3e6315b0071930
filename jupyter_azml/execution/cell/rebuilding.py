"""Objects that pickle would send as a mere name in ``__main__``, or not at all, taken apart and put together again.

Each ``rebuild_…`` is called where the job runs.
"""

import builtins
import functools
import importlib
import sys
import typing
from collections.abc import Callable
from types import FunctionType
from typing import Any

Reduced = tuple[Any, ...]


class GlobalsOf:
    """Stands for the global names of a module: a function goes on reading and writing the living ones."""

    def __init__(self, module: str) -> None:
        self.module = module

    def __reduce__(self) -> Reduced:
        return rebuild_globals, (self.module,)


def rebuild_globals(module: str) -> dict[str, Any]:
    return vars(importlib.import_module(module))


def taken_apart(value: Any) -> Reduced | None:
    """What pickle should write instead; None where its own way is right."""
    kind = type(value)
    for matches, reduce in _REDUCERS:
        if matches(value, kind):
            return reduce(value)
    return None


def rebuild_cache(function: Any, maxsize: int | None, typed: bool) -> Any:
    return functools.lru_cache(maxsize, typed)(function)


def rebuild_cached_property(function: Any, name: str | None) -> Any:
    made = functools.cached_property(function)
    made.attrname = name
    return made


def rebuild_singledispatch(registry: dict[Any, Any]) -> Any:
    dispatch = functools.singledispatch(registry[object])
    for kind, function in registry.items():
        if kind is not object:
            dispatch.register(kind, function)
    return dispatch


def rebuild_new_type(name: str, supertype: Any, module: str) -> Any:
    made = typing.NewType(name, supertype)  # type: ignore[misc]  # a name that is known now only
    made.__module__ = module
    return made


def rebuild_parameter(kind: str, name: str, module: str) -> Any:
    made = getattr(typing, kind)(name)
    made.__module__ = module
    return made


def rebuild_alias(name: str, value: Any, parameters: tuple[Any, ...]) -> Any:
    return typing.TypeAliasType(name, value, type_params=parameters)  # type: ignore[attr-defined]  # since 3.12


def rebuild_exception(kind: type[BaseException], arguments: tuple[Any, ...]) -> BaseException:
    """Without its ``__init__``, which may take other arguments than those that it handed on."""
    made = kind.__new__(kind, *arguments)
    native = next(each for each in kind.__mro__ if each.__module__ == builtins.__name__)
    native.__init__(made, *arguments)  # type: ignore[misc]  # its slots, such as those of UnicodeDecodeError
    return made


def set_exception(error: BaseException, state: tuple[dict[str, Any], Any, Any, bool]) -> None:
    fields, cause, context, suppress = state
    for name, value in fields.items():
        setattr(error, name, value)
    error.__cause__, error.__context__, error.__suppress_context__ = cause, context, suppress


def _cache(value: Any) -> Reduced:
    facts = value.cache_parameters()
    more = {name: each for name, each in vars(value).items() if name not in ("__wrapped__", "cache_parameters")}
    return rebuild_cache, (value.__wrapped__, facts["maxsize"], facts["typed"]), more


def _cached_property(value: Any) -> Reduced:
    return rebuild_cached_property, (value.func, value.attrname)


def _singledispatch(value: Any) -> Reduced:
    return rebuild_singledispatch, (dict(value.registry),)


def _new_type(value: Any) -> Reduced:
    return rebuild_new_type, (value.__name__, value.__supertype__, value.__module__)


def _parameter(value: Any) -> Reduced:
    return rebuild_parameter, (type(value).__name__, value.__name__, value.__module__)


def _alias(value: Any) -> Reduced:
    return rebuild_alias, (value.__name__, value.__value__, value.__type_params__)


def _exception(value: BaseException) -> Reduced:
    state = (dict(vars(value)), value.__cause__, value.__context__, value.__suppress_context__)
    return rebuild_exception, (type(value), value.args), state, None, None, set_exception


def _has_name(value: Any) -> bool:
    """Whether it is what its name means in its module, and so can be sent as that."""
    found: Any = sys.modules.get(value.__module__) if value.__module__ != "__main__" else None
    for part in value.__qualname__.split("."):
        found = getattr(found, part, None)
    return found is value


def _is_singledispatch(value: Any, kind: type) -> bool:
    if kind is not FunctionType or value.__globals__ is not vars(functools):
        return False
    return bool(value.__code__.co_name == "wrapper") and {"registry", "dispatch", "register"} <= vars(value).keys()


def _is_exception(value: Any, kind: type) -> bool:
    """One that is made by its class from its arguments, unless the class knows better."""
    if not issubclass(kind, BaseException) or kind.__module__ == builtins.__name__:
        return False
    own = next(each for each in kind.__mro__ if "__reduce__" in vars(each))
    return bool(own.__module__ == builtins.__name__ and not _defines(kind, "__reduce_ex__"))


def _defines(kind: type, name: str) -> bool:
    return any(name in vars(each) for each in kind.__mro__ if each.__module__ != builtins.__name__)


def _of_main(name: str) -> Callable[[Any, type], bool]:
    expected = getattr(typing, name, None)
    return lambda value, kind: kind is expected and value.__module__ == "__main__"


_REDUCERS: tuple[tuple[Callable[[Any, type], bool], Callable[[Any], Reduced]], ...] = (
    (lambda value, kind: kind is functools._lru_cache_wrapper and not _has_name(value), _cache),
    (lambda value, kind: kind is functools.cached_property, _cached_property),
    (_is_singledispatch, _singledispatch),
    (_of_main("NewType"), _new_type),
    (_of_main("ParamSpec"), _parameter),
    (_of_main("TypeVarTuple"), _parameter),
    (_of_main("TypeAliasType"), _alias),
    (_is_exception, _exception),
)
