"""``--set path=value`` of ``az ml``."""

import re
from collections.abc import Iterable
from typing import Any

from ..errors import UsageError
from ..language import _
from .text import parse_value

# A name that holds a dot stands in quotes: tags."mlflow.source"=x
_STEP = re.compile(r'"([^"]+)"(?:\.|\Z)|([^."]+)(?:\.|\Z)')


def assign(data: dict[str, Any], assignments: Iterable[str]) -> None:
    """Changes the keys of a file, in order; values are read as YAML. Raises UsageError.

    A key that does not exist is added: whether there may be one is for whoever reads the data.
    """
    for assignment in assignments:
        way, equals, text = assignment.partition("=")
        steps = _steps(way.strip())
        if not equals or not steps:
            raise UsageError(
                _("{text} is no assignment.", text=assignment),
                _("Write for example: --set inputs.lr=0.2 tags.team=blue"),
            )
        try:
            value = parse_value(text)
        except ValueError as error:
            raise UsageError(
                _("The value of {way} is not understood: {detail}", way=way, detail=error), _("Put it in quotes.")
            ) from error
        _put(data, steps, "" if value is None and not text else value, way)


def _steps(way: str) -> list[str]:
    steps, end = [], 0
    while found := _STEP.match(way, end):
        steps.append(found[1] or found[2])
        end = found.end()
    return steps if end == len(way) and not way.endswith(".") else []


def _put(data: dict[str, Any], steps: list[str], value: Any, way: str) -> None:
    here = data
    for number, step in enumerate(steps[:-1], start=1):
        if here.get(step) is None:
            here[step] = {}
        if not isinstance(here[step], dict):
            raise UsageError(
                _(
                    "{way} cannot be set: {parent} is {value}.",
                    way=way,
                    parent=".".join(steps[:number]),
                    value=repr(here[step])[:60],
                ),
                _("Set {parent} itself.", parent=".".join(steps[:number])),
            )
        here = here[step]
    here[steps[-1]] = value
