"""Assignments of a cell as parameters: of Python by its own grammar, of other languages line by line."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from typing import Any

from ..entities import Parameter
from ..entities.parameter import ParameterType

_KINDS: dict[type, ParameterType] = {
    bool: "bool",
    int: "int",
    float: "float",
    str: "str",
    list: "list",
    tuple: "list",
    dict: "dict",
}
_NAMES: dict[str, ParameterType] = {
    **{kind.__name__: name for kind, name in _KINDS.items()},
    **dict.fromkeys(("List", "Sequence", "Iterable", "Tuple"), "list"),
    **dict.fromkeys(("Dict", "Mapping"), "dict"),
}
_TYPE_COMMENT = re.compile(r"type:\s*(\S+)\s*")
_MAGIC = re.compile(r"^(\s*)(?=[%!?])", re.MULTILINE)

# Of the languages that papermill gives parameters to.
_LINE = re.compile(
    r"""^\s*(?:(?:val|var|let|const|set|mutable|int|long|double|float|bool|string)\s+)*\$?
    (?P<name>[^\W\d][\w.]*)\s*(?::\s*[^=\n]+?)?\s*(?:=|<-)(?!=)\s*(?P<rest>.*)$""",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_VALUE = re.compile(
    r"""(?P<value>(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^"'#/%;]|/(?!/))*?)\s*;?\s*(?:(?:\#|//|%|--\s)(?P<help>.*))?$""",
    re.VERBOSE,
)
_WORDS = {"true": True, "false": False, "t": True, "f": False}
_NO_INTEGERS = {"r", "matlab", "octave"}
_ONLY_TEXT = {"bash", "sh", "shell"}


def assignments(source: str, language: str = "python") -> list[Parameter]:
    """In the order of the cell; of a name that is assigned more than once the last."""
    tree = _parsed(source) if "python" in language or "pyspark" in language else None
    found = _of_python(tree, source) if tree else _of_lines(source, language)
    return list({parameter.name: parameter for parameter in found}.values())


def assigned_names(source: str) -> list[str]:
    """Whatever the cell assigns at any depth: all of it can be overridden by what follows."""
    tree = _parsed(source)
    nodes = ast.walk(tree) if tree else ()
    stored = [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return stored or [found["name"] for found in _LINE.finditer(source)]


def _parsed(source: str) -> ast.Module | None:
    try:
        # Lines that IPython takes and Python does not say nothing about parameters.
        return ast.parse(_MAGIC.sub(r"\1pass #", source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _of_python(tree: ast.Module, source: str) -> Iterator[Parameter]:
    comments = _comments(source)
    for node in tree.body:
        comment = comments.get(node.end_lineno or 0, "")
        said = _TYPE_COMMENT.match(comment)
        told = {"help": comment[said.end() :] if said else comment}
        if isinstance(node, ast.AnnAssign) and node.value and isinstance(node.target, ast.Name):
            kind, is_declared = _annotated(node.annotation), True
            yield _parameter(node.target.id, node.value, source, kind, is_declared, **told)
        elif isinstance(node, ast.Assign):
            kind = _annotated(_expression(said[1])) if said else ""
            for target in node.targets:
                for name, value in _pairs(target, node.value):
                    yield _parameter(name, value, source, kind, bool(said), **told)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr | None]]:
    """Names and what they are given: ``a, b = 1, 2`` is two of them."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List):
        values: list[Any] = [None] * len(target.elts)
        if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(values):
            values = list(value.elts)
        for inner, given in zip(target.elts, values, strict=True):
            yield from _pairs(inner, given)


def _parameter(
    name: str, value: ast.expr | None, source: str, kind: ParameterType, is_declared: bool, help: str
) -> Parameter:
    literal = _literal(value)
    if not is_declared and value is not None:
        kind = _kind_of(value, literal)
    default = (ast.get_source_segment(source, value) if value else "") or ""
    shown = list(literal) if isinstance(literal, tuple) else literal
    return Parameter(name=name, type=kind, default=default, value=_json(shown), help=help)


def _literal(value: ast.expr | None) -> Any:
    try:
        return ast.literal_eval(value) if value else None
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


def _kind_of(value: ast.expr, literal: Any) -> ParameterType:
    if literal is not None:
        return _KINDS.get(type(literal), "")
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return _NAMES.get(value.func.id, "")  # float("inf"), dict(a=1)
    if isinstance(value, ast.JoinedStr):
        return "str"
    return {ast.List: "list", ast.Tuple: "list", ast.ListComp: "list", ast.Dict: "dict", ast.DictComp: "dict"}.get(
        type(value),
        "",  # type: ignore[return-value]  # mypy widens the dictionary's values
    )


def _annotated(annotation: ast.expr | None) -> ParameterType:
    """Of ``int``, ``"int"``, ``Optional[int]``, ``int | None``, ``list[int]``, ``typing.List``; else nothing."""
    match annotation:
        case ast.Constant(value=str(text)):
            return _annotated(_expression(text))
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return _NAMES.get(name, "")
        case ast.Subscript(value=ast.Name(id="Optional") | ast.Attribute(attr="Optional"), slice=inner):
            return _annotated(inner)
        case ast.Subscript(value=ast.Name(id="Annotated" | "Final"), slice=inner):
            return _annotated(inner.elts[0] if isinstance(inner, ast.Tuple) else inner)
        case ast.Subscript(value=outer):
            return _annotated(outer)
        case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Constant(value=None)):
            return _annotated(left)
        case ast.BinOp(left=ast.Constant(value=None), op=ast.BitOr(), right=right):
            return _annotated(right)
    return ""


def _expression(text: str) -> ast.expr | None:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None


def _comments(source: str) -> dict[int, str]:
    """Line -> the comment that ends it."""
    found = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                found[token.start[0]] = token.string.lstrip("#: ").strip()
    except (tokenize.TokenError, SyntaxError):
        pass  # up to there
    return found


def _of_lines(source: str, language: str) -> Iterator[Parameter]:
    for line in _LINE.finditer(source):
        if not (found := _VALUE.fullmatch(line["rest"].strip())):
            yield Parameter(name=line["name"], default=line["rest"].strip())
            continue
        default = found["value"].strip()
        value, kind = _simple(default, language)
        yield Parameter(name=line["name"], type=kind, default=default, value=value, help=(found["help"] or "").strip())


def _simple(text: str, language: str) -> tuple[Any, ParameterType]:
    """The value and type of what is written alike in most languages."""
    if language in _ONLY_TEXT:
        return None, ""
    if text.lower().lstrip("$") in _WORDS and (len(text) > 1 or language == "r"):
        return _WORDS[text.lower().lstrip("$")], "bool"
    if re.fullmatch(r'"[^"\\]*"', text) or re.fullmatch(r"'[^'\\]*'", text):
        return text[1:-1], "str"
    if re.fullmatch(r"[-+]?\d+L?", text):
        return int(text.rstrip("L")), "float" if language in _NO_INTEGERS and not text.endswith("L") else "int"
    if re.fullmatch(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", text):
        return float(text), "float"
    return None, ""


def _json(value: Any) -> Any:
    """What JSON can hold; None for anything else, a set say."""
    if isinstance(value, dict):
        return {str(key): _json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json(item) for item in value]
    return value if isinstance(value, str | int | float | bool) else None
