"""What a notebook can be given, read from its cell tagged ``parameters``, and whether what it is given fits.

As with papermill the first such cell counts: what is handed in runs right after it.
"""

import ast
import json
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..entities import NotebookParameters, Parameter
from ..entities.secrecy import HIDDEN, looks_secret
from ..errors import ParameterInvalid, ParameterUnknown
from ..language import _
from .assignments import assigned_names, assignments
from .notebook import code_cells


def infer_parameters(notebook: Any, path: Path, language: str | None = None) -> NotebookParameters:
    """``language``: instead of the one that the notebook names."""
    cells = _tagged(notebook)
    found = assignments(cells[0].source, language or language_of(notebook)) if cells else []
    return NotebookParameters(notebook=str(path), has_cell=bool(cells), parameters=tuple(found))


def settle_parameters(
    notebook: Any,
    path: Path,
    given: Mapping[str, Any],
    texts: Mapping[str, str] | None = None,
    language: str | None = None,
) -> dict[str, Any]:
    """The values for the notebook, each of the type that it declares.

    ``texts`` are those of ``given`` whose type papermill would guess from a text, as the texts that they were: a
    parameter that is text stays one, so that 1.10 does not become 1.1. Without a parameters cell any name goes that
    the code mentions, as with papermill. Raises ParameterUnknown, ParameterInvalid.
    """
    known = infer_parameters(notebook, path, language)
    _check_names(notebook, path, known, list(given))
    declared = {parameter.name: parameter for parameter in known.parameters}
    return {
        name: _settled(path, declared.get(name, Parameter(name=name)), value, (texts or {}).get(name))
        for name, value in given.items()
    }


def language_of(notebook: Any) -> str:
    """In lower case; Python where the notebook does not say."""
    facts = notebook.metadata
    named = facts.get("language_info", {}).get("name") or facts.get("kernelspec", {}).get("language")
    return str(named or "python").lower()


def _check_names(notebook: Any, path: Path, known: NotebookParameters, given: list[str]) -> None:
    cells = _tagged(notebook)
    names = [parameter.name for parameter in known.parameters]
    if cells:
        taken = {*names, *assigned_names(cells[0].source)}
        hint = _("It has: {names}.", names=", ".join(names) or "-")
    else:
        taken = set(re.findall(r"[^\W\d]\w*", "\n".join(cell.source for cell in code_cells(notebook))))
        hint = _('Tag the cell that holds the defaults "parameters", or check the spelling.')
    for name in given:
        if any(name in assigned_names(cell.source) for cell in cells[1:]):
            raise ParameterUnknown(
                _('{path} sets {name} in a second cell tagged "parameters".', path=path.name, name=name),
                _("What is handed in follows the first one and would be set back: join the two cells."),
            )
        if name in taken:
            continue
        if near := get_close_matches(name, sorted(taken), 1):
            hint = _("Did you mean {name}? {rest}", name=near[0], rest=hint if cells else "").strip()
        raise ParameterUnknown(_("{path} has no parameter {name}.", path=path.name, name=name), hint)


def _settled(path: Path, parameter: Parameter, value: Any, text: str | None) -> Any:
    if value is None or not parameter.type:
        return value
    if text is not None:
        value = _read(text, value, parameter.type)
    if _fits(value, parameter.type):
        return value
    shown = HIDDEN if looks_secret(parameter.name) else json.dumps(value, ensure_ascii=False)[:60]
    raise ParameterInvalid(
        _(
            "{name} of {path} takes {expected}, not {value}.",
            name=parameter.name,
            path=path.name,
            expected=_expected(parameter.type),
            value=shown,
        ),
        _hint(parameter, value, path),
    )


def _read(text: str, guessed: Any, kind: str) -> Any:
    if kind == "str":
        return text
    if kind == "bool":
        return {"true": True, "false": False}.get(text.lower(), guessed)
    if kind in ("list", "dict"):
        for reader in (json.loads, ast.literal_eval):
            try:
                found = reader(text)
            except (ValueError, SyntaxError, RecursionError, MemoryError):
                continue
            return list(found) if isinstance(found, tuple) else found
    return guessed


def _fits(value: Any, kind: str) -> bool:
    match kind:
        case "int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "float":
            return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, {"bool": bool, "str": str, "list": list, "dict": dict}[kind])


def _expected(kind: str) -> str:
    return {
        "int": _("a whole number (int)"),
        "float": _("a number (float)"),
        "bool": _("True or False (bool)"),
        "str": _("text (str)"),
        "list": _("a list"),
        "dict": _("a dictionary (dict)"),
    }[kind]


def _hint(parameter: Parameter, value: Any, path: Path) -> str:
    if parameter.type in ("list", "dict"):
        example = "[1, 2]" if parameter.type == "list" else "{a: 1}"
        return _("Write it as YAML: -y '{name}: {example}'", name=parameter.name, example=example)
    if parameter.type == "str":
        return _("Put it in quotes there, or use: -r {name} VALUE", name=parameter.name)
    if isinstance(value, float):
        default = HIDDEN if looks_secret(parameter.name) else parameter.default[:40]
        return _(
            "Fractions are taken if the notebook says {name}: float = {default}", name=parameter.name, default=default
        )
    return _("See what it takes: azml run {path} --help-notebook", path=path.name)


def _tagged(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
