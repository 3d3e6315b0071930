"""What people call a value, how many bytes it may take, and what to do when it cannot travel."""

import functools
import re
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any, BinaryIO, Literal

from ...language import _
from .pickling import RefusedError

MOST_BYTES = 512 * 1024**2
_FUNCTIONS = (FunctionType, BuiltinFunctionType, MethodType, functools._lru_cache_wrapper)
_CANNOT_PICKLE = re.compile(r"cannot pickle '([\w.]+)' object")
REMEDIES = {
    "_io": "Open the file inside the cell; its path can travel.",
    "sqlite3": "Connect inside the cell; the path of the database can travel.",
    "generator": "Make a list of it first, or create it inside the cell.",
    "socket": "Open the connection inside the cell.",
    "_thread": "Create the lock inside the cell.",
    "subprocess": "Start the program inside the cell.",
    "queue": "Create it inside the cell; a list of what is in it can travel.",
    "tempfile": "Create the file inside the cell; its path can travel.",
    "_asyncio": "Await it first, or create it inside the cell.",
    "_csv": "Make a list of it first, or create it inside the cell.",
    "threading": "Create it inside the cell: a thread or lock belongs to this process.",
    "asyncio": "Await it first, or create it inside the cell.",
    "coroutine": "Await it first, or create it inside the cell.",
}


def kind_of(value: Any) -> Literal["module", "function", "class", "value"]:
    if isinstance(value, ModuleType):
        return "module"
    if isinstance(value, type):
        return "class"
    # By its type alone: a proxy or a mock says yes to every question.
    return "function" if issubclass(type(value), _FUNCTIONS) else "value"


def type_of(value: Any) -> str:
    """What people call the type: ``numpy.ndarray``, ``dict``; of a module its own name."""
    if isinstance(value, ModuleType):
        return value.__name__
    kind = type(value)
    return (
        kind.__qualname__ if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{kind.__qualname__}"
    )


def remedy_for(value: Any) -> str:
    kind = type(value)
    for key in (kind.__name__, kind.__module__.partition(".")[0]):
        if key in REMEDIES:
            return _(REMEDIES[key])
    return _("Create it inside the cell, or bind the part of it that the cell needs to a name of its own.")


def why_not(value: Any, error: Exception) -> str:
    """What kept the value from being pickled, for people."""
    if isinstance(error, RefusedError):
        return str(error)
    first = (str(error).strip().splitlines() or [""])[0][:300]
    if found := _CANNOT_PICKLE.search(first):
        own = type(value)
        if found[1] in (own.__name__, f"{own.__module__}.{own.__qualname__}"):
            return _("it belongs to this process")
        return _("it holds a {type}, which belongs to this process", type=found[1])
    return f"{type(error).__name__}: {first}"


class FullError(Exception):
    pass


class Bounded:
    """Counts what is written, and takes no more than ``most`` bytes."""

    def __init__(self, file: BinaryIO | None, most: int) -> None:
        self.most = most
        self.count = 0
        self._file = file

    @property
    def left(self) -> int:
        return self.most - self.count

    def write(self, data: Any) -> int:
        size = memoryview(data).nbytes
        self.count += size
        if self.count > self.most:
            raise FullError
        if self._file:
            self._file.write(data)
        return size
