"""Answers as plain data, for whoever asks with ``-o``."""

from typing import Any

from pydantic import BaseModel

from ..entities import Page


def as_data(value: Any) -> Any:
    """Lists and dictionaries; a page is a list, as in ``az``."""
    if isinstance(value, Page):
        return [as_data(item) for item in value.items]
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value
