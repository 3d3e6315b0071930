"""What an endpoint answers that does not answer well: of our gateway's, Azure's and the model server's own words."""

import json
from collections.abc import Mapping

from ..entities.endpoint import PINNED
from ..errors import InvocationFailed
from ..language import _
from .shape import mapping

_MOST = 500


def invocation_failed(endpoint: str, status: int, headers: Mapping[str, str], body: bytes) -> InvocationFailed:
    text = body.decode("utf-8", "replace")
    try:
        said = mapping(json.loads(text))
    except ValueError:
        said = {}
    if "hint" in said:
        message, hint = str(said.get("message")), str(said["hint"])
    else:
        own = said.get("message") or mapping(said.get("error")).get("message") or text
        message = _(
            "{endpoint} answered with {status}: {text}", endpoint=endpoint, status=status, text=str(own)[:_MOST]
        )
        hint = _(
            "The log has more: azml deployment get-logs {endpoint}/{name}",
            name=headers.get(PINNED) or "NAME",
            endpoint=endpoint,
        )
    failure = InvocationFailed(message, hint)
    failure.status, failure.body = status, text
    return failure
