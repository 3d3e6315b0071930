"""cloudpickle, made to fit a notebook: functions keep reading the notebook's names, and what cannot travel is refused.

cloudpickle sends a function of ``__main__`` with a copy of the names that it reads. In a notebook they are shared with
every other cell, so here a function is sent without them, bound to the namespace it arrives in; which names it reads
is handed to ``found``, and they travel by themselves.
"""

import dis
import io
import re
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any, BinaryIO

import cloudpickle

from ...language import _
from .classes import reduce_class
from .reading import QUERIES, names_in_query
from .rebuilding import GlobalsOf, Reduced, taken_apart

PROTOCOL = 5
_LOADS = {"LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS", "DELETE_GLOBAL"}
_NAMED = (type, FunctionType, BuiltinFunctionType)
_WORD = re.compile(r"[^\W\d]\w*")

Found = Callable[[str, str, bool], None]
"""Called with a name that is read, what reads it, and whether that is certain."""


class RefusedError(Exception):
    """The sentence says why a value cannot travel."""


class NotebookPickler(cloudpickle.Pickler):
    def __init__(self, file: BinaryIO | Any, namespace: dict[str, Any], found: Found | None = None) -> None:
        """Without ``found`` the values must stand alone: functions take copies of the names that they read."""
        super().__init__(file, protocol=PROTOCOL)
        self.modules: dict[str, None] = {}
        """Modules that have to be there for what was written."""
        self.files: dict[str, None] = {}
        """Where the code of functions says that it comes from."""
        self._plain: set[type] = set()
        """Types whose objects pickle may write in its own way: most of a large value is made of few types."""
        self._namespace = namespace
        self._found = found

    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if kind in self._plain:
            return NotImplemented
        if issubclass(kind, io.IOBase) and not issubclass(kind, io.BytesIO | io.StringIO):
            raise RefusedError(_("a file that is open belongs to this process"))
        if (reduced := taken_apart(value)) is not None:
            return reduced
        if issubclass(kind, ModuleType):
            return self._reduce_module(value)
        reduced = super().reducer_override(value)
        if reduced is NotImplemented:
            return self._reduce_by_name(value)
        if kind is FunctionType:
            return self._reduce_function(value, reduced)
        if issubclass(kind, type):
            self._note_annotations(vars(value).get("__annotations__"), value.__qualname__)
            return reduce_class(value, reduced)
        return reduced

    def _reduce_function(self, function: FunctionType, reduced: Reduced) -> Reduced:
        owner = function.__globals__.get("__name__")
        self.files[function.__code__.co_filename] = None
        if function.__globals__ is self._namespace:
            owner = "__main__"
            if self._found is None:
                return reduced
            for name, certain in _names_of(function.__code__):
                if name in self._namespace:
                    self._found(name, function.__qualname__, certain)
            self._note_annotations(function.__annotations__, function.__qualname__)
        elif owner == "__main__" or function.__globals__ is not vars(sys.modules.get(str(owner), None) or object):
            return reduced
        else:
            self._note_name(owner)
        make, (code, _globals, *more), (fields, slots), *rest = reduced
        return make, (code, GlobalsOf(str(owner)), *more), (fields, {**slots, "__globals__": {}}), *rest

    def _reduce_by_name(self, value: Any) -> Any:
        """Some objects are sent as a name in a module; in ``__main__`` it would be looked up before it is there."""
        kind = type(value)
        if issubclass(kind, _NAMED):
            self._note_name(getattr(value, "__module__", None))
            return NotImplemented
        if kind in self.dispatch_table or not {"__reduce__", "__reduce_ex__"} & _own(kind):
            if not issubclass(kind, BaseException):
                self._plain.add(kind)
            return NotImplemented
        reduced = value.__reduce_ex__(PROTOCOL)
        if isinstance(reduced, str):
            module = getattr(value, "__module__", None)
            if module in (None, "__main__"):
                raise RefusedError(_("it says of itself that it is {name} in the notebook", name=reduced))
            self._note_name(module)
        return reduced

    def _reduce_module(self, module: ModuleType) -> Any:
        name = module.__name__
        if name == "__main__" or sys.modules.get(name) is module or name in sys.builtin_module_names:
            self._note_name(name)
        return super().reducer_override(module)

    def _note_name(self, module: str | None) -> None:
        if module is None or module in self.modules or module == "__main__":
            return
        known = sys.modules.get(module)
        if known is not None and getattr(known, "__spec__", None) is None and not _can_be_found(module):
            raise RefusedError(_("it belongs to the module {name}, which exists only in this process", name=module))
        self.modules[module] = None

    def _note_annotations(self, annotations: Any, owner: str) -> None:
        """Names in annotations that are text, as ``typing.get_type_hints`` would look them up."""
        if self._found is None or not isinstance(annotations, dict):
            return
        for text in annotations.values():
            for name in _WORD.findall(text) if isinstance(text, str) else ():
                if name in self._namespace:
                    self._found(name, owner, False)


def _names_of(code: CodeType) -> Iterator[tuple[str, bool]]:
    """Global names that the code reads, inside what it defines too; in texts of queries perhaps."""
    for instruction in dis.get_instructions(code):
        if instruction.opname in _LOADS:
            yield str(instruction.argval), True
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_of(constant)
        elif isinstance(constant, str) and QUERIES & set(code.co_names):
            yield from ((name, False) for name in names_in_query(constant))


def _own(kind: type) -> set[str]:
    """What the classes define that are neither ``object`` nor built in."""
    return {name for each in kind.__mro__ if each.__module__ != "builtins" for name in vars(each)}


def _can_be_found(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False
