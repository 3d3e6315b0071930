"""Lengths of time as people write them: 90s, 5m, 12h, 7d, 2w."""

import re
from typing import Any

import click

from ..language import _

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|[smhdw])?", re.IGNORECASE)


class Duration(click.ParamType[float]):
    """Seconds. A bare number is one of them."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, int | float):
            return float(value)
        found = _LENGTH.fullmatch(str(value).strip())
        if not found:
            self.fail(_("{value} is no length of time; write 30s, 5m, 12h, 7d or 2w.", value=value), param, ctx)
        return float(found[1]) * _UNITS[(found[2] or "s").lower()]
