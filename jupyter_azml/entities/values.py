"""Values of parameters, as JSON has them."""

import math
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, JsonValue, PlainSerializer

_MARK = "$float"
_NUMBERS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def _encoded(value: Any) -> JsonValue:
    if isinstance(value, float) and not math.isfinite(value):
        return {_MARK: "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
    found: JsonValue = _each(value, _encoded)
    return found


def _decoded(value: Any) -> Any:
    if isinstance(value, dict) and value.keys() == {_MARK}:
        return _NUMBERS.get(value[_MARK], value)
    return _each(value, _decoded)


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return {key: change(item) for key, item in value.items()}
    return [change(item) for item in value] if isinstance(value, list) else value


def _encoded_all(values: dict[str, Any]) -> dict[str, JsonValue]:
    return {name: _encoded(value) for name, value in values.items()}


Parameters = Annotated[dict[str, JsonValue], BeforeValidator(_decoded), PlainSerializer(_encoded_all, when_used="json")]
"""In JSON, which has no word for NaN and the infinities, they are ``{"$float": "NaN"}``: text would stay text."""
