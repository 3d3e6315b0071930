"""Values as JSON has them, whatever a file had."""

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

LONGEST = 500
"""Signs of one value that are shown."""
_NOT_FINITE = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
_EXACT = 2**53
"""A page reads numbers as doubles: larger ones travel as text."""


def as_json(value: Any) -> Any:
    """NaN and infinity become text, bytes become hexadecimal, a list or record becomes one line."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) <= _EXACT else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else _NOT_FINITE[str(value)]
    if isinstance(value, str):
        return shortened(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        data = bytes(value[: LONGEST // 2])
        return shortened(f"0x{data.hex()}{'…' if len(value) > len(data) else ''}")
    return shortened(_inside(value) if isinstance(value, dict | list | tuple) else str(value))


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _inside(value: Any) -> str:
    """As DuckDB writes it, without going through all of a long one."""
    if isinstance(value, dict):
        items = ", ".join(f"{key}: {_inside(item)}" for key, item in list(value.items())[:50])
        return f"{{{items}{', …' if len(value) > 50 else ''}}}"
    if isinstance(value, list | tuple):
        items = ", ".join(map(_inside, value[:50]))
        return f"[{items}{', …' if len(value) > 50 else ''}]"
    if isinstance(value, Decimal | timedelta):
        return str(value)
    return repr(value) if isinstance(value, str) else str(as_json(value))
