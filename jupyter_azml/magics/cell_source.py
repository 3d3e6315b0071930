"""A cell as Python: IPython turns magics into calls, and here the calls become what they read and bind."""

import ast
import re
from collections.abc import Callable
from string import Formatter
from typing import Any

from ..errors import NotebookInvalid
from ..language import _

Used = Callable[[str, Any], None]
"""Called with the name of a magic that does not run Python, and what it is: None when there is none."""

_RUNS_PYTHON = {"time": "", "timeit": "n:r:tcp:qov:", "prun": "D:l:rs:T:q", "capture": "", "memit": "r:t:i:co"}
"""Magics whose text is Python, and their options."""
_CALLS = ("run_line_magic", "run_cell_magic", "system", "getoutput")
_BINDS_MORE = {"run", "store", "pylab", "script", "bash", "sh", "perl", "ruby", "system", "load", "load_ext", "macro"}
_NO_EXPANSION = {"time", "timeit", "prun", "capture"}
_DOLLAR = re.compile(r"(?<!\$)\$(\w+)")


def parse_cell(shell: Any, source: str, used: Used = lambda name, magic: None) -> ast.Module:
    """The tree of what the cell does in Python. Raises NotebookInvalid for a cell that does not compile."""
    try:
        tree = ast.parse(python_of(shell, source))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise NotebookInvalid(
            _("The cell is not valid Python: {detail} (line {line})", detail=getattr(error, "msg", error), line=line)
            if line
            else _("The cell is not valid Python: {detail}", detail=error),
            _("Correct it; nothing was submitted."),
        ) from None
    changed: ast.Module = _Magics(shell, used).visit(tree)
    return ast.fix_missing_locations(changed)


def python_of(shell: Any, source: str) -> str:
    """As ``InteractiveShell.run_cell`` makes it: a single line may be a magic without its sign."""
    text = str(shell.transform_cell(source))
    if len(text.splitlines()) == 1:
        with shell.builtin_trap:
            text = str(shell.prefilter_manager.prefilter_lines(text))
    return text


def words_of(tree: ast.AST) -> set[str]:
    """Every identifier and attribute."""
    names = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    return names | {each.attr for each in ast.walk(tree) if isinstance(each, ast.Attribute)}


def expanded_names(text: str) -> list[ast.expr]:
    """What IPython puts in where a line says ``{expression}`` or ``$name``."""
    found: list[ast.expr] = []
    try:
        fields = [(field, spec) for _text, field, spec, _conversion in Formatter().parse(text) if field]
    except ValueError:
        fields = [(part, "") for part in re.findall(r"\{([^{}]*)\}", text)]
    for field, spec in fields:
        if isinstance(expression := _expression(field), ast.expr):
            found.append(expression)
        if spec:
            found += expanded_names(spec)
    return found + [ast.Name(name, ast.Load()) for name in _DOLLAR.findall(text) if not name[0].isdigit()]


class _Magics(ast.NodeTransformer):
    def __init__(self, shell: Any, used: Used) -> None:
        self._shell = shell
        self._used = used

    def visit_Expr(self, node: ast.Expr) -> Any:
        call = _magic_call(node.value)
        if call is None:
            return self.generic_visit(node)
        return self._statements(*call) or ast.Pass()

    def visit_Assign(self, node: ast.Assign) -> Any:
        call = _magic_call(node.value)
        if call is None:
            return self.generic_visit(node)
        node.value = ast.Constant(None)
        return [*self._statements(*call), node]

    def visit_Subscript(self, node: ast.Subscript) -> Any:
        """``Out[3]`` is ``_3``; all of ``Out`` need not travel for it."""
        is_out = isinstance(node.value, ast.Name) and node.value.id in ("Out", "_oh")
        number = node.slice.value if isinstance(node.slice, ast.Constant) else None
        if is_out and isinstance(number, int) and isinstance(node.ctx, ast.Load):
            return ast.Name(f"_{number}", ast.Load())
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> Any:
        call = _magic_call(node)
        if call is None:
            return self.generic_visit(node)
        return ast.Tuple([each.value for each in self._statements(*call) if isinstance(each, ast.Expr)], ast.Load())

    def _statements(self, kind: str, texts: list[str]) -> list[ast.stmt]:
        if kind in ("system", "getoutput", "getoutput_legacy"):
            return [ast.Expr(each) for each in expanded_names(texts[0])]
        name, line = texts[0], texts[1] if len(texts) > 1 else ""
        body = texts[2] if len(texts) > 2 else ""
        read: list[ast.stmt] = []
        if name not in _NO_EXPANSION:
            read = [ast.Expr(each) for each in expanded_names(line)]
        if name in _RUNS_PYTHON:
            return [*read, *self._python(name, line, body)]
        if name in ("pinfo", "pinfo2", "psource", "pdoc", "pfile", "pdef") and _expression(line.split(".")[0].strip()):
            return [ast.Expr(ast.Name(line.split(".")[0].strip(), ast.Load()))]
        if name in _BINDS_MORE:
            read.append(ast.ImportFrom("_azml_unknown", [ast.alias("*")], 0))
        magic = self._shell.find_magic(name, "cell" if kind == "run_cell_magic" else "line")
        self._used(name, magic)
        return read

    def _python(self, name: str, line: str, body: str) -> list[ast.stmt]:
        line = _without_flags(line, _RUNS_PYTHON[name])
        if name == "capture":
            target = [ast.Assign([ast.Name(line.split()[0], ast.Store())], ast.Constant(None))] if line.split() else []
            return [*self._parsed(body), *target]
        statements = self._parsed(line) + self._parsed(body)
        if name in ("timeit", "memit") and statements:
            # What they bind stays in a function of their own.
            empty = ast.arguments([], [], None, [], [], None, [])
            made: dict[str, Any] = {"type_params": []} if "type_params" in ast.FunctionDef._fields else {}
            function = ast.FunctionDef("_azml_timed", empty, statements, [], None, **made)
            return [function, ast.Expr(ast.Name("_azml_timed", ast.Load()))]
        return statements

    def _parsed(self, text: str) -> list[ast.stmt]:
        try:
            tree = ast.parse(self._shell.transform_cell(text))
        except (SyntaxError, ValueError):
            return []
        changed: ast.Module = self.visit(tree)
        return changed.body


def _magic_call(node: ast.expr) -> tuple[str, list[str]] | None:
    """``get_ipython().run_line_magic("time", "f()")`` → its name and its texts."""
    match node:
        case ast.Call(ast.Attribute(ast.Call(ast.Name("get_ipython")), name)) if name in _CALLS:
            pass
        case _:
            return None
    texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return (name, texts) if texts and len(texts) == len(node.args) else None


def _without_flags(line: str, with_value: str) -> str:
    """Options stand first; which of them take a value is said as for getopt."""
    rest = line.strip()
    while match := re.match(r"(--?[A-Za-z][\w-]*)\s+|(--[A-Za-z][\w-]*)$", rest):
        flag, rest = match[1] or match[2], rest[match.end() :]
        if len(flag) == 2 and f"{flag[1]}:" in with_value:
            rest = rest.partition(" ")[2].lstrip()
    return rest


def _expression(text: str) -> ast.expr | None:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None
