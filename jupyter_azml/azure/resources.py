"""A thing as it is to be sent: what we say of it, and all that somebody else has said and we have no word for."""

from collections.abc import Mapping
from typing import Any

from ..arm.endpoints import SEEN
from ..arm.shape import mapping, texts

_OBSERVED = {"provisioningState", "scoringUri", "swaggerUri"}
"""The service's to say."""
_SENT = ("location", "kind", "tags", "sku", "identity")


def changed(before: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """``before``: as the service answered with it; empty for what is new."""
    old = {key: value for key, value in mapping(before.get("properties")).items() if value is not None}
    properties = {**old, **mapping(wanted.get("properties"))}
    sent = {key: value for key, value in properties.items() if key not in _OBSERVED}
    sent["properties"] = {key: value for key, value in texts(sent.get("properties")).items() if key != SEEN}
    return {**{key: wanted[key] for key in _SENT if key in wanted}, "properties": sent}
