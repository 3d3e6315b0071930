"""``data_collector`` of a deployment: which requests and answers are kept.

https://learn.microsoft.com/azure/machine-learning/how-to-collect-production-data. YAML files write ``enabled: 'True'``.
"""

from typing import Any

from ..entities.monitoring import COLLECTIONS
from ..language import _
from .shape import Place, keys, label, sequence, text, word


def _enabled(value: Any, place: Place) -> Any:
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if not isinstance(value, bool):
        place.fault(_("is {found}, not true or false", found=repr(value)[:60]))
    return value


def _rate(value: Any, place: Place) -> Any:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        place.fault(_("a share from 0 to 1 is expected, not {value}", value=repr(value)[:60]))
    return value


_COLLECTION = keys(
    {
        "enabled": _enabled,
        "data": keys({"name": text, "path": text, "version": label}),
        "client_id": None,
        "sampling_rate": None,
    }
)
_SHAPE = keys(
    {
        "collections": keys(dict.fromkeys(COLLECTIONS, _COLLECTION)),
        "sampling_rate": _rate,
        "rolling_rate": word("minute", "hour", "day"),
        "capture_headers": sequence(text),
        "request_logging": keys({"capture_headers": sequence(text)}),
    }
)


def data_collector(value: Any, place: Place) -> Any:
    """A shape that gives the fields of a ``DataCollector``."""
    found = _SHAPE(value, place)
    headers = found.pop("request_logging", {}).get("capture_headers", [])
    return {**found, "capture_headers": tuple(headers)} if headers else found
