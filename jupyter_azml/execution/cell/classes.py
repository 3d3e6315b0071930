"""Classes that are put together again without running what ran when they were made.

cloudpickle makes an empty class and then gives it its attributes. On the way the user's own metaclass and
``__init_subclass__`` would run a second time, without their arguments, and members of an enum would lose what its
``__init__`` gave them.
"""

import types
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any

import cloudpickle.cloudpickle as native

from .rebuilding import Reduced

_OF_MEMBERS = {"_value_", "_name_", "__objclass__", "_sort_order_"}


def reduce_class(kind: type, reduced: Reduced) -> Reduced:
    """From cloudpickle's own for a class that is sent by value."""
    make, arguments, *rest = reduced
    if make is native._make_skeleton_enum and issubclass(kind, Enum):
        bases, name, qualname, _members, *more = arguments
        members = {name: member.value for name, member in kind.__members__.items()}
        attributes, slots = rest[0]
        state = {name: each for name, each in attributes.items() if name not in members}, slots
        extras = {name: own for name, member in kind.__members__.items() if (own := _extras(member))}
        return make_enum, (bases, name, qualname, members, *more), (state, extras), None, None, set_enum
    if make is native._make_skeleton_class:
        return make_class, arguments, *rest
    return reduced


def make_class(
    metaclass: type, name: str, bases: tuple[type, ...], fields: dict[str, Any], tracker: str, extra: Any
) -> type:
    resolved = types.resolve_bases(bases)  # those of Generic and NamedTuple are no classes themselves
    with _quiet(resolved):
        if not _is_users(metaclass):
            return native._make_skeleton_class(metaclass, name, bases, fields, tracker, extra)  # type: ignore[no-any-return]
        native_kind = next(each for each in metaclass.__mro__ if not _is_users(each))
        made: type = native_kind.__new__(metaclass, name, resolved, {**fields, "__orig_bases__": bases})
    return native._lookup_class_or_track(tracker, made)  # type: ignore[no-any-return]


def make_enum(bases: tuple[type, ...], *arguments: Any) -> type:
    with _quiet(bases):
        return native._make_skeleton_enum(bases, *arguments)  # type: ignore[no-any-return]


def set_enum(kind: Any, state: tuple[Any, dict[str, dict[str, Any]]]) -> None:
    plain, extras = state
    native._class_setstate(kind, plain)
    for name, fields in extras.items():
        vars(kind.__members__[name]).update(fields)


def _extras(member: Enum) -> dict[str, Any]:
    return {name: value for name, value in getattr(member, "__dict__", {}).items() if name not in _OF_MEMBERS}


@contextmanager
def _quiet(bases: tuple[type, ...]) -> Iterator[None]:
    """Within it, making a class of these bases calls no ``__init_subclass__`` of the user's."""
    users = [each for base in bases for each in base.__mro__ if _is_users(each)]
    silenced = {each: vars(each)["__init_subclass__"] for each in users if "__init_subclass__" in vars(each)}
    for each in silenced:
        type.__setattr__(each, "__init_subclass__", classmethod(_nothing))
    try:
        yield
    finally:
        for each, hook in silenced.items():
            type.__setattr__(each, "__init_subclass__", hook)


def _nothing(cls: type, /, **kwargs: Any) -> None:
    pass


def _is_users(kind: type) -> bool:
    return kind.__module__ == "__main__"
