"""Which part of a large value is the one that cannot travel."""

from collections.abc import Callable, Iterator
from typing import Any

from ...language import _

_DEEPEST = 6
_MOST = 200
"""Parts of one value that are tried."""


def part_of(value: Any, can_travel: Callable[[Any], bool]) -> str:
    """As in " (at ['a'][1].lock)"; "" where it is the value itself, or lies too deep."""
    path = ""
    for _depth in range(_DEEPEST):
        found = next(((step, part) for step, part in _parts(value) if not can_travel(part)), None)
        if found is None:
            break
        path += found[0]
        value = found[1]
    return _(" (at {path})", path=path) if path else ""


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        named = ((f"[{key!r}]", part) for key, part in value.items())
    elif isinstance(value, list | tuple):
        named = ((f"[{index}]", part) for index, part in enumerate(value))
    elif type(value).__module__ == "__main__" and hasattr(value, "__dict__") and not isinstance(value, type):
        named = ((f".{name}", part) for name, part in vars(value).items())
    else:
        return
    for count, each in enumerate(named):
        if count == _MOST:
            return
        yield each
