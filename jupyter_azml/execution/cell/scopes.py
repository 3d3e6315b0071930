"""What a function, class, lambda or comprehension reads from the notebook around it: symtable's answer."""

import ast
import symtable
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Scope:
    reads: dict[str, None] = field(default_factory=dict)
    perhaps: dict[str, None] = field(default_factory=dict)
    """Read, and bound there as well."""
    writes: frozenset[str] = frozenset()

    def __or__(self, other: "Scope") -> "Scope":
        return Scope(self.reads | other.reads, self.perhaps | other.perhaps, self.writes | other.writes)

    def without(self, names: set[str]) -> "Scope":
        return Scope(
            {name: None for name in self.reads if name not in names},
            {name: None for name in self.perhaps if name not in names},
            self.writes,
        )


def scope_of(node: ast.AST, *, whole: bool = False, methods: bool = False) -> Scope:
    """Of what is inside the node. ``whole``: also of its own level, as for a comprehension, whose first source is
    evaluated outside. ``methods``: of the functions inside a class, whose body has been looked at already.
    """
    try:
        top = symtable.symtable(ast.unparse(_bare(node)), "<cell>", "exec")
    except (SyntaxError, ValueError, RecursionError):
        return _by_sight(node)
    inner = [table for child in top.get_children() for table in _below(child, skip_classes=methods)]
    tables = [top, *inner] if whole else inner
    reads: dict[str, None] = {}
    perhaps: dict[str, None] = {}
    writes: set[str] = set()
    for table in tables:
        for symbol in table.get_symbols():
            name = symbol.get_name()
            if symbol.is_global() or table is top:
                if symbol.is_assigned() and (table is not top or whole):
                    writes.add(name)
                if symbol.is_referenced():
                    reads[name] = None
            elif table.get_type() == "class" and symbol.is_referenced() and symbol.is_local():
                perhaps[name] = None  # a class body that reads a name before it binds it takes the notebook's
    changed = {
        each.target.id
        for each in ast.walk(node)
        if isinstance(each, ast.AugAssign) and isinstance(each.target, ast.Name)
    }
    reads.update(dict.fromkeys(sorted(changed & writes)))
    both = (reads.keys() & writes) - changed
    perhaps.update(dict.fromkeys(sorted(both)))
    return Scope({name: None for name in reads if name not in both}, perhaps, frozenset(writes))


def _bare(node: ast.AST) -> ast.AST:
    """Without what is evaluated around it."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.decorator_list:
        fields = {name: value for name, value in ast.iter_fields(node) if name != "decorator_list"}
        node = ast.copy_location(type(node)(**fields, decorator_list=[]), node)
    return node


def _below(table: symtable.SymbolTable, *, skip_classes: bool = False) -> Iterator[symtable.SymbolTable]:
    if not (skip_classes and table.get_type() == "class"):
        yield table
    for child in table.get_children():
        yield from _below(child)


def _by_sight(node: ast.AST) -> Scope:
    """Every name that is loaded and not stored in there: for what cannot be written out as source again."""
    names = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
    stored = {each.id for each in names if not isinstance(each.ctx, ast.Load)}
    stored |= {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}
    loaded = {each.id: None for each in names if isinstance(each.ctx, ast.Load)}
    return Scope(
        {name: None for name in loaded if name not in stored}, {name: None for name in loaded if name in stored}
    )
