"""Which names a cell reads that it has not bound itself: what has to travel with it.

An abstract run over the syntax tree in the order of execution. Branches are followed separately, so that a name which
only some ways bind counts as possibly read. Scopes inside functions are symtable's business.
"""

import ast
import re
from collections.abc import Iterable

from .flow import LOOKS_UP, Exports, Flow, Reading
from .scopes import scope_of

QUERIES = {"query", "eval", "sql", "execute"}
"""Methods whose text may name variables: of pandas, and of engines that look into the caller's."""
_IN_QUERY = re.compile(r"@([^\W\d]\w*)|\b(?:from|join)\s+([^\W\d]\w*)", re.IGNORECASE)


def read_names(tree: ast.Module, returns: Iterable[str] = (), exports: Exports = lambda module: None) -> Reading:
    """``returns`` are names that are read when the cell has ended."""
    flow = _Statements(tree, exports)
    flow.run(tree.body)
    for name in returns:
        flow.read(name)
    flow.leave()
    return flow.found


class _Statements(Flow):
    def __init__(self, tree: ast.Module, exports: Exports) -> None:
        super().__init__(exports)
        self._postponed = any(
            isinstance(line, ast.ImportFrom)
            and line.module == "__future__"
            and any(each.name == "annotations" for each in line.names)
            for line in tree.body
        )

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.bind(node.id)
            return
        if node.id in LOOKS_UP:
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
        self.take(scope_of(node))

    def visit_ListComp(self, node: ast.expr) -> None:
        scope = scope_of(node, whole=True)
        if self.classes:  # its first source is evaluated in the class, the rest is not
            first = node.generators[0].iter  # type: ignore[attr-defined]  # every comprehension has them
            self.visit(first)
            scope = scope.without(self.classes[-1] & {n.id for n in ast.walk(first) if isinstance(n, ast.Name)})
        self.take(scope)
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
                if name not in self.bound:
                    self.note(name, certain=False)

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
            self.take(scope.without({node.name}), certain=False)
        self.bind(node.name, scope)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for each in (*node.decorator_list, *node.bases, *node.keywords):
            self.visit(each)
        self.classes.append({parameter.name for parameter in getattr(node, "type_params", ())})
        self.run(node.body)
        self.classes.pop()
        scope = scope_of(node, methods=True)
        if node.decorator_list or node.bases or node.keywords:  # a metaclass, too, may call what is inside
            self.take(scope.without({node.name}), certain=False)
        self.bind(node.name, scope)

    def visit_TypeAlias(self, node: ast.AST) -> None:
        name = node.name.id  # type: ignore[attr-defined]  # since Python 3.12
        self.bind(name, scope_of(node))
        self.use(name)

    def visit_Import(self, node: ast.Import) -> None:
        for each in node.names:
            self.bind(each.asname or each.name.partition(".")[0])

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for each in node.names:
            if each.name != "*":
                self.bind(each.asname or each.name)
            elif (names := self.exports(node.module or "")) is not None:
                for name in names:
                    self.bind(name)
            else:
                self.found.binds_unknown = True

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        self.ways([node.body, node.orelse])

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        with self.branch():
            self.visit(node.target)
            self.run(node.body)
        self.run(node.orelse)

    visit_AsyncFor = visit_For

    def visit_While(self, node: ast.While) -> None:
        self.visit(node.test)
        with self.branch():
            self.run(node.body)
        self.run(node.orelse)

    def visit_Try(self, node: ast.Try | ast.TryStar) -> None:
        ends = []
        with self.branch() as end:
            if self.run([*node.body, *node.orelse]):
                ends.append(end)
        for handler in node.handlers:
            with self.branch() as end:
                if handler.type:
                    self.visit(handler.type)
                if handler.name:
                    self.bind(handler.name)
                if self.run(handler.body):
                    ends.append(end)
        if handler_names := {handler.name for handler in node.handlers if handler.name}:
            self.found.binds -= handler_names - self.bound
        before = set(self.bound)
        if ends:
            self.bound |= set.intersection(*ends) - handler_names
        kept, self.bound = self.bound, before
        self.run(node.finalbody)
        self.bound |= kept

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
            with self.branch() as end:
                self.visit(case.pattern)
                if case.guard:
                    self.visit(case.guard)
                if self.run(case.body):
                    ends.append(end)
        last = node.cases[-1]
        takes_all = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None and last.guard is None
        self.join(ends if takes_all else [*ends, set(self.bound)])

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
            with self.branch():
                self.visit(each)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self.visit(node.values[0])
        with self.branch():
            for value in node.values[1:]:
                self.visit(value)

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
