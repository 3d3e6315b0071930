"""Reading JSON that others wrote: a field that is absent, null or of another type reads as empty, never as a crash."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def texts(value: object) -> dict[str, str]:
    """Tags and properties: the service holds text only, and null for a tag that was given without a value."""
    return {str(key): "" if item is None else str(item) for key, item in mapping(value).items()}


def number(value: object) -> int:
    return value if isinstance(value, int) else 0


def duration(seconds: int) -> str:
    return f"PT{seconds}S"


def seconds(value: object) -> int | None:
    """An ISO duration of days and less, such as ``PT2M`` or ``P1DT30M``; None for any other text."""
    found = milliseconds(value)
    return None if found is None else round(found / 1000)


def exact_duration(seconds: float) -> str:
    """Of what may be less than a second, such as ``PT0.5S``."""
    return f"PT{seconds:.3f}".rstrip("0").rstrip(".") + "S"


def milliseconds(value: object) -> int | None:
    """Of an ISO duration; None for any other text."""
    found = _DURATION.fullmatch(str(value))
    if not found:
        return None
    days, hours, minutes, rest = (float(part or 0) for part in found.groups())
    return round((((days * 24 + hours) * 60 + minutes) * 60 + rest) * 1000)


def moment(value: object) -> datetime | None:
    """A time in any ISO form that the service uses: ``…Z``, seven digits of a second, or UTC without saying so."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
