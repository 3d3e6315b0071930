"""A page of a list. No list is ever "all"."""

from .base import Entity


class Page[Item](Entity):
    items: tuple[Item, ...]
    continuation: str | None = None
    """Hand this back to get the next page; None at the end."""
