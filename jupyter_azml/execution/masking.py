"""Asterisks where a secret would stand in what a job prints."""

import html
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote, quote_plus

from ..entities.secrecy import HIDDEN

SHORTEST_MASKED = 4
"""Masking shorter values would make a job's output unreadable, and tell what they are."""

_WORDS = {"true", "false", "none", "null"}
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


class Mask:
    """Of values that contain each other, the longer comes first. A number is masked where it stands as a whole one."""

    def __init__(self, values: Sequence[str] = ()) -> None:
        """``values``: as ``maskable`` gives them."""
        self._pattern = re.compile("|".join(map(_form, values)))
        self.values = tuple(values)
        self.is_empty = not values

    def __call__(self, text: str) -> str:
        return text if self.is_empty else self._pattern.sub(HIDDEN, text)

    def inside(self, value: Any) -> Any:
        """The same in every text of what JSON can hold."""
        if self.is_empty:
            return value
        if isinstance(value, str):
            return self(value)
        if isinstance(value, list):
            return [self.inside(item) for item in value]
        return {self(key): self.inside(item) for key, item in value.items()} if isinstance(value, dict) else value

    def also(self, values: Iterable[Any]) -> "Mask":
        """One that hides these as well."""
        more = maskable([*self.values, *values])
        return self if more == self.values else Mask(more)


def maskable(values: Iterable[Any]) -> tuple[str, ...]:
    """The texts to look for, the longest first: as they are, line by line, and as programs quote them."""
    texts = {str(value) for value in values if not isinstance(value, bool | None)}
    # A key of many lines is printed, and so masked, line by line.
    texts |= {line for text in texts for line in text.splitlines() if len(line) > 2 * SHORTEST_MASKED}
    texts |= {quoted for text in texts for quoted in _quoted(text)}
    found = {text for text in texts if len(text.strip()) >= SHORTEST_MASKED and text.lower() not in _WORDS}
    return tuple(sorted(found, key=lambda text: (-len(text), text)))


def _quoted(text: str) -> set[str]:
    return {
        repr(text)[1:-1],
        json.dumps(text)[1:-1],
        json.dumps(text, ensure_ascii=False)[1:-1],
        html.escape(text),
        quote(text.encode("utf-8", "replace"), safe=""),
        quote_plus(text.encode("utf-8", "replace")),
    }


def _form(value: str) -> str:
    return rf"(?<![\d.]){re.escape(value)}(?!\d)" if _NUMBER.fullmatch(value) else re.escape(value)
