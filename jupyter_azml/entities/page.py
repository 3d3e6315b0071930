"""A page of a list. No list is ever "all"."""

from typing import Generic, TypeVar

from .base import Entity

Item = TypeVar("Item")


class Page(Entity, Generic[Item]):
    items: tuple[Item, ...]
    continuation: str | None = None
    """Hand this back to get the next page; None at the end."""
