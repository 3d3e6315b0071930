"""Every error says what to do."""

import ast
from pathlib import Path

import jupyter_azml
from jupyter_azml import errors

PACKAGE = Path(jupyter_azml.__file__).parent
NAMES = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.AzmlError)}


def errors_without_hint():
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in NAMES:
                has_star = any(isinstance(argument, ast.Starred) for argument in node.args)
                if len(node.args) + len(node.keywords) < 2 and not has_star:
                    yield f"{file.relative_to(PACKAGE)}:{node.lineno}"


def test_every_error_is_raised_with_a_hint():
    assert list(errors_without_hint()) == []
