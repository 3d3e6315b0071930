"""The state of an abstract run over a cell: what is bound so far, what was read before, what a call would read."""

import ast
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .scopes import Scope

Exports = Callable[[str], Iterable[str] | None]
"""The names that ``from MODULE import *`` binds, or None when that is not known."""

LOOKS_UP = {"eval", "exec", "globals", "locals", "vars", "get_ipython", "__import__"}
_ENDS = (ast.Raise, ast.Return, ast.Break, ast.Continue)


@dataclass
class Reading:
    certain: dict[str, None] = field(default_factory=dict)
    """Read before the cell binds them, on every way that we can tell apart. In order."""
    possible: dict[str, None] = field(default_factory=dict)
    """Read, but perhaps bound before; or read only by a function that the cell does not call."""
    binds: set[str] = field(default_factory=set)
    """Bound on some way, and there at the end."""
    binds_unknown: bool = False
    """It may bind names that cannot be known: by ``exec``, or a star import of a module that is not loaded."""
    looks_up: set[str] = field(default_factory=set)
    """Calls that may read names which stand in no code: ``eval``, ``globals``, …"""


class Flow(ast.NodeVisitor):
    """Visits statements in the order in which they run; ``bound`` is what is bound on every way to this point.

    What each kind of statement does to it, a subclass says.
    """

    def __init__(self, exports: Exports) -> None:
        self.found = Reading()
        self.exports = exports
        self.bound: set[str] = set()
        self.classes: list[set[str]] = []
        self._bodies: dict[str, Scope] = {}
        """What a function or class would read once it is used."""
        self._unused: dict[str, None] = {}
        self._using: set[str] = set()
        self._depth = 0

    def run(self, body: list[ast.stmt]) -> bool:
        """Whether what follows the statements is reached."""
        for statement in body:
            self.visit(statement)
            if isinstance(statement, _ENDS):
                return False
        return True

    def read(self, name: str) -> None:
        if self.classes and name in self.classes[-1]:
            return
        if name not in self.bound:
            unsure = name in self.found.binds or self.found.binds_unknown
            self.note(name, certain=not unsure)
        self.use(name)

    def bind(self, name: str, scope: Scope | None = None) -> None:
        if self.classes:
            self.classes[-1].add(name)
            return
        self.bound.add(name)
        self.found.binds.add(name)
        if scope is None:
            if not self._depth:
                self._bodies.pop(name, None)
            return
        self._unused[name] = None
        self._bodies[name] = scope | self._bodies[name] if self._depth and name in self._bodies else scope

    def leave(self) -> None:
        """What functions would read that the cell defines and does not use: whoever gets hold of them may call them."""
        for name in self._unused:
            if scope := self._bodies.get(name):
                for each in (*scope.reads, *scope.perhaps):
                    if each not in self.bound:
                        self.note(each, certain=False)

    def note(self, name: str, *, certain: bool) -> None:
        if certain:
            self.found.certain[name] = None
            self.found.possible.pop(name, None)
        elif name not in self.found.certain:
            self.found.possible[name] = None

    def use(self, name: str) -> None:
        """A function or class of the cell is taken up: from here on it may be called."""
        self._unused.pop(name, None)
        if name in self._bodies and name not in self._using:
            self._using.add(name)
            self.take(self._bodies[name])
            self._using.discard(name)

    def take(self, scope: Scope, *, certain: bool = True) -> None:
        classes, self.classes = self.classes, []  # a function does not see the names of the class around it
        for name in scope.reads:
            if certain:
                self.read(name)
            elif name not in self.bound:
                self.note(name, certain=False)
        for name in scope.perhaps:
            if name not in self.bound:
                self.note(name, certain=False)
            self.use(name)
        self.found.binds |= scope.writes
        self.found.looks_up |= scope.reads.keys() & LOOKS_UP
        self.classes = classes

    @contextmanager
    def branch(self, start: set[str] | None = None) -> Iterator[set[str]]:
        """What is bound inside is not bound after it; the set that comes out is what was bound at its end."""
        before, self.bound = self.bound, set(self.bound if start is None else start)
        self._depth += 1
        end = self.bound
        yield end
        self._depth -= 1
        self.bound = before

    def ways(self, bodies: list[list[ast.stmt]]) -> None:
        ends = []
        for body in bodies:
            with self.branch() as end:
                if self.run(body):
                    ends.append(end)
        self.join(ends)

    def join(self, ends: list[set[str]]) -> None:
        if ends:
            self.bound |= set.intersection(*ends)
