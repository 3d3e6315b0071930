"""Reading JSON that others wrote: a field that is absent, null or of another type reads as empty, never as a crash."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def texts(value: object) -> dict[str, str]:
    """Tags and properties: the service holds text only, and null for a tag that was given without a value."""
    return {str(key): "" if item is None else str(item) for key, item in mapping(value).items()}


def number(value: object) -> int:
    return value if isinstance(value, int) else 0


def moment(value: object) -> datetime | None:
    """A time in any ISO form that the service uses: ``…Z``, seven digits of a second, or UTC without saying so."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
