"""Tornado's patterns as OpenAPI's templates."""

import re
from typing import Any, NamedTuple

_NAMED = re.compile(r"\(\?P<(\w+)>([^()]*)\)(\??)")
_OPTIONAL = re.compile(r"\(\?:([^()]*)\)\?")


class Path(NamedTuple):
    template: str
    """``/azml/api/jobs/{name}``"""
    parameters: dict[str, dict[str, Any]]
    """Name -> JSON schema."""


def paths_of(pattern: str) -> list[Path]:
    """One for each way to leave out what may be left out."""
    schemas: dict[str, dict[str, Any]] = {}
    wholes = [pattern]
    while found := _NAMED.search(wholes[0]):
        name, allowed, optional = found.groups()
        schemas[name] = _schema(allowed)
        slash = "/" if allowed.startswith("/") else ""
        there = [whole.replace(found[0], f"{slash}{{{name}}}") for whole in wholes]
        absent = [whole.replace(found[0], "") for whole in wholes] if optional else []
        wholes = there + absent
    while any(_OPTIONAL.search(whole) for whole in wholes):
        wholes = [each for whole in wholes for each in (_OPTIONAL.sub(r"\1", whole), _OPTIONAL.sub("", whole))]
    kept = dict.fromkeys(whole.replace("\\", "") for whole in wholes)
    return [Path(whole, {name: schemas[name] for name in re.findall(r"{(\w+)}", whole)}) for whole in kept]


def _schema(allowed: str) -> dict[str, Any]:
    if re.fullmatch(r"[\w|-]+", allowed):
        return {"type": "string", "enum": allowed.split("|")}
    # A path has any signs; what names may have is Python's \w, which other languages read as ASCII.
    return {"type": "string"}
