"""What a cell reads, followed through its notebook's names and written into one pickle.

One pickler for all names: an object that two of them mean stays one object. Each name is written by itself, so that its
size is known and what cannot travel is named.
"""

import builtins
import linecache
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from ...entities import Captured
from ...errors import CellNotPortable, CellTooLarge
from ...language import _
from .parts import part_of
from .pickling import NotebookPickler
from .values import MOST_BYTES, Bounded, FullError, kind_of, remedy_for, type_of, why_not
from .versions import versions_of

LARGE = 64 * 1024**2
"""Bytes from which on a value is worth a remark."""
_DUNDER = {"__name__", "__doc__", "__package__", "__loader__", "__spec__", "__builtins__", "__builtin__"}
_DATA = (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset)
_PLAIN = {"True", "False", "None", "__debug__", "__name__", "__doc__", "__IPYTHON__", "_"}


@dataclass
class Capture:
    names: list[Captured] = field(default_factory=list)
    """In the order in which the values stand in the file."""
    python: str = ""
    packages: dict[str, str] = field(default_factory=dict)
    """Versions of the packages whose objects travel."""
    left: dict[str, str] = field(default_factory=dict)
    """Names that are perhaps read and cannot travel, and why."""
    homes: dict[Path, str] = field(default_factory=dict)
    """Files of modules that are neither installed nor Python's own, and the variable that needs each."""

    @property
    def size(self) -> int:
        return sum(each.size for each in self.names)


def capture(
    certain: Iterable[str],
    possible: Iterable[str],
    namespace: dict[str, Any],
    file: BinaryIO,
    *,
    most: int = MOST_BYTES,
    binds: Iterable[str] = (),
    words: Iterable[str] = (),
    hidden: Callable[[str, Any], bool] = lambda name, value: False,
    surroundings: dict[str, Any] | None = None,
) -> Capture:
    """Writes the values of those names that the namespace has. ``hidden`` tells what every notebook has anyway;
    ``binds`` are names that the cell binds itself, which a function that travels may not need; ``words`` are all
    identifiers of the cell, by which it reaches submodules: ``import xml`` alone does not bring ``xml.dom``.

    Raises CellNotPortable, naming every variable that cannot travel; CellTooLarge.
    """
    writing = _Writing(namespace, file, most, set(binds), hidden)
    writing.write(certain, possible, surroundings or {}, set(words))
    return writing.capture


