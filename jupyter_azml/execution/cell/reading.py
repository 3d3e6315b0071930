"""Which names a cell reads that it has not bound itself: what has to travel with it.

An abstract run over the syntax tree in the order of execution. Branches are followed separately, so that a name which
only some ways bind counts as possibly read. Scopes inside functions are symtable's business.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .scopes import Scope, scope_of

Exports = Callable[[str], Iterable[str] | None]
"""The names that ``from MODULE import *`` binds, or None when that is not known."""

_LOOKS_UP = {"eval", "exec", "globals", "locals", "vars", "get_ipython", "__import__"}
QUERIES = {"query", "eval", "sql", "execute"}
"""Methods whose text may name variables: of pandas, and of engines that look into the caller's."""
_IN_QUERY = re.compile(r"@([^\W\d]\w*)|\b(?:from|join)\s+([^\W\d]\w*)", re.IGNORECASE)
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


def read_names(tree: ast.Module, returns: Iterable[str] = (), exports: Exports = lambda module: None) -> Reading:
    """``returns`` are names that are read when the cell has ended."""
    flow = _Flow(tree, exports)
    flow.run(tree.body)
    for name in returns:
        flow.read(name)
    flow.leave()
    return flow.found


class _Flow(ast.NodeVisitor):
    """Visits statements in the order in which they run. ``bound`` is what is bound on every way to this point."""

    def __init__(self, tree: ast.Module, exports: Exports) -> None:
        self.found = Reading()
        self._exports = exports
        self._bound: set[str] = set()
        self._classes: list[set[str]] = []
        self._bodies: dict[str, Scope] = {}
        """What a function or class would read once it is used."""
        self._unused: dict[str, None] = {}
        self._using: set[str] = set()
        self._depth = 0
        self._postponed = any(
            isinstance(line, ast.ImportFrom)
            and line.module == "__future__"
            and any(each.name == "annotations" for each in line.names)
            for line in tree.body
        )

    def run(self, body: list[ast.stmt]) -> bool:
        """Whether what follows the statements is reached."""
        for statement in body:
            self.visit(statement)
            if isinstance(statement, _ENDS):
                return False
        return True

    def read(self, name: str) -> None:
        if self._classes and name in self._classes[-1]:
            return
        if name not in self._bound:
            unsure = name in self.found.binds or self.found.binds_unknown
            self._note(name, certain=not unsure)
        self._use(name)

    def bind(self, name: str, scope: Scope | None = None) -> None:
        if self._classes:
            self._classes[-1].add(name)
            return
        self._bound.add(name)
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
                    if each not in self._bound:
                        self._note(each, certain=False)

    def _note(self, name: str, *, certain: bool) -> None:
        if certain:
            self.found.certain[name] = None
            self.found.possible.pop(name, None)
        elif name not in self.found.certain:
            self.found.possible[name] = None

    def _use(self, name: str) -> None:
        """A function or class of the cell is taken up: from here on it may be called."""
        self._unused.pop(name, None)
        if name in self._bodies and name not in self._using:
            self._using.add(name)
            self._take(self._bodies[name])
            self._using.discard(name)

    def _take(self, scope: Scope, *, certain: bool = True) -> None:
        classes, self._classes = self._classes, []  # a function does not see the names of the class around it
        for name in scope.reads:
            if certain:
                self.read(name)
            elif name not in self._bound:
                self._note(name, certain=False)
        for name in scope.perhaps:
            if name not in self._bound:
                self._note(name, certain=False)
            self._use(name)
        self.found.binds |= scope.writes
        self.found.looks_up |= scope.reads.keys() & _LOOKS_UP
        self._classes = classes

    @contextmanager
    def _branch(self, start: set[str] | None = None) -> Iterator[set[str]]:
        """What is bound inside is not bound after it; the set that comes out is what was bound at its end."""
        before, self._bound = self._bound, set(self._bound if start is None else start)
        self._depth += 1
        end = self._bound
        yield end
        self._depth -= 1
        self._bound = before

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.bind(node.id)
            return
        if node.id in _LOOKS_UP:
            self.found.looks_up.add(node.id)
        self.read(node.id)
        if isinstance(node.ctx, ast.Del):
            self.bind(node.id)  # whatever the notebook has under this name is not read any more
            self.found.binds.discard(node.id)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        self.visit(node.target)

    def visit_Assign(self, node: ast.Assign) -> None:
        if isinstance(node.value, ast.Lambda) and all(isinstance(target, ast.Name) for target in node.targets):
            self._defaults(node.value.args)
            for target in node.targets:
                if isinstance(target, ast.Name):
                    self.bind(target.id, scope_of(node.value))
            return
        self.visit(node.value)
        for target in node.targets:
            self.visit(target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.read(node.target.id)
        self.visit(node.value)
        self.visit(node.target)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._annotation(node.annotation)
        if node.value:
            self.visit(node.value)
        if node.value or not isinstance(node.target, ast.Name):
            self.visit(node.target)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._defaults(node.args)
        self._take(scope_of(node))

    def visit_ListComp(self, node: ast.expr) -> None:
        scope = scope_of(node, whole=True)
        if self._classes:  # its first source is evaluated in the class, the rest is not
            first = node.generators[0].iter  # type: ignore[attr-defined]  # every comprehension has them
            self.visit(first)
            scope = scope.without(self._classes[-1] & {n.id for n in ast.walk(first) if isinstance(n, ast.Name)})
        self._take(scope)
        for name in scope.writes:
            self.bind(name)

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        text = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
        if not isinstance(text, str):
            if isinstance(node.func, ast.Name) and node.func.id == "exec":
                self.found.binds_unknown = True
            return
        if isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec"):
            self._text(text)
        elif isinstance(node.func, ast.Attribute) and node.func.attr in QUERIES:
            for name in names_in_query(text):
                if name not in self._bound:
                    self._note(name, certain=False)

    def _text(self, text: str) -> None:
        """Code that stands in the cell as a constant."""
        try:
            inner = ast.parse(text.strip())
        except (SyntaxError, ValueError):
            return
        self.run(inner.body)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for decorator in node.decorator_list:
            self.visit(decorator)
        self._defaults(node.args)
        for argument in _arguments(node.args):
            if argument.annotation:
                self._annotation(argument.annotation)
        if node.returns:
            self._annotation(node.returns)
        scope = scope_of(node)
        if node.decorator_list:  # a decorator may call it at once
            self._take(scope.without({node.name}), certain=False)
        self.bind(node.name, scope)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for each in (*node.decorator_list, *node.bases, *node.keywords):
            self.visit(each)
        self._classes.append({parameter.name for parameter in getattr(node, "type_params", ())})
        self.run(node.body)
        self._classes.pop()
        scope = scope_of(node, methods=True)
        if node.decorator_list or node.bases or node.keywords:  # a metaclass, too, may call what is inside
            self._take(scope.without({node.name}), certain=False)
        self.bind(node.name, scope)

    def visit_TypeAlias(self, node: ast.AST) -> None:
        name = node.name.id  # type: ignore[attr-defined]  # since Python 3.12
        self.bind(name, scope_of(node))
        self._use(name)

    def visit_Import(self, node: ast.Import) -> None:
        for each in node.names:
            self.bind(each.asname or each.name.partition(".")[0])

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for each in node.names:
            if each.name != "*":
                self.bind(each.asname or each.name)
            elif (names := self._exports(node.module or "")) is not None:
                for name in names:
                    self.bind(name)
            else:
                self.found.binds_unknown = True

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        self._ways([node.body, node.orelse])

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        with self._branch():
            self.visit(node.target)
            self.run(node.body)
        self.run(node.orelse)

    visit_AsyncFor = visit_For

    def visit_While(self, node: ast.While) -> None:
        self.visit(node.test)
        with self._branch():
            self.run(node.body)
        self.run(node.orelse)

    def visit_Try(self, node: ast.Try | ast.TryStar) -> None:
        ends = []
        with self._branch() as end:
            if self.run([*node.body, *node.orelse]):
                ends.append(end)
        for handler in node.handlers:
            with self._branch() as end:
                if handler.type:
                    self.visit(handler.type)
                if handler.name:
                    self.bind(handler.name)
                if self.run(handler.body):
                    ends.append(end)
        if handler_names := {handler.name for handler in node.handlers if handler.name}:
            self.found.binds -= handler_names - self._bound
        before = set(self._bound)
        if ends:
            self._bound |= set.intersection(*ends) - handler_names
        kept, self._bound = self._bound, before
        self.run(node.finalbody)
        self._bound |= kept

    visit_TryStar = visit_Try

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            self.visit(item.context_expr)
            if item.optional_vars:
                self.visit(item.optional_vars)
        self.run(node.body)

    visit_AsyncWith = visit_With

    def visit_Match(self, node: ast.Match) -> None:
        self.visit(node.subject)
        ends = []
        for case in node.cases:
            with self._branch() as end:
                self.visit(case.pattern)
                if case.guard:
                    self.visit(case.guard)
                if self.run(case.body):
                    ends.append(end)
        last = node.cases[-1]
        takes_all = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None and last.guard is None
        self._join(ends if takes_all else [*ends, set(self._bound)])

    def visit_MatchAs(self, node: ast.MatchAs | ast.MatchStar) -> None:
        self.generic_visit(node)
        if node.name:
            self.bind(node.name)

    visit_MatchStar = visit_MatchAs

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self.generic_visit(node)
        if node.rest:
            self.bind(node.rest)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.visit(node.test)
        for each in (node.body, node.orelse):
            with self._branch():
                self.visit(each)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self.visit(node.values[0])
        with self._branch():
            for value in node.values[1:]:
                self.visit(value)

    def _ways(self, bodies: list[list[ast.stmt]]) -> None:
        ends = []
        for body in bodies:
            with self._branch() as end:
                if self.run(body):
                    ends.append(end)
        self._join(ends)

    def _join(self, ends: list[set[str]]) -> None:
        if ends:
            self._bound |= set.intersection(*ends)

    def _defaults(self, arguments: ast.arguments) -> None:
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default:
                self.visit(default)

    def _annotation(self, node: ast.expr) -> None:
        if not self._postponed:
            self.visit(node)


def names_in_query(text: str) -> list[str]:
    """``@name`` in the text of pandas' ``query`` and ``eval`` means a variable of the caller; ``from name`` may."""
    return [first or second for first, second in _IN_QUERY.findall(text)]


def _arguments(arguments: ast.arguments) -> list[ast.arg]:
    more = [each for each in (arguments.vararg, arguments.kwarg) if each]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *more]
