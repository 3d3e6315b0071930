"""Answers as plain data, for whoever asks with ``-o``."""

from typing import Any

from ..actions.follow_logs import DeploymentLog
from ..entities import Page
from ..entities.base import Entity


def as_data(value: Any) -> Any:
    """Lists and dictionaries; a page is a list, as in ``az``."""
    if isinstance(value, Page):
        return [as_data(item) for item in value.items]
    return value.to_data() if isinstance(value, Entity | DeploymentLog) else value