class _Writing:
    def __init__(
        self,
        namespace: dict[str, Any],
        file: BinaryIO,
        most: int,
        binds: set[str],
        hidden: Callable[[str, Any], bool],
    ) -> None:
        self.capture = Capture(python=".".join(map(str, sys.version_info[:3])))
        self._namespace = namespace
        self._file = Bounded(file, most)
        self._binds = binds
        self._hidden = hidden
        self._pending: dict[str, bool] = {}
        self._via: dict[str, str] = {}
        self._done: set[str] = set()
        self._is_certain = True
        self._failed: dict[str, str] = {}
        self._pickler = NotebookPickler(self._file, namespace, self._found)

    def write(
        self, certain: Iterable[str], possible: Iterable[str], surroundings: dict[str, Any], words: set[str]
    ) -> None:
        self._pickler.dump(surroundings)
        self._pending = {name: True for name in certain} | {name: False for name in possible}
        while self._pending:
            # What is certain comes first: it may turn a guess into knowledge.
            name = next((each for each, sure in self._pending.items() if sure), next(iter(self._pending)))
            self._is_certain = self._pending.pop(name)
            if name in self._done or not self._is_meant(name):
                continue
            self._done.add(name)
            self._write_name(name)
        if self._failed:
            raise self._refusal()
        packages = [each.type for each in self.capture.names if each.kind == "module"]
        self._pickler.dump({"modules": submodules_of(packages, words), "lines": lines_of(self._pickler.files)})
        self.capture.packages = versions_of(self._pickler.modules)

    def _is_meant(self, name: str) -> bool:
        if name in _DUNDER:
            return False
        if name in self._namespace:
            return not self._hidden(name, self._namespace[name])
        return is_overwritten(name)

    def _value(self, name: str) -> Any:
        return self._namespace[name] if name in self._namespace else vars(builtins)[name]

    def _write_name(self, name: str) -> None:
        value = self._value(name)
        if not self._is_certain and (why := self._try(value)):
            self.capture.left[name] = why
            return
        if self._failed:
            # The stream is broken: what follows is only looked at, so that one error names them all.
            if why := self._try(value):
                self._failed[name] = why
            return
        before, known = self._file.count, len(self._pickler.modules)
        try:
            self._pickler.dump(value)
        except FullError:
            raise self._too_large(name) from None
        except Exception as error:  # __reduce__ of anybody's class may raise anything
            self._failed[name] = why_not(value, error) + part_of(value, self._can_travel)
            return
        self.capture.names.append(
            Captured(
                name=name,
                kind=kind_of(value),
                type=type_of(value),
                size=self._file.count - before,
                via=self._via.get(name, ""),
            )
        )
        for module in list(self._pickler.modules)[known:]:
            if file := local_file_of(module):
                self.capture.homes.setdefault(file, name)

    def _try(self, value: Any) -> str:
        """Why it cannot travel; "" when it can."""
        pickler = NotebookPickler(Bounded(None, self._file.left), self._namespace, lambda *_: None)
        try:
            pickler.dump(value)
        except FullError:
            return _("it is larger than what is left of {size} MB", size=self._file.most // 1024**2)
        except Exception as error:  # __reduce__ of anybody's class
            return why_not(value, error) + part_of(value, self._can_travel)
        return ""

    def _can_travel(self, value: Any) -> bool:
        try:
            NotebookPickler(Bounded(None, self._file.most), self._namespace, lambda *_: None).dump(value)
        except Exception:  # the same
            return False
        return True

    def _found(self, name: str, reader: str, certain: bool) -> None:
        certain = certain and self._is_certain and name not in self._binds
        if name not in self._done:
            self._pending[name] = self._pending.get(name, False) or certain
            self._via.setdefault(name, reader)

    def _refusal(self) -> CellNotPortable:
        lines = []
        for name, why in self._failed.items():
            value = self._value(name)
            facts = {"name": name, "type": type_of(value), "why": why}
            if reader := self._via.get(name):
                lines.append(_("{name} ({type}), which {reader} reads, cannot travel: {why}", reader=reader, **facts))
            else:
                lines.append(_("{name} ({type}) cannot travel: {why}", **facts))
        hint = remedy_for(self._value(next(iter(self._failed))))
        return CellNotPortable("\n".join(lines), hint)

    def _too_large(self, name: str) -> CellTooLarge:
        before = sorted(self.capture.names, key=lambda each: -each.size)[:3]
        there = ", ".join(f"{each.name} ({each.size / 1024**2:.0f} MB)" for each in before if each.size > 1024**2)
        message = _(
            "{name} ({type}) does not fit: what a cell reads may take {size} MB.",
            name=name,
            type=type_of(self._value(name)),
            size=self._file.most // 1024**2,
        )
        if there:
            message += " " + _("The largest besides: {names}.", names=there)
        return CellTooLarge(
            message,
            _("Save it to a file and read that in the cell, send a part of it, or raise the limit: --max-size MB"),
        )


def is_overwritten(name: str) -> bool:
    """Whether a name of ``builtins`` is the notebook's own work."""
    value = vars(builtins).get(name)
    return getattr(value, "__module__", None) == "__main__" or (name not in _PLAIN and isinstance(value, _DATA))


def submodules_of(packages: Iterable[str], words: set[str]) -> list[str]:
    """Those that are loaded and that the words can reach."""
    return [
        name
        for package in packages
        for name in sorted(sys.modules)
        if name.startswith(f"{package}.") and words.issuperset(name.removeprefix(f"{package}.").split("."))
    ]


def lines_of(files: Iterable[str]) -> dict[str, list[str]]:
    """The lines of code that lies in no file, for tracebacks and ``inspect``."""
    found = {}
    for name in files:
        if not os.path.exists(name) and (lines := linecache.getlines(name)):
            found[name] = lines
    return found


def local_file_of(module: str) -> Path | None:
    """The file of a module that is neither installed nor Python's own."""
    known = getattr(sys.modules.get(module), "__file__", None)
    if not known:
        return None
    file = Path(os.path.abspath(known))
    return None if any(file.is_relative_to(folder) for folder in _installed()) else file


@lru_cache(maxsize=1)
def _installed() -> tuple[str, ...]:
    import site
    import sysconfig

    return (*{*sysconfig.get_paths().values(), site.getusersitepackages()},)
